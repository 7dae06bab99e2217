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
  delta: {
    label: "Delta",
    group: "backward",
    why: "The way back begins at the output. What the loss sends to Y passes the activation first: times its slope at Z it becomes δ, the gradient of Z. Where ReLU was shut nothing passes, whatever the loss says; from here on only δ is needed.",
    load: async () => (await import("./delta/index.ts")).deltaLens,
  },
  scatter: {
    label: "Scatter",
    group: "backward",
    why: "The forward pass gathers: a window of the input becomes one number. Going back, the one number is scattered over the same window, each cell getting its share, δ times the weight that met it. A pixel that several windows have read gets a share from each, and its gradient is their sum: hence +=. Libraries call this transposed convolution.",
    load: async () => (await import("./scatter/index.ts")).scatterLens,
  },
  rotate: {
    label: "Rotate",
    group: "backward",
    why: "Going forward, output o reads pixel p through W[p − s·o]. Seen from the pixel the index runs the other way, so its gradient is a window on δ that meets the kernel turned by 180°: one more convolution, at stride 1. What the stride skipped comes back as zeros between the δ, what the padding added is taken off again, and the remainder has to be remembered. This is how libraries reuse one fast convolution for both directions.",
    options: {
      remainder: {
        label: "Remainder",
        choices: { with: "with the remainder", without: "without" },
      },
    },
    load: async () => (await import("./rotate/index.ts")).rotateLens,
  },
} as const satisfies Record<string, LensRow>;
