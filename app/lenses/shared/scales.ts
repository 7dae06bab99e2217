import { rangeOf, type Tensor } from "#engine";
import type { Scale } from "../../draw/scene.ts";
import type { Frame } from "../lens.ts";

/** The farthest a tensor goes from 0; 1 for a tensor of zeros, so that a scale always has a width. */
function reachOf(tensor: Tensor): number {
  const [low, high] = rangeOf(tensor);
  return Math.max(Math.abs(low), Math.abs(high)) || 1;
}

export interface Scales {
  readonly x: Scale;
  readonly w: Scale;
  readonly y: Scale;
}

/**
 * The colours of a layer's tensors. An input without negative numbers is an image, in gray; so is what a kernel
 * without negative weights makes of it. All else is signed and centred on 0.
 */
export function scalesOf({ layer, answer, view }: Frame): Scales {
  const [lowX, highX] = rangeOf(layer.x);
  const image = lowX >= 0;
  const gray = (high: number): Scale => ({
    kind: "gray",
    low: 0,
    high: high || 1,
    tone: view.tone,
  });
  const shared = Math.max(reachOf(layer.w), reachOf(answer.y), image ? 0 : reachOf(layer.x));
  const signed = (tensor: Tensor): Scale => ({
    kind: "signed",
    reach: view.scope === "shared" ? shared : reachOf(tensor),
  });
  const smooth = image && rangeOf(layer.w)[0] >= 0 && rangeOf(answer.y)[0] >= 0;
  return {
    x: image ? gray(highX) : signed(layer.x),
    w: signed(layer.w),
    y: smooth ? gray(rangeOf(answer.y)[1]) : signed(answer.y),
  };
}

/** A scale as one value of a plate's key. */
export function scaleKey(scale: Scale): string {
  return scale.kind === "gray" ? `${scale.tone} ${scale.high}` : String(scale.reach);
}
