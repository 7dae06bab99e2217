import { max } from "d3-array";
import { type Point, pathOf, pointsOf, scaleOf } from "./curves.ts";
import { useLearning } from "./use.ts";
import { percent, short } from "./words.ts";

const WIDTH = 300;
const HEIGHT = 118;
/** Room for the numbers at the axes. */
const LEFT = 34;
const BELOW = 18;

interface ChartProps {
  readonly title: string;
  readonly train: readonly Point[];
  readonly heldOut: readonly Point[];
  readonly top: number;
  /** Steps from end to end, and where the run stands. */
  readonly steps: number;
  readonly at: number;
  readonly write: (value: number) => string;
}

/** Two lines over the steps of the run: of what it trains on, and of what is held out. */
function Chart({ title, train, heldOut, top, steps, at, write }: ChartProps) {
  const x = scaleOf(0, steps, WIDTH, 5);
  const y = scaleOf(0, top, -HEIGHT, 4);
  const last = (points: readonly Point[]) => points.at(-1)?.[1];
  const said = [
    ["train", last(train)],
    ["held out", last(heldOut)],
  ] as const;
  const words = said.flatMap(([name, v]) => (v === undefined ? [] : [`${name} ${write(v)}`]));
  return (
    <figure className="chart">
      <figcaption className="heading">{title}</figcaption>
      <svg
        viewBox={`${-LEFT} ${-HEIGHT - 6} ${LEFT + WIDTH + 8} ${HEIGHT + BELOW + 6}`}
        role="img"
        aria-label={`${title} over ${steps} steps: ${words.join(", ") || "nothing yet"}`}
      >
        {y.marks.map((mark) => (
          <g key={mark} transform={`translate(0 ${y.place(mark)})`}>
            <line className="chart-grid" x2={WIDTH} />
            <text className="chart-mark" x={-6} dy="0.32em" textAnchor="end">
              {write(mark)}
            </text>
          </g>
        ))}
        {x.marks.map((mark) => (
          <text
            key={mark}
            className="chart-mark"
            x={x.place(mark)}
            y={BELOW - 4}
            textAnchor="middle"
          >
            {mark}
          </text>
        ))}
        {at < steps && at > 0 && (
          <line className="chart-now" x1={x.place(at)} x2={x.place(at)} y2={-HEIGHT} />
        )}
        <path className="chart-train" d={pathOf(train, x, y)} />
        <path className="chart-held-out" d={pathOf(heldOut, x, y)} />
      </svg>
    </figure>
  );
}

/** Loss and accuracy of the run so far. */
export function Curves() {
  const metrics = useLearning((state) => state.metrics);
  const heldOut = useLearning((state) => state.heldOut);
  const at = useLearning((state) => state.run?.step ?? 0);
  const steps = Math.max(metrics.length, 10);
  const losses = pointsOf(metrics.map(({ loss }) => loss));
  const shares = pointsOf(metrics.map(({ correct, samples }) => correct / samples));
  const heldOutLosses = heldOut.map(({ step, loss }) => [step, loss] as const);
  const largest = max([...losses, ...heldOutLosses], ([, loss]) => loss) ?? 0;
  return (
    <div className="charts">
      <Chart
        {...{ title: "Loss, cross-entropy", train: losses, heldOut: heldOutLosses, steps, at }}
        top={largest || 1}
        write={short}
      />
      <Chart
        {...{ title: "Accuracy", train: shares, steps, at, top: 1, write: percent }}
        heldOut={heldOut.map(({ step, accuracy }) => [step, accuracy] as const)}
      />
      <p className="chart-legend" aria-hidden="true">
        <span className="key-train">train, batch by batch</span>
        <span className="key-held-out">held out</span>
      </p>
    </div>
  );
}
