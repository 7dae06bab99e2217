import type { Agreement } from "../conv/agreement.ts";
import type { Upstream } from "../document.ts";
import type { NamedFile, OwnImages } from "../files/images.ts";
import type { SavedNetwork } from "../files/network.ts";
import { type Answer, forward } from "../forward.ts";
import { checkLayer, type Layer } from "../layer.ts";
import { ranged } from "../range.ts";
import type { Computed, Means } from "../simd/means.ts";
import { checkTier, type Tier, tierOf } from "../simd/tiers.ts";
import type { Tensor } from "../tensor.ts";
import type { Training } from "../training.ts";
import type { Evaluate, Evaluated, Keep, Predict, Predicted, Train, Trained } from "./learning.ts";
import { second } from "./second.ts";

/** A layer, and how exactly it is to be computed; if nothing is said, by its size. */
export interface Asked extends Layer {
  readonly tier?: Tier | "auto";
}

/** Both ways through a layer, how ∂L/∂Y is made in between, and how the gradients are followed. */
interface Whole {
  readonly layer: Asked;
  readonly upstream: Upstream;
  readonly training: Training | null;
}

/** An answer, and by what Z was computed; null: in float64, cell by cell. */
export interface Told extends Answer {
  readonly by: Computed | null;
}

/** What computes a layer where that is not float64; kept, for the next layer is mostly like it. */
const kept = new Map<Tier, Means>();

/** null: the loops that are shown. The kernels are fetched with the first layer that is large enough for them. */
async function meansFor(layer: Asked): Promise<Means | null> {
  const tier = tierOf(checkLayer(layer), checkTier(layer.tier ?? "auto"));
  if (tier === "exact") return null;
  const { fitsFloat32, meansOf } = await import("../simd/means.ts");
  if (!fitsFloat32(layer.x, layer.w, layer.b)) return null;
  const means = kept.get(tier) ?? meansOf(tier, second);
  kept.clear(); // one plan at a time takes memory enough
  kept.set(tier, means);
  return means;
}

/** Z and Y by these means, and by what they were computed. */
async function forwardBy(means: Means | null, layer: Asked): Promise<Told> {
  if (!means) return { ...forward(layer), by: null };
  const made = await means.shared(checkLayer(layer), layer);
  if (made) return { ...forward(layer, () => made.z), by: made.by };
  return { ...forward(layer, means.forward), by: means.computed() };
}

/** Of more numbers than this the page is told the range: to look for it would take a part of its frame. */
const MANY = 64 * 64;

/** An answer whose large tensors tell their range. One that stands twice in it still does. */
function withRanges({ z, y, back }: Answer): Answer {
  const told = (tensor: Tensor) => (tensor.data.length > MANY ? ranged(tensor) : tensor);
  const toldZ = told(z);
  return {
    z: toldZ,
    y: y === z ? toldZ : told(y),
    back: back && {
      ...back,
      upstream: told(back.upstream),
      delta: told(back.delta),
      dx: told(back.dx),
    },
  };
}

/** What the worker can be asked: one row a job, from a question to its answer. A row is the whole protocol. */
export const JOBS = {
  forward: async (layer: Asked): Promise<Told> => {
    const { by, ...answer } = await forwardBy(await meansFor(layer), layer);
    return { ...withRanges(answer), by };
  },
  answer: async ({ layer, upstream, training }: Whole): Promise<Told> => {
    const { backward } = await import("../edits/upstream.ts");
    const means = await meansFor(layer);
    const { by, ...answer } = await forwardBy(means, layer);
    const back = backward(layer, answer, upstream, training, means);
    return { ...withRanges({ ...answer, back }), by };
  },
  // A network is fetched when there is one to train.
  keep: async (asked: Keep) => (await import("./learning.ts")).keep(asked),
  train: async (asked: Train): Promise<Trained> => (await import("./learning.ts")).train(asked),
  evaluate: async (asked: Evaluate): Promise<Evaluated> =>
    (await import("./learning.ts")).evaluated(asked),
  predict: async (asked: Predict): Promise<Predicted> =>
    (await import("./learning.ts")).predict(asked),
  /** The same, of what is drawn: a row of its own, so that neither question takes the place of the other. */
  predictDrawn: async (asked: Predict): Promise<Predicted> =>
    (await import("./learning.ts")).predict(asked),
  // A file of some megabytes takes longer to read than a frame lasts.
  readImages: async ({ files }: { readonly files: readonly NamedFile[] }): Promise<OwnImages> =>
    (await import("../files/images.ts")).readImages(files),
  readNetwork: async ({ text }: { readonly text: string }): Promise<SavedNetwork> =>
    (await import("../files/network.ts")).readNetwork(text),
  /** Its algorithms are fetched when they are first compared: the first picture does not wait for them. */
  agreement: async (layer: Layer): Promise<Agreement> =>
    (await import("../conv/agreement.ts")).agreementOf(layer),
} as const;

export type Jobs = typeof JOBS;
export type JobName = keyof Jobs;
export type Question<Name extends JobName> = Parameters<Jobs[Name]>[0];
export type AnswerTo<Name extends JobName> = ReturnType<Jobs[Name]>;
