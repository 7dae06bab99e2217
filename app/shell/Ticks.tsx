import { ticks } from "d3-array";
import { memo } from "react";

/** Steps under the slider, the first and the last among them. */
export const Ticks = memo(function Ticks({ count }: { readonly count: number }) {
  if (count < 2) return null;
  const marks = [
    ...new Set([
      1,
      ...ticks(1, count, 5).filter(
        (t) => Number.isInteger(t) && t > count / 12 && t < count - count / 8,
      ),
      count,
    ]),
  ];
  return (
    <div className="ticks" aria-hidden="true">
      {marks.map((t) => (
        <span key={t} style={{ left: `${((t - 1) / (count - 1)) * 100}%` }}>
          {inWords(t)}
        </span>
      ))}
    </div>
  );
});

/** A step under the slider, where there is no room for seven figures: “5 million” is 5M. */
function inWords(step: number): string {
  return step < 1e6 ? String(step) : `${Number((step / 1e6).toPrecision(3))}M`;
}
