import type { Scale } from "../draw/scene.ts";
import { short } from "./words.ts";

/** What the colours of a plate stand for: the numbers at the ends of a strip of them. */
export function Legend({ scale }: { readonly scale: Scale }) {
  if (scale.kind !== "signed") return null;
  const reach = short(scale.reach);
  return (
    <span className="plane-legend">
      <span className="visually-hidden">from </span>−{reach} <span className="plane-ramp" />{" "}
      <span className="visually-hidden">to </span>
      {reach}
    </span>
  );
}
