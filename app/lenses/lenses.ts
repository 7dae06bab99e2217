import { CONVENTIONS } from "./conventions.ts";
import type { LensRow } from "./lens.ts";
import { windowLens } from "./window/index.ts";

/** Every lens: a row here and a folder beside this file. The order is that of the menu and of the keys 1 to 9. */
export const LENSES = {
  window: {
    label: "Window",
    group: "forward",
    options: { turn: CONVENTIONS.turn, pads: CONVENTIONS.pads },
    load: async () => windowLens, // the first to be seen: no second journey for it
  },
  im2col: {
    label: "im2col",
    group: "forward",
    options: {
      col: CONVENTIONS.col,
      data: CONVENTIONS.data,
      weights: CONVENTIONS.weights,
      show: { label: "X shows", choices: { numbers: "numbers", coverage: "coverage" } },
    },
    load: async () => (await import("./im2col/index.ts")).im2colLens,
  },
  strides: {
    label: "Strides",
    group: "forward",
    options: { data: CONVENTIONS.data, weights: CONVENTIONS.weights },
    load: async () => (await import("./strides/index.ts")).stridesLens,
  },
  indices: {
    label: "Indices",
    group: "forward",
    options: {
      way: {
        label: "Way",
        choices: { forward: "forward", add: "back, add.at", plain: "back, plain +=" },
      },
      // the arrays of CS231n are made for columns
      col: { ...CONVENTIONS.col, choices: { columns: "columns", rows: "rows" } },
      weights: CONVENTIONS.weights,
    },
    load: async () => (await import("./indices/index.ts")).indicesLens,
  },
  delta: {
    label: "Delta",
    group: "backward",
    load: async () => (await import("./delta/index.ts")).deltaLens,
  },
  scatter: {
    label: "Scatter",
    group: "backward",
    load: async () => (await import("./scatter/index.ts")).scatterLens,
  },
  col2im: {
    label: "col2im",
    group: "backward",
    options: {
      col: CONVENTIONS.col,
      add: { label: "Writes with", choices: { sum: "+= dcol", assign: "= col" } },
    },
    load: async () => (await import("./col2im/index.ts")).col2imLens,
  },
  rotate: {
    label: "Rotate",
    group: "backward",
    options: {
      remainder: {
        label: "Remainder",
        choices: { with: "with remainder", without: "without" },
      },
    },
    load: async () => (await import("./rotate/index.ts")).rotateLens,
  },
  weights: {
    label: "Weights",
    group: "backward",
    load: async () => (await import("./weights/index.ts")).weightsLens,
  },
  update: {
    label: "Update",
    group: "learn",
    load: async () => (await import("./update/index.ts")).updateLens,
  },
} as const satisfies Record<string, LensRow>;
