import { max } from "d3-array";
import { useMemo } from "react";
import type { RunRecord } from "../store/network/keptRuns.ts";
import { type Point, pathOf, pointsOf, scaleOf } from "./curves.ts";
import { KeepRun, KeptKeys } from "./KeptRuns.tsx";
import { useKeptRuns, useLearning } from "./use.ts";
import { percent, short } from "./words.ts";

const WIDTH = 300;
const HEIGHT = 118;
/** Room for the numbers at the axes. */
const LEFT = 34;
const BELOW = 18;

/** Two lines over the steps of a run: of what it trains on, and of what is held out. */
interface Lines {
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
  readonly write: (value: number) => string;
}

function Chart({ title, behind, train, heldOut, top, steps, at, write }: ChartProps) {
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
        {behind.map((lines, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a run is its place
          <g key={i} className={`chart-kept chart-kept-${i + 1}`}>
            <path className="chart-train" d={pathOf(lines.train, x, y)} />
            <path className="chart-held-out" d={pathOf(lines.heldOut, x, y)} />
          </g>
        ))}
        <path className="chart-train" d={pathOf(train, x, y)} />
        <path className="chart-held-out" d={pathOf(heldOut, x, y)} />
      </svg>
    </figure>
  );
}

/** The curves of a run, each in the coordinates of its chart. */
function linesOf({ metrics, heldOut }: Pick<RunRecord, "metrics" | "heldOut">) {
  return {
    losses: {
      train: pointsOf(metrics.map(({ loss }) => loss)),
      heldOut: heldOut.map(({ step, loss }) => [step, loss] as const),
    },
    shares: {
      train: pointsOf(metrics.map(({ correct, samples }) => correct / samples)),
      heldOut: heldOut.map(({ step, accuracy }) => [step, accuracy] as const),
    },
  };
}

/** Loss and accuracy of the run so far, and behind them those of the runs that are kept. */
export function Curves() {
  const metrics = useLearning((state) => state.metrics);
  const heldOut = useLearning((state) => state.heldOut);
  const at = useLearning((state) => state.run?.step ?? 0);
  const runs = useKeptRuns();
  const kept = useMemo(() => runs.map(linesOf), [runs]);
  const steps = Math.max(metrics.length, ...runs.map((run) => run.metrics.length), 10);
  const now = linesOf({ metrics, heldOut });
  const losses = [now, ...kept].flatMap((run) => [...run.losses.train, ...run.losses.heldOut]);
  const largest = max(losses, ([, loss]) => loss) ?? 0;
  return (
    <div className="charts">
      <Chart
        {...{ title: "Loss, cross-entropy", ...now.losses, steps, at }}
        behind={kept.map((run) => run.losses)}
        top={largest || 1}
        write={short}
      />
      <Chart
        {...{ title: "Accuracy", ...now.shares, steps, at, top: 1, write: percent }}
        behind={kept.map((run) => run.shares)}
      />
      <div className="chart-foot">
        <p className="chart-legend" aria-hidden="true">
          <span className="key-train">train, batch by batch</span>
          <span className="key-held-out">held out</span>
          <KeptKeys />
        </p>
        <KeepRun />
      </div>
    </div>
  );
}
