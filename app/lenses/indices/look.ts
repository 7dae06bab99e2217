import type { Scale } from "../../draw/scene.ts";
import { type BackScales, backScales } from "../col2im/scales.ts";
import type { Frame } from "../lens.ts";
import { rangeOf, type Scales, scalesOf } from "../shared/scales.ts";
import { type Canvas, canvasOf, finalOf } from "./canvas.ts";
import { type Place, type Progress, placeOf, progressOf, type Way, wayOf } from "./place.ts";

/** What all plates of one scene are made from. */
export interface Look {
  readonly frame: Frame;
  readonly way: Way;
  readonly place: Place;
  readonly done: Progress;
  readonly scales: Scales & BackScales & { readonly z: Scale };
  /** On the way back: dX padded by now, and in the end. */
  readonly canvas: Canvas | null;
  readonly final: Canvas | null;
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
    place,
    done,
    scales: { ...scales, ...backScales(frame), z },
    canvas: back ? canvasOf(frame, place, done) : null,
    final: back ? finalOf(frame, place) : null,
  };
}

/** Some positions: columns of i and j, and for every sample one column of what is gathered. */
export interface Page {
  readonly first: number;
  readonly count: number;
}
