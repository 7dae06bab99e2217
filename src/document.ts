import type { Layer } from "./layer.ts";
import type { ConvSpec } from "./spec.ts";
import type { Tensor } from "./tensor.ts";
import type { Training } from "./training.ts";

/** What is set about a layer besides its tensors. */
export type Settings = Pick<
  ConvSpec,
  "stride" | "dilation" | "padding" | "padMode" | "groups" | "flip" | "activation"
>;

/**
 * Numbers, and the address word that makes them (`digit:7`, `sobel-x`); null once a hand has changed one.
 */
export interface Made {
  readonly word: string | null;
  readonly tensor: Tensor;
}

/**
 * How ∂L/∂Y is made: a word (`ones`, `random:seed=3`, `image:digit:3`, `kernel:sobel-x`), or numbers set by hand,
 * N F oH oW. Numbers that no longer fit Y are cut, or grow by zeros.
 */
export type Upstream =
  | { readonly word: string; readonly tensor: null }
  | { readonly word: null; readonly tensor: Tensor };

/**
 * All that a person sets: the question to which the engine's answer is the picture. Never changed in place.
 * input N C H W, kernel F C/groups kH kW, bias F.
 */
export interface Document {
  readonly input: Made;
  readonly kernel: Made;
  readonly bias: Tensor;
  readonly settings: Settings;
  readonly upstream: Upstream;
  /** null: nobody has set or trained anything yet (`DEFAULT_TRAINING`). */
  readonly training: Training | null;
}

/** The layer a document describes. Not checked: `checkLayer` says what is wrong with it. */
export function layerOf(document: Document): Layer {
  const { input, kernel, bias, settings } = document;
  const [N, C, H, W] = input.tensor.shape as [number, number, number, number];
  const [F, , kH, kW] = kernel.tensor.shape as [number, number, number, number];
  return {
    spec: { N, C, H, W, F, kH, kW, ...settings },
    x: input.tensor,
    w: kernel.tensor,
    b: bias,
  };
}
