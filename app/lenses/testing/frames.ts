import { backward, checkDocument, type Document, forward, layerOf, readAddress } from "#engine";
import type { Plate, Rectangle, Scene } from "../../draw/scene.ts";
import type { Frame, FrameView, Room } from "../lens.ts";

// What the tests of single lenses share.

export const VIEW: FrameView = { channel: 0, zoom: 1, scope: "plate", tone: "ink", options: {} };

/** The frame of a document, with the way back gone, at its first step. */
export function frameOfDocument(document: Document): Frame {
  const layer = layerOf(document);
  const answer = forward(layer);
  return {
    geometry: checkDocument(document),
    layer,
    answer: { ...answer, back: backward(layer, answer, document.upstream, document.training) },
    step: 0,
    slot: null,
    pointed: null,
    view: VIEW,
  };
}

/** The same for a link, with the switches of its lens, and what is said otherwise. */
export async function frameOf(
  link: string,
  at: Partial<Frame> = {},
  options: FrameView["options"] = {},
): Promise<Frame> {
  const { document, problems } = await readAddress(link);
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
  return { ...frameOfDocument(document), view: { ...VIEW, options }, ...at };
}

/** The plate of that name. */
export function plateIn(scene: Scene, name: string): Plate {
  const plate = scene.plates.find((candidate) => candidate.name === name);
  if (!plate) throw new Error(`there is no plate ${name}: ${scene.plates.map((p) => p.name)}`);
  return plate;
}

/** The plates whose names begin like this. */
export function platesIn({ plates }: Scene, start: string): Plate[] {
  return plates.filter(({ name }) => name.startsWith(start));
}

/** What is asked of each cell of a plate, row by row. */
export function cells<Value>(
  { rows, columns }: Pick<Plate, "rows" | "columns">,
  at: (row: number, column: number) => Value,
): Value[] {
  return Array.from({ length: rows * columns }, (_, i) => at(Math.floor(i / columns), i % columns));
}

/** The numbers of a plate, row by row. */
export function numbersOf({ rows, columns, valueAt }: Plate): (number | null)[][] {
  return Array.from({ length: rows }, (_, r) =>
    Array.from({ length: columns }, (_, c) => valueAt(r, c)),
  );
}

/** A mark as row, column, height and width in cells of a plate. */
export function inCells({ x, y, cell }: Plate, mark: Rectangle): number[] {
  return [mark.y - y, mark.x - x, mark.height, mark.width].map((v) => v / cell);
}

/** The mark of that name, in cells of a plate. */
export function markOn({ marks }: Scene, plate: Plate, name: string): number[] {
  const mark = marks.find((candidate) => candidate.name === name);
  if (!mark) throw new Error(`there is no mark ${name}: ${marks.map((m) => m.name)}`);
  return inCells(plate, mark);
}

export const OPENING = "input=digit:7&kernel=sobel-x&stride=2&padding=1";
/** Two samples, groups, dilation, a turned kernel, copies in the ring. */
export const MANY =
  "input=random:5x6:seed=3&batch=2&channels=4&filters=4&groups=2&kernel=random:3x2:seed=4&padding=1&mode=reflect&dilation=1,2&flip=yes&activation=relu";
/** More windows than any room can show at once. */
export const LARGE = "input=random:64x64:seed=2&kernel=sobel-x&padding=1";

/** Layers of every kind, by their links: rectangles, and whole numbers, so that sums are exact in any order. */
export const LAYERS: Readonly<Record<string, string>> = {
  opening: OPENING,
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

export const LAPTOP: Room = { width: 860, height: 640 };
/** As high as it takes. */
export const PHONE: Room = { width: 390, height: Number.POSITIVE_INFINITY };

/** Rooms of a narrow and a wide laptop, of a projector, and of a phone. */
export const ROOMS: readonly Room[] = [
  { width: 741, height: 500 },
  LAPTOP,
  { width: 1140, height: 760 },
  PHONE,
];
