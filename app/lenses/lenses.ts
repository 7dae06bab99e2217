import type { LensRow } from "./lens.ts";
import { windowLens } from "./window/index.ts";

/** Every lens: a row here and a folder beside this file. The order is that of the menu and of the keys 1 to 9. */
export const LENSES = {
  window: {
    label: "Window",
    group: "forward",
    why: "The definition itself: the kernel stands on the input, what lies under it is multiplied and added up, and the sum is one number of the output. Then the window moves on by the stride.",
    load: async () => windowLens, // the first to be seen: no second journey for it
  },
  im2col: {
    label: "im2col",
    group: "forward",
    why: "Processors are best at one thing: multiplying large matrices. im2col copies every window into a row of a matrix, so that all the sums of a convolution become one matrix product. The price is memory: a pixel is copied once for every window that reads it.",
    options: {
      col: { label: "Windows as", choices: { rows: "rows", columns: "columns" } },
      show: { label: "X shows", choices: { numbers: "numbers", coverage: "coverage" } },
    },
    load: async () => (await import("./im2col/index.ts")).im2colLens,
  },
  delta: {
    label: "Delta",
    group: "backward",
    why: "The way back begins at the output. What the loss sends to Y passes the activation first: times its slope at Z it becomes δ, the gradient of Z. Where ReLU was shut nothing passes, whatever the loss says; from here on only δ is needed.",
    load: async () => (await import("./delta/index.ts")).deltaLens,
  },
  col2im: {
    label: "col2im",
    group: "backward",
    why: "The way back of im2col. One matrix product says what each copied number did to the loss; a pixel that was copied four times has done it in four places, and its gradient is the sum. So col2im adds where it could have overwritten: it is the adjoint of im2col, not its inverse. Overwriting would bring the image back, which is what = shows; applied to gradients it would keep only the last of the four.",
    options: { add: { label: "Writes with", choices: { sum: "+= dcol", assign: "= col" } } },
    load: async () => (await import("./col2im/index.ts")).col2imLens,
  },
  weights: {
    label: "Weights",
    group: "backward",
    why: "A weight is used once for every output, so its gradient is a sum over all of them: each input it met, times the δ of the output it met it for. The inputs it met stand a stride apart, as one strided slice of X, which makes the gradient of the weights a convolution as well, of X with δ. A bias met a 1 each time: its gradient is the sum of the δ. Both are sums over the batch, never means; a mean belongs to the loss.",
    load: async () => (await import("./weights/index.ts")).weightsLens,
  },
} as const satisfies Record<string, LensRow>;
