import { col2imLens } from "./col2im/index.ts";
import { deltaLens } from "./delta/index.ts";
import { im2colLens } from "./im2col/index.ts";
import type { Lens } from "./lens.ts";
import { windowLens } from "./window/index.ts";

/** Every lens: a row here and a folder beside this file. The order is that of the menu and of the keys 1 to 9. */
export const LENSES = {
  window: windowLens,
  im2col: im2colLens,
  delta: deltaLens,
  col2im: col2imLens,
} as const satisfies Record<string, Lens>;
