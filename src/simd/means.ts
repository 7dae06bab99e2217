import { type Gradients, gradientsByTaps } from "../conv/gradients.ts";
import type { Geometry } from "../geometry.ts";
import type { Layer } from "../layer.ts";
import { told } from "../range.ts";
import { type Numbers, sizeOf, type Tensor, tensor } from "../tensor.ts";
import { PASSES, type Plan, type PlanTensor, shapeOf, type Work } from "./numbers.ts";
import { planOf } from "./plan.ts";
import { type End, isWorthSharing, type SharedStream, sharedStreamOf } from "./share.ts";
import { createSpare } from "./spare.ts";
import { type Stream, streamOf } from "./stream.ts";
import type { Kernels, Tier } from "./tiers.ts";

/** Beyond these a product of two numbers may leave what float32 can hold. */
const LARGEST = 1e15;
const SMALLEST = 1e-15;

/** Whether float32 loses nothing of these numbers but their last digits. */
export function fitsFloat32(...tensors: readonly Tensor[]): boolean {
  return tensors.every(({ data }) => {
    const fits = looked.get(data) ?? allFit(data);
    looked.set(data, fits);
    return fits;
  });
}

/** Of millions of pixels it is asked with every weight that is edited. */
const looked = new WeakMap<Numbers, boolean>();

function allFit(data: Numbers): boolean {
  for (let i = 0; i < data.length; i++) {
    const size = Math.abs(data[i]!);
    if (!(size <= LARGEST && (size >= SMALLEST || size === 0))) return false;
  }
  return true;
}

/** By what a forward pass was computed. */
export interface Computed extends Work {
  readonly tier: Tier;
  readonly kernels: Kernels;
  /** How many workers made the rows. */
  readonly workers: 1 | 2;
}

/** Z, N F oH oW, and by what it was computed. */
export interface Made {
  readonly z: Tensor;
  readonly by: Computed;
}

/**
 * The two ways through a layer in a tier. The plan of the last layer is kept: the next one mostly differs from it in
 * its numbers alone. What float32 could not hold is computed exactly.
 */
export interface Means {
  /** Z before the activation, N F oH oW. */
  readonly forward: (g: Geometry, layer: Layer) => Tensor;
  /** The same, half of the rows made by the second worker meanwhile; null where that is no faster, or there is none. */
  readonly shared: (g: Geometry, layer: Layer) => Promise<Made | null>;
  /** dX, dW and db from δ = ∂L/∂Z. */
  readonly gradients: (g: Geometry, layer: Layer, delta: Tensor) => Gradients;
  /** By what the last forward pass was computed. */
  readonly computed: () => Computed;
}

/** What each second worker is asked, by whatever means: one question after the other. */
const turns = new WeakMap<End, Promise<unknown>>();

/** @param second The other worker, if there is one by now. */
export function meansOf(tier: Tier, second: () => End | null = () => null): Means {
  const take = createSpare();
  let stream: Kept<Stream> | null = null;
  let both: Kept<SharedStream> | null = null;
  let plan: Kept<Plan> | null = null;
  /** What stands in the memory of the plan: an image need not be put there again for another δ. */
  const inside = new Map<string, Numbers>();
  const put = (p: Plan, tensors: Partial<Record<PlanTensor, Tensor>>): void => {
    for (const [name, { data }] of Object.entries(tensors)) {
      if (inside.get(name) === data) continue;
      p[name as PlanTensor].set(data);
      inside.set(name, data);
    }
  };
  /** Never rejects: what two cannot make, one can, or says why not. */
  async function together(end: End, g: Geometry, { x, w, b }: Layer): Promise<Made | null> {
    try {
      const key = JSON.stringify(g.spec);
      if (both?.key !== key) both = { key, made: sharedStreamOf(g, tier, end) };
      stream = null; // its memory may be what is needed here
      const { made } = both;
      const z = tensor(g.shapes.Y, take(sizeOf(g.shapes.Y)));
      const range = await made.forward(x.data, w.data, b.data, z.data);
      return {
        z: { ...z, range: told(range) },
        by: { tier, kernels: made.kernels, ...made.work, workers: 2 },
      };
    } catch {
      both = null;
      return null;
    }
  }
  return {
    async shared(g, layer) {
      const end = isWorthSharing(g, tier) ? second() : null;
      if (!end) return null;
      const turn = Promise.resolve(turns.get(end)).then(() => together(end, g, layer));
      turns.set(end, turn);
      return turn;
    },
    forward(g, { x, w, b }) {
      const key = JSON.stringify(g.spec);
      if (stream?.key !== key) stream = { key, made: streamOf(g, tier, { ranged: true }) };
      const z = tensor(g.shapes.Y, take(sizeOf(g.shapes.Y)));
      const range = stream.made.forward(x.data, w.data, b.data, z.data)!;
      return { ...z, range: told(range) };
    },
    gradients(g, layer, delta) {
      if (!fitsFloat32(delta)) return gradientsByTaps(g, layer, delta);
      const key = JSON.stringify(g.spec);
      if (plan?.key !== key) {
        plan = null; // its memory may be what the next one needs
        inside.clear();
        plan = { key, made: planOf(g, tier, { passes: BACK }) };
      }
      const p = plan.made;
      put(p, { x: layer.x, w: layer.w, delta });
      p.inputGradient();
      p.weightGradient();
      p.biasGradient();
      return { dx: taken(p, "dx"), dw: taken(p, "dw"), db: taken(p, "db") };
    },
    computed() {
      const { kernels, work } = stream!.made;
      return { tier, kernels, ...work, workers: 1 };
    },
  };
}

/** The one for the last layer: the next one mostly differs from it in its numbers alone. */
interface Kept<Made> {
  readonly key: string;
  readonly made: Made;
}

const BACK = PASSES.filter((pass) => pass !== "forward");

/** Out of the plan's memory, which the next pass writes over; in its own width, for a larger one would say no more. */
function taken(plan: Plan, name: PlanTensor): Tensor {
  return tensor(shapeOf(plan.geometry, name), plan[name].slice());
}
