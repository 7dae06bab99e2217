import { featuresHere, planOf } from "#engine";
import { type Op, SHORT, type Workload } from "./workloads.ts";

/** What is claimed of bits: sums over positions (dW) are grouped as lanes are, and are not among them. */
const OPS = ["forward", "inputGradient"] as const satisfies readonly Op[];

/**
 * Whether the SIMD kernels of the strict tier give the bits of the plain loop that rounds every product and every sum:
 * then they are the same in every browser, for that loop is the same everywhere.
 */
export function bitsOf(load: Workload): { readonly line: string; readonly holds: boolean }[] {
  if (!featuresHere().simd) return [];
  const [simd, loop] = [planned(load, true), planned(load, false)];
  return OPS.map((op) => {
    const different = differing(simd(op), loop(op));
    const holds = different === 0;
    const found = holds ? "the bits of the float32 loop" : `${different} numbers differ`;
    return {
      line: `BITS ${load.name}.${SHORT[op]} ours-strict ${found} ${holds ? "ok" : "MISSED"}`,
      holds,
    };
  });
}

/** What an op gives by the kernels, or by the loop. */
function planned(
  { g, x, w, b, delta }: Workload,
  simd: boolean,
): (op: (typeof OPS)[number]) => ArrayLike<number> {
  const plan = planOf(g, "strict", { passes: OPS, features: { simd, relaxedSimd: false } });
  plan.x.set(x);
  plan.w.set(w);
  plan.b.set(b);
  plan.delta.set(delta);
  return (op) => {
    plan[op]();
    return op === "forward" ? plan.z : plan.dx;
  };
}

function differing(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let count = 0;
  for (let i = 0; i < a.length; i++) if (!Object.is(a[i], b[i])) count++;
  return count;
}
