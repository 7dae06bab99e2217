import { checkDocument, type Document, type Geometry, layerOf } from "#engine";

// What follows from a document, worked out once.

const geometries = new WeakMap<Document, Geometry>();

/** The last one, and what it followed from: what is found out about it holds for every document of its sizes. */
let last: { readonly spec: string; readonly geometry: Geometry } | null = null;

function lastLike(geometry: Geometry): Geometry {
  const spec = JSON.stringify(geometry.spec);
  if (last?.spec !== spec) last = { spec, geometry };
  return last.geometry;
}

/**
 * The geometry of a document, worked out once.
 * @throws ConvError as `checkDocument`.
 */
export function geometryFor(document: Document): Geometry {
  const geometry = geometries.get(document) ?? lastLike(checkDocument(document));
  geometries.set(document, geometry);
  return geometry;
}

const layers = new WeakMap<Document, ReturnType<typeof layerOf>>();

/** The layer of a document; the same object for the same document. */
export function layerFor(document: Document) {
  const layer = layers.get(document) ?? layerOf(document);
  layers.set(document, layer);
  return layer;
}
