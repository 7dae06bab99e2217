import { rangeOf, type Tensor } from "#engine";
import type { Scale } from "../../draw/scene.ts";
import type { Frame } from "../lens.ts";

export interface BackScales {
  readonly delta: Scale;
  readonly dcol: Scale;
  readonly dx: Scale;
}

function reachOf(tensor: Tensor): number {
  const [low, high] = rangeOf(tensor);
  return Math.max(Math.abs(low), Math.abs(high)) || 1;
}

/** Gradients are signed. Of dcol, which is never built as a whole, only the largest single product is known. */
export function backScales({ layer, answer, view }: Frame): BackScales {
  const { delta, dx } = answer.back!;
  const reaches = {
    delta: reachOf(delta),
    dcol: reachOf(delta) * reachOf(layer.w),
    dx: reachOf(dx),
  };
  const most = Math.max(...Object.values(reaches));
  const scale = (reach: number): Scale => ({
    kind: "signed",
    reach: view.scope === "shared" ? most : reach,
  });
  return { delta: scale(reaches.delta), dcol: scale(reaches.dcol), dx: scale(reaches.dx) };
}
