import type { Plate } from "../../draw/scene.ts";
import { spotAt } from "../shared/plates.ts";
import { bottom as bottomOf } from "../shared/sizes.ts";
import { deltaPlate, kernelPlate, type Look } from "./plates.ts";

/** Below this, small cells say nothing. */
export const SMALL = 3;
const LARGEST = 22;
const TITLE = 52;
const GAP = 18;
/** Least width of the kernel: that of its titles. */
const TITLED = 52;

/** How large the kernel going forward and δ as it came are drawn; cells of 0: not at all. */
export interface Origins {
  readonly kernel: number;
  readonly delta: number;
  /** From the one to the other, to the right; 0: δ stands below. */
  readonly aside: number;
  readonly width: number;
}

/** Small in a place so high and wide: side by side where that makes them larger than below each other. */
export function originsIn(look: Look, high: number, wide: number): Origins {
  const below = stacked(look, high, wide);
  const beside = sideBySide(look, high - TITLE, wide);
  const least = ({ kernel, delta }: Origins) => Math.min(kernel, delta);
  return least(beside) > least(below) ? beside : below;
}

function stacked({ frame: { geometry: g } }: Look, high: number, wide: number): Origins {
  const half = high - 2 * TITLE;
  const kernel = cellIn(Math.max(half * 0.5, g.rows.k * 9), wide, g.rows.k, g.columns.k);
  const delta = cellIn(half - g.rows.k * kernel, wide, g.rows.out, g.columns.out);
  const width = Math.max(g.columns.k * kernel, g.columns.out * (kernel && delta));
  return { kernel, delta: kernel && delta, aside: 0, width };
}

function sideBySide({ frame: { geometry: g } }: Look, high: number, wide: number): Origins {
  // As large as both can be alike; what the one leaves is then the other's.
  const both = (wide - GAP) / (g.columns.k + g.columns.out);
  const kernel = cellIn(high, both * g.columns.k, g.rows.k, g.columns.k);
  const aside = Math.max(TITLED, g.columns.k * kernel) + GAP;
  const delta = cellIn(high, wide - aside, g.rows.out, g.columns.out);
  return { kernel, delta, aside, width: aside + g.columns.out * delta };
}

/** Whole pixels, so that the small cells stay sharp. */
function cellIn(high: number, wide: number, down: number, across: number): number {
  const cell = Math.floor(Math.min(LARGEST, high / down, wide / across));
  return cell < SMALL ? 0 : cell;
}

/** W and δ as sized, from (x, top) on. */
export function originPlates(look: Look, origins: Origins, x: number, top: number): Plate[] {
  const { kernel, delta, aside, width } = origins;
  if (!kernel) return [];
  const w = kernelPlate(
    look,
    "forward",
    spotAt(x, top + TITLE, kernel, (aside || width) - GAP / 2),
  );
  if (!delta) return [w];
  const y = aside ? w.y : bottomOf(w) + TITLE;
  return [w, deltaPlate(look, spotAt(x + aside, y, delta, width - aside))];
}
