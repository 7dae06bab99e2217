import { useMemo } from "react";
import type { Tensor } from "#engine";
import { fillOf, type Palette } from "../draw/palette.ts";
import type { Scale } from "../draw/scene.ts";
import { aspectOf } from "./Plane.tsx";
import { usePagePalette } from "./use.ts";

interface StillProps {
  readonly tensor: Tensor;
  readonly plane: number;
  readonly scale: Scale;
}

/** Pictures that have been made, in the colours of a theme: by their planes. */
const made = new WeakMap<Palette, WeakMap<Tensor, Map<number, string>>>();

/**
 * One plane as a picture that does not change, without a name of its own. Beside a canvas, which is a layer of its own
 * for the browser to put in its place in every frame, it costs nothing once it is there.
 */
export function Still({ tensor, plane, scale }: StillProps) {
  const palette = usePagePalette();
  const [rows, columns] = tensor.shape.slice(-2) as [number, number];
  const url = useMemo(() => {
    const ofTheme = under(made, palette, () => new WeakMap());
    const urls = under(ofTheme, tensor, () => new Map<number, string>());
    const known = urls.get(plane);
    if (known !== undefined) return known;
    const first = plane * rows * columns;
    const fresh = pictureOf(rows, columns, (i) => fillOf(palette, scale, tensor.data[first + i]!));
    urls.set(plane, fresh);
    return fresh;
  }, [tensor, plane, rows, columns, scale, palette]);
  const aspectRatio = aspectOf(rows, columns);
  return (
    <img className="still" src={url} alt="" width={columns} height={rows} style={{ aspectRatio }} />
  );
}

/** What a map holds under a key; made where it holds nothing. */
function under<Key extends object, Value>(
  map: WeakMap<Key, Value>,
  key: Key,
  make: () => Value,
): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const fresh = make();
  map.set(key, fresh);
  return fresh;
}

function pictureOf(
  rows: number,
  columns: number,
  colourAt: (i: number) => readonly [number, number, number],
): string {
  const canvas = document.createElement("canvas");
  canvas.width = columns;
  canvas.height = rows;
  const image = new ImageData(columns, rows);
  for (let i = 0; i < rows * columns; i++) image.data.set([...colourAt(i), 255], 4 * i);
  canvas.getContext("2d")?.putImageData(image, 0, 0);
  return canvas.toDataURL();
}
