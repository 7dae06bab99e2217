import { type Way as Lay, rangeOf, type WindowOrder } from "#engine";
import type { Scale } from "../../draw/scene.ts";
import { type BackScales, backScales } from "../col2im/scales.ts";
import type { Frame } from "../lens.ts";
import { type Scales, scalesOf } from "../shared/scales.ts";
import { type Filled, filledTo, type Walked } from "../shared/walked.ts";
import { type Canvas, canvasOf, wrongInTheEnd } from "./canvas.ts";
import { layOf, orderOf, type Place, placeOf, progressOf, type Way, wayOf } from "./place.ts";

/** What all plates of one scene are made from. */
export interface Look {
  readonly frame: Frame;
  readonly way: Way;
  /** Whether windows are columns of the arrays, or rows. */
  readonly lay: Lay;
  /** In which order the taps of the arrays go through a window. */
  readonly order: WindowOrder;
  readonly place: Place;
  readonly done: Walked;
  /** How far the plane looked at is filled on the way back. */
  readonly filled: Filled;
  readonly scales: Scales & BackScales & { readonly z: Scale };
  /** On the way back: dX padded by now, and how many cells of it are wrong in the end, where that is known. */
  readonly canvas: Canvas | null;
  readonly wrong: number | null;
}

export function lookAt(frame: Frame): Look {
  const { geometry: g, answer } = frame;
  const way = wayOf(frame);
  const lay = layOf(frame);
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
    lay,
    order: orderOf(frame),
    place,
    done,
    filled: filledTo(g, done, place.n),
    scales: { ...scales, ...backScales(frame), z },
    canvas: back ? canvasOf(frame, place, done) : null,
    wrong: back ? wrongInTheEnd(frame, place, lay) : null,
  };
}

/** Width of a letter of a title, on the safe side. */
export const LETTER = 8.7;

/** The longest of these titles that fits. */
export function titled(choices: readonly [string, ...string[]], room: number): string {
  return choices.find((text) => text.length * LETTER <= room) ?? choices.at(-1)!;
}

/** Some positions: columns of i and j, and for every sample one column of what is gathered; or rows, for one sample. */
export interface Page {
  readonly first: number;
  readonly count: number;
}
