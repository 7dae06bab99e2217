import type { ActivationChoice } from "../activation.ts";
import type { Upstream } from "../document.ts";
import type { TrainingSet } from "../edits/training.ts";
import type { Padding, PadMode } from "../padding.ts";
import type { Pair } from "../spec.ts";
import type { Tensor } from "../tensor.ts";

/** Where numbers come from: a word of a preset, a word of the application, or written out. */
export type Source = { readonly word: string } | { readonly numbers: Tensor };

/** What an address says of a document, word by word, before it is known whether it goes together. */
export interface Asked {
  readonly input: Source;
  readonly channels: number;
  readonly batch: number;
  readonly kernel: Source;
  readonly filters: number;
  readonly bias: readonly number[];
  readonly flip: boolean;
  readonly stride: Pair;
  readonly padding: Padding;
  readonly mode: PadMode;
  readonly dilation: Pair;
  readonly groups: number;
  readonly activation: ActivationChoice;
  readonly delta: Upstream;
  readonly sgd: TrainingSet;
}

export type AskedName = keyof Asked;
