import { type Agreement, agreementOf } from "../conv/agreement.ts";
import { type Answer, forward } from "../forward.ts";
import type { Layer } from "../layer.ts";

/** What the worker can be asked: one row a job, from a question to its answer. A row is the whole protocol. */
export const JOBS = {
  forward: (layer: Layer): Answer => forward(layer),
  agreement: (layer: Layer): Agreement => agreementOf(layer),
} as const;

export type Jobs = typeof JOBS;
export type JobName = keyof Jobs;
export type Question<Name extends JobName> = Parameters<Jobs[Name]>[0];
export type AnswerTo<Name extends JobName> = ReturnType<Jobs[Name]>;
