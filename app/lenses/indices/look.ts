import type { WindowOrder } from "#engine";
import type { Scale } from "../../draw/scene.ts";
import { type BackScales, backScales } from "../col2im/scales.ts";
import type { Frame } from "../lens.ts";
import { rangeOf, type Scales, scalesOf } from "../shared/scales.ts";
import { type Canvas, canvasOf, wrongInTheEnd } from "./canvas.ts";
import {
  orderOf,
  type Place,
  type Progress,
  placeOf,
  progressOf,
  type Way,
  wayOf,
} from "./place.ts";

/** What all plates of one scene are made from. */
export interface Look {
  readonly frame: Frame;
  readonly way: Way;
  /** In which order the rows of the arrays go through a window. */
  readonly order: WindowOrder;
  readonly place: Place;
  readonly done: Progress;
  readonly scales: Scales & BackScales & { readonly z: Scale };
  /** On the way back: dX padded by now, and how many cells of it are wrong in the end, where that is known. */
  readonly canvas: Canvas | null;
  readonly wrong: number | null;
}

export function lookAt(frame: Frame): Look {
  const { geometry: g, answer } = frame;
  const way = wayOf(frame);
  const place = placeOf(frame);
  const done = progressOf(frame);
  const scales = scalesOf(frame);
  const [low, high] = rangeOf(answer.z);
  const z: Scale =
    g.spec.activation.name === "linear"
      ? scales.y
      : { kind: "signed", reach: Math.max(Math.abs(low), Math.abs(high)) || 1 };
  const back = way !== "forward";
  return {
    frame,
    way,
    order: orderOf(frame),
    place,
    done,
    scales: { ...scales, ...backScales(frame), z },
    canvas: back ? canvasOf(frame, place, done) : null,
    wrong: back ? wrongInTheEnd(frame, place) : null,
  };
}

/** Width of a letter of a title, on the safe side. */
export const LETTER = 8.7;

/** The longest of these titles that fits. */
export function titled(choices: readonly [string, ...string[]], room: number): string {
  return choices.find((text) => text.length * LETTER <= room) ?? choices.at(-1)!;
}

/** Some positions: columns of i and j, and for every sample one column of what is gathered. */
export interface Page {
  readonly first: number;
  readonly count: number;
}
