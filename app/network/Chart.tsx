import { type Point, pathOf, scaleOf } from "./curves.ts";
import { useBox } from "./useBox.ts";

/** Room for the numbers at the axes, and for half a number over the highest. */
const LEFT = 40;
const BELOW = 19;
const ABOVE = 7;
const RIGHT = 10;

/** Two lines over the steps of a run: batch by batch, and of all that is held out. */
export interface Lines {
  readonly train: readonly Point[];
  readonly heldOut: readonly Point[];
}

interface ChartProps extends Lines {
  readonly title: string;
  /** Those of runs that are kept. */
  readonly behind: readonly Lines[];
  readonly top: number;
  /** Steps from end to end, and where the run stands. */
  readonly steps: number;
  readonly at: number;
  /** The two numbers there, where they are known. */
  readonly now: readonly [train: number | undefined, heldOut: number | undefined];
  readonly write: (value: number) => string;
}

/** Two lines over the steps of the run: of what it trains on, and of what is held out. */
export function Chart({ title, behind, train, heldOut, top, steps, at, now, write }: ChartProps) {
  const [svg, box] = useBox<SVGSVGElement>();
  const width = Math.max(40, box.width - LEFT - RIGHT);
  const height = Math.max(40, box.height - ABOVE - BELOW);
  const x = scaleOf(0, steps, width, Math.max(2, Math.floor(width / 60)));
  const y = scaleOf(0, top, -height, Math.max(2, Math.floor(height / 26)));
  const lines = [
    { name: "train", points: train },
    { name: "held out", points: heldOut },
  ].map(({ name, points }, i) => ({
    name,
    key: name.replace(" ", "-"),
    path: pathOf(points, x, y),
    value: now[i] === undefined ? "" : write(now[i]),
  }));
  const words = lines.filter(({ value }) => value).map(({ name, value }) => `${name} ${value}`);
  return (
    <figure className="chart">
      <figcaption>
        <span className="heading">{title}</span>
        <span className="chart-legend" aria-hidden="true">
          {lines.map(({ name, key, value }) => (
            <span key={key} className={`key-${key}`}>
              {name} <b>{value}</b>
            </span>
          ))}
        </span>
      </figcaption>
      <svg
        ref={svg}
        role="img"
        aria-label={`${title}, over ${steps} steps: ${words.join(", ") || "nothing yet"}`}
      >
        <g transform={`translate(${LEFT} ${ABOVE + height})`}>
          {y.marks.map((mark) => (
            <g key={mark} transform={`translate(0 ${y.place(mark)})`}>
              <line className="chart-grid" x2={width} />
              <text className="chart-mark" x={-6} dy="0.32em" textAnchor="end">
                {write(mark)}
              </text>
            </g>
          ))}
          <text className="chart-mark" x={-6} y={BELOW - 5} textAnchor="end">
            step
          </text>
          {x.marks.map((mark) => (
            <text
              key={mark}
              className="chart-mark"
              x={x.place(mark)}
              y={BELOW - 5}
              textAnchor="middle"
            >
              {mark}
            </text>
          ))}
          {at < steps && at > 0 && (
            <line className="chart-now" x1={x.place(at)} x2={x.place(at)} y2={-height} />
          )}
          {behind.map((kept, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a run is its place
            <g key={i} className={`chart-kept chart-kept-${i + 1}`}>
              <path className="chart-train" d={pathOf(kept.train, x, y)} />
              <path className="chart-held-out" d={pathOf(kept.heldOut, x, y)} />
            </g>
          ))}
          {lines.map(({ key, path }) => (
            <path key={key} className={`chart-${key}`} d={path} />
          ))}
        </g>
      </svg>
    </figure>
  );
}
