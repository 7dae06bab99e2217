import { backward, checkDocument, forward, layerOf, readAddress } from "#engine";
import type { Plate, Scene } from "../../draw/scene.ts";
import type { Frame, Room } from "../lens.ts";

export const LAPTOP: Room = { width: 860, height: 640 };
export const PHONE: Room = { width: 390, height: Number.POSITIVE_INFINITY };

/** What the lens is given for a link, at its first step unless it is said otherwise. */
export async function frameOf(link: string, at: Partial<Frame> = {}): Promise<Frame> {
  const { document, problems } = await readAddress(link);
  if (problems.length > 0) throw new Error(problems[0]!.message);
  const layer = layerOf(document);
  const answer = forward(layer);
  const view = { channel: 0, zoom: 1, scope: "plate", tone: "ink", options: {} } as const;
  return {
    geometry: checkDocument(document),
    layer,
    answer: { ...answer, back: backward(layer, answer, document.upstream) },
    step: 0,
    slot: null,
    pointed: null,
    view,
    ...at,
  };
}

export const OPENING = "input=digit:7&kernel=sobel-x&stride=2&padding=1";
/** Two samples, groups, dilation, a turned kernel, copies in the ring. */
export const MANY =
  "input=random:5x6:seed=3&batch=2&channels=4&filters=4&groups=2&kernel=random:3x2:seed=4&padding=1&mode=reflect&dilation=1,2&flip=yes&activation=relu";
export const LARGE = "input=random:64x64:seed=2&kernel=sobel-x&stride=2&padding=1";

export function plateOf({ plates }: Scene, name: string): Plate {
  return plates.find((plate) => plate.name === name)!;
}

export function cells<Value>(
  { rows, columns }: Plate,
  at: (row: number, column: number) => Value,
): Value[] {
  return Array.from({ length: rows * columns }, (_, i) => at(Math.floor(i / columns), i % columns));
}
