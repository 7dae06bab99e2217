import { pointsOf } from "./curve.ts";

const WIDTH = 150;
const HEIGHT = 30;

/** The losses of a run, from the first to the last, by their powers of ten. */
export function LossCurve({ losses }: { readonly losses: readonly number[] }) {
  const points = pointsOf(losses, WIDTH, HEIGHT);
  return (
    <svg
      className="training-curve"
      viewBox={`-2 -2 ${WIDTH + 4} ${HEIGHT + 4}`}
      width={WIDTH + 4}
      height={HEIGHT + 4}
      aria-hidden="true"
    >
      <polyline points={points.map((point) => point.join(",")).join(" ")} />
    </svg>
  );
}
