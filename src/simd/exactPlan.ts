import { direct } from "../conv/direct.ts";
import { channelSums } from "../conv/gradients.ts";
import { weightGradientByIm2col } from "../conv/im2col.ts";
import { foldPadded } from "../conv/pad.ts";
import { paddedGradientByScatter } from "../conv/scatter.ts";
import type { Geometry } from "../geometry.ts";
import { extremes } from "../range.ts";
import { type Tensor, tensor } from "../tensor.ts";
import {
  lengthsOf,
  type PassKind,
  type Plan,
  type PlanTensor,
  planned,
  shapeOf,
  TENSORS_OF_PLAN,
} from "./numbers.ts";

/** A plan in float64, by the algorithms that are shown. Made for layers whose every number is looked at. */
export function exactPlan(g: Geometry, passes: readonly PassKind[]): Plan {
  const length = lengthsOf(g, passes);
  const t = Object.fromEntries(
    TENSORS_OF_PLAN.map((name) => [name, new Float64Array(length[name])]),
  ) as unknown as Record<PlanTensor, Float64Array>;
  const of = (name: PlanTensor): Tensor => tensor(shapeOf(g, name), t[name]);
  const check = (pass: PassKind) => planned(passes.includes(pass) || null, pass);
  const { spec } = g;
  return {
    ...t,
    geometry: g,
    kernels: "float64",
    bytes: Object.values(t).reduce((all, { byteLength }) => all + byteLength, 0),
    forward() {
      check("forward");
      t.z.set(direct(g, { spec, x: of("x"), w: of("w"), b: of("b") }).data);
    },
    range: () => extremes(t.z),
    inputGradient() {
      check("inputGradient");
      t.dx.set(foldPadded(g, paddedGradientByScatter(g, of("w"), of("delta"))).data);
    },
    weightGradient() {
      check("weightGradient");
      t.dw.set(weightGradientByIm2col(g, of("x"), of("delta")).data);
    },
    biasGradient() {
      check("biasGradient");
      t.db.set(channelSums(of("delta")).data);
    },
    work: { taps: g.window, of: g.window, method: "direct" },
  };
}
