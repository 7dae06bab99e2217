import type { Agreement } from "../conv/agreement.ts";
import type { Upstream } from "../document.ts";
import type { NamedFile, OwnImages } from "../files/images.ts";
import type { SavedNetwork } from "../files/network.ts";
import { type Answer, forward } from "../forward.ts";
import type { Layer } from "../layer.ts";
import type { Training } from "../training.ts";
import type { Evaluate, Evaluated, Keep, Predict, Predicted, Train, Trained } from "./learning.ts";

/** Both ways through a layer, how ∂L/∂Y is made in between, and how the gradients are followed. */
interface Whole {
  readonly layer: Layer;
  readonly upstream: Upstream;
  readonly training: Training | null;
}

/** What the worker can be asked: one row a job, from a question to its answer. A row is the whole protocol. */
export const JOBS = {
  forward: (layer: Layer): Answer => forward(layer),
  answer: async ({ layer, upstream, training }: Whole): Promise<Answer> => {
    const { backward } = await import("../edits/upstream.ts");
    const answer = forward(layer);
    return { ...answer, back: backward(layer, answer, upstream, training) };
  },
  // A network is fetched when there is one to train.
  keep: async (asked: Keep) => (await import("./learning.ts")).keep(asked),
  train: async (asked: Train): Promise<Trained> => (await import("./learning.ts")).train(asked),
  evaluate: async (asked: Evaluate): Promise<Evaluated> =>
    (await import("./learning.ts")).evaluated(asked),
  predict: async (asked: Predict): Promise<Predicted> =>
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
