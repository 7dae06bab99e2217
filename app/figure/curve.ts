/** A loss beside which smaller ones are all the same: the floor of the curve. */
const FLOOR = 1e-12;
/** More points than this cannot be told apart on a curve as wide as a thumb. */
const MOST = 150;

/**
 * A line through losses in a field of this size: the first at the left, the last at the right, the largest on top.
 * Powers of ten are equally far apart, where all are above 0; on the way to a target a loss falls by many of them.
 */
export function pointsOf(
  losses: readonly number[],
  width: number,
  height: number,
): [x: number, y: number][] {
  const finite = losses.filter(Number.isFinite);
  if (finite.length < 2) return [];
  const largest = finite.reduce((a, b) => Math.max(a, b));
  const positive = finite.every((loss) => loss >= 0) && largest > 0;
  const heights = positive
    ? finite.map((loss) => Math.log10(Math.max(loss, largest * FLOOR)))
    : finite;
  const top = heights.reduce((a, b) => Math.max(a, b));
  const bottom = heights.reduce((a, b) => Math.min(a, b));
  const every = Math.max(1, Math.ceil((heights.length - 1) / MOST));
  const last = heights.length - 1;
  const kept = heights.flatMap((v, i) => (i % every === 0 || i === last ? [[i, v] as const] : []));
  const round = (v: number) => Math.round(v * 10) / 10;
  return kept.map(([i, v]) => [
    round((i / last) * width),
    round(top === bottom ? height / 2 : ((top - v) / (top - bottom)) * height),
  ]);
}
