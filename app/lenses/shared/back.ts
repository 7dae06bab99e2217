import { type Axis, type Backward, type Geometry, rangeOf } from "#engine";
import type { Plate, Scale } from "../../draw/scene.ts";
import type { Frame } from "../lens.ts";
import { planePlate, type Spot } from "./plates.ts";

// What the lenses of the input gradient have in common.

/** The way back of a frame: a lens that needs it is not asked before it is there. */
export function backOf({ answer }: Frame): Backward {
  if (!answer.back) throw new Error("a lens that shows gradients was laid out without them");
  return answer.back;
}

export interface BackScales {
  readonly delta: Scale;
  readonly w: Scale;
  readonly dx: Scale;
}

/** The colours of δ, W and dX: gradients have a sign, so all are centred on 0. */
export function backScales(frame: Frame): BackScales {
  const { delta, dx } = backOf(frame);
  const tensors = { delta, w: frame.layer.w, dx };
  const reach = (name: keyof typeof tensors) => {
    const [low, high] = rangeOf(tensors[name]);
    return Math.max(Math.abs(low), Math.abs(high)) || 1;
  };
  const shared = Math.max(reach("delta"), reach("w"), reach("dx"));
  const scale = (name: keyof typeof tensors): Scale => ({
    kind: "signed",
    reach: frame.view.scope === "shared" ? shared : reach(name),
  });
  return { delta: scale("delta"), w: scale("w"), dx: scale("dx") };
}

interface Copies {
  readonly rows: readonly (readonly number[])[];
  readonly columns: readonly (readonly number[])[];
}

const copies = new WeakMap<Geometry, Copies>();

/** For every row and column of the image, the rows and columns of the padded input that hold it. Found once. */
export function copiesOf(g: Geometry): Copies {
  let known = copies.get(g);
  if (!known) {
    known = { rows: copiesAlong(g.rows), columns: copiesAlong(g.columns) };
    copies.set(g, known);
  }
  return known;
}

function copiesAlong({ n, source }: Axis): number[][] {
  const along: number[][] = Array.from({ length: n }, () => []);
  for (const [p, i] of source.entries()) if (i >= 0) along[i]!.push(p);
  return along;
}

/** Runs of neighbours among numbers that ascend: 1, 2, 3, 7 is 1–3 and 7–7. */
export function runsOf(numbers: readonly number[]): { first: number; last: number }[] {
  const runs: { first: number; last: number }[] = [];
  for (const n of numbers) {
    const run = runs.at(-1);
    if (run && n === run.last + 1) run.last = n;
    else runs.push({ first: n, last: n });
  }
  return runs;
}

/** The plane of δ that a filter makes of a sample. */
export function deltaPlane(
  frame: Frame,
  { n, f }: { readonly n: number; readonly f: number },
  scale: Scale,
  spot: Spot,
  subtitle?: string,
): Plate {
  const name = "δ";
  const from = [backOf(frame).delta];
  const plane = {
    name,
    title: name,
    role: "delta",
    scale,
    tensor: "D",
    outer: n,
    inner: f,
    from,
  } as const;
  return planePlate(frame, subtitle === undefined ? plane : { ...plane, subtitle }, spot);
}
