import { backward, checkDocument, forward, layerOf, readAddress } from "#engine";
import type { Plate, Scene } from "../draw/scene.ts";
import type { Frame } from "./lens.ts";

// What the tests of single lenses share.

/** The frame of a link, with the way back gone, at its first step. */
export async function frameOf(link: string, at: Partial<Frame> = {}): Promise<Frame> {
  const { document, problems } = await readAddress(link);
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
  const layer = layerOf(document);
  const answer = forward(layer);
  return {
    geometry: checkDocument(document),
    layer,
    answer: { ...answer, back: backward(layer, answer, document.upstream) },
    step: 0,
    slot: null,
    pointed: null,
    view: { channel: 0, zoom: 1, scope: "plate", tone: "ink", options: {} },
    ...at,
  };
}

/** The plate of that name. */
export function plateIn(scene: Scene, name: string): Plate {
  const plate = scene.plates.find((candidate) => candidate.name === name);
  if (!plate) throw new Error(`there is no plate ${name}: ${scene.plates.map((p) => p.name)}`);
  return plate;
}

/** The numbers of a plate, row by row. */
export function numbersOf({ rows, columns, valueAt }: Plate): (number | null)[][] {
  return Array.from({ length: rows }, (_, r) =>
    Array.from({ length: columns }, (_, c) => valueAt(r, c)),
  );
}

/** Layers of every kind, by their links: rectangles, and whole numbers, so that sums are exact in any order. */
export const LAYERS: Readonly<Record<string, string>> = {
  opening: "input=digit:7&kernel=sobel-x&stride=2&padding=1",
  bare: "input=counting:4x6&kernel=random:3x2:seed=3",
  remainder: "input=counting:5x9&kernel=random:2x3:seed=3&stride=3,4",
  "p > k − 1": "input=counting:3x4&kernel=random:2x2:seed=3&padding=3,2,2,4&stride=1,2",
  "1 × 1, wide stride": "input=counting:5x4&kernel=2&stride=3,2&padding=1",
  dilated: "input=counting:6x7&kernel=random:3x2:seed=2&dilation=2,3&padding=2&stride=2,1",
  channels: "input=card&kernel=random:3x3:seed=4&filters=2&padding=1&stride=2",
  groups: "input=random:5x4:seed=3&channels=4&kernel=random:3x2:seed=4&filters=6&groups=2",
  depthwise: "input=ramp:5x4&channels=3&kernel=random:3x3:seed=1&filters=3&groups=3&padding=1",
  batch: "input=digit:3&batch=2&kernel=random:3x3:seed=5&filters=2&stride=3",
  reflect: "input=counting:4x5&kernel=random:3x3:seed=5&padding=2,1,1,2&mode=reflect",
  replicate: "input=counting:2x3&kernel=random:2x3:seed=5&padding=3&mode=replicate&stride=2,3",
  circular: "input=counting:4x3&channels=2&kernel=random:3x2:seed=5&padding=2&mode=circular",
  flip: "input=counting:4x5&kernel=random:2x3:seed=5&padding=1&flip=true&stride=1,2",
  relu: "input=digit:4&kernel=sobel-y&bias=-9&padding=1&activation=relu",
};

/** All that a plate shows, as one text. */
function contentOf({ rows, columns, valueAt, textureAt }: Plate): string {
  const cells = Array.from({ length: rows * columns }, (_, i) => {
    const [row, column] = [Math.floor(i / columns), i % columns];
    return `${valueAt(row, column)} ${JSON.stringify(textureAt(row, column))}`;
  });
  return `${rows} × ${columns}: ${cells}`;
}

/** Plates that would be kept from one scene to the next by their keys, though they look different. */
export function staleIn(before: Scene, after: Scene): string[] {
  return after.plates.flatMap((plate) => {
    const old = before.plates.find(({ name }) => name === plate.name);
    const same = old?.key.every((part, i) => Object.is(part, plate.key[i]));
    return same && contentOf(old!) !== contentOf(plate) ? [plate.name] : [];
  });
}
