import "./charts.css";
import { max } from "d3-array";
import { useMemo } from "react";
import type { RunRecord } from "../store/network/keptRuns.ts";
import type { HeldOut } from "../store/network/state.ts";
import { Chart, type Lines } from "./Chart.tsx";
import { pointsOf } from "./curves.ts";
import { GoOn } from "./GoOn.tsx";
import { KeepRun, KeptKeys } from "./KeptRuns.tsx";
import { Turn } from "./Turn.tsx";
import { useKeptRuns, useLearning } from "./use.ts";
import { percent, short } from "./words.ts";

/** Fewer steps than this do not fill the width: the first of them would be a line from end to end. */
const FEWEST = 10;

/** What there is to draw of a run, one chart of it: a value a step, and what is held out. */
interface Row {
  readonly title: string;
  readonly train: (metrics: RunRecord["metrics"][number]) => number;
  readonly heldOut: (point: Pick<HeldOut, "loss" | "accuracy">) => number;
  /** What the axis ends at; else the largest value. */
  readonly top?: number;
  readonly write: (value: number) => string;
}

const ROWS: readonly Row[] = [
  { title: "Loss, nats", train: ({ loss }) => loss, heldOut: ({ loss }) => loss, write: short },
  {
    title: "Accuracy",
    train: ({ correct, samples }) => correct / samples,
    heldOut: ({ accuracy }) => accuracy,
    top: 1,
    write: percent,
  },
];

function linesOf({ metrics, heldOut }: Pick<RunRecord, "metrics" | "heldOut">, row: Row): Lines {
  return {
    train: pointsOf(metrics.map(row.train)),
    heldOut: heldOut.map((point) => [point.step, row.heldOut(point)] as const),
  };
}

/** One chart of the run so far, and behind its lines those of the runs that are kept. */
function Curve({ row }: { readonly row: Row }) {
  const metrics = useLearning((state) => state.metrics);
  const heldOut = useLearning((state) => state.heldOut);
  const at = useLearning((state) => state.run?.step ?? 0);
  const evaluation = useLearning((state) => state.look?.evaluated.evaluation);
  const runs = useKeptRuns();
  const behind = useMemo(() => runs.map((run) => linesOf(run, row)), [runs, row]);
  const steps = Math.max(metrics.length, ...runs.map((run) => run.metrics.length), FEWEST);
  const lines = useMemo(() => linesOf({ metrics, heldOut }, row), [metrics, heldOut, row]);
  const largest = max([lines, ...behind], ({ train, heldOut }) =>
    max([...train, ...heldOut], ([, value]) => value),
  );
  const now = metrics[at - 1];
  return (
    <Chart
      {...{ title: row.title, ...lines, behind, steps, at, write: row.write }}
      top={row.top ?? (largest || 1)}
      now={[now && row.train(now), evaluation && row.heldOut(evaluation)]}
    />
  );
}

/** Loss and accuracy, each drawn in its turn. */
export function Curves() {
  return (
    <div className="charts">
      {ROWS.map((row) => (
        <Turn key={row.title}>
          <Curve row={row} />
        </Turn>
      ))}
      <div className="chart-foot">
        <GoOn />
        <Turn>
          <p className="chart-legend" aria-hidden="true">
            <KeptKeys />
          </p>
          <KeepRun />
        </Turn>
      </div>
    </div>
  );
}
