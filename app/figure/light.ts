import { type Geometry, relativesOf } from "#engine";
import type { Light } from "../draw/scene.ts";
import type { Frame, Lens } from "../lenses/lens.ts";

/** What is lit, and for which cell of which layer. */
export interface Lit {
  readonly key: string | null;
  readonly geometry: Geometry | null;
  readonly light: Light | null;
}

/** The relatives of the cell in focus, or of the product playback stands at; kept while that stays the same. */
export function lightOf(lens: Lens, frame: Frame, before: Lit): Lit {
  const { geometry, pointed } = frame;
  const lit = pointed ?? lens.product?.(frame) ?? null;
  const key = lit && `${lit.tensor} ${lit.index}`;
  if (before.key === key && before.geometry === geometry) return before;
  return { key, geometry, light: lit && relativesOf(geometry, lit) };
}
