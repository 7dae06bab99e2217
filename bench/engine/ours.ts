import { featuresHere, type Plan, planOf, streamOf, type Tier } from "#engine";
import { type Contender, only } from "./contender.ts";
import type { Workload } from "./workloads.ts";

const features = featuresHere();

const featuresFor = (fused: boolean) => ({
  ...features,
  relaxedSimd: fused && features.relaxedSimd,
});

function planned(load: Workload, tier: Tier, fused: boolean): Plan {
  const plan = planOf(load.g, tier, { features: featuresFor(fused) });
  plan.x.set(load.x);
  plan.w.set(load.w);
  plan.b.set(load.b);
  plan.delta.set(load.delta);
  return plan;
}

/** Our engine in a tier. Results go into arrays that are kept, as the application does it. */
function ours(name: string, tier: Tier, fused: boolean): Contender {
  return {
    name,
    prepare(load) {
      const { x, w, b, delta } = load;
      const plan = planned(load, tier, fused);
      const stream = streamOf(load.g, tier, { features: featuresFor(fused) });
      const [z, dx, dw] = [plan.z.slice(), plan.dx.slice(), plan.dw.slice()];
      return {
        forward() {
          stream.forward(x, w, b, z);
          return z;
        },
        inputGradient() {
          plan.w.set(w);
          plan.delta.set(delta);
          plan.inputGradient();
          dx.set(plan.dx);
          return dx;
        },
        weightGradient() {
          plan.x.set(x);
          plan.delta.set(delta);
          plan.weightGradient();
          dw.set(plan.dw);
          return dw;
        },
      };
    },
    resident(load) {
      const plan = planned(load, tier, fused);
      return {
        forward: () => plan.forward(),
        inputGradient: () => plan.inputGradient(),
        weightGradient: () => plan.weightGradient(),
      };
    },
  };
}

export const OURS = [
  only(["A", "E"], ours("ours-exact", "exact", false)),
  ours("ours-strict", "strict", false),
  ours("ours-fast", "fast", true),
  only(["D"], ours("ours-fast without FMA", "fast", false)),
] as const;
