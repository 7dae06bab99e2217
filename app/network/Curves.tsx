import "./charts.css";
import { max } from "d3-array";
import { useMemo } from "react";
import type { RunRecord } from "../store/network/keptRuns.ts";
import { Chart, type Lines } from "./Chart.tsx";
import { pointsOf } from "./curves.ts";
import { KeepRun, KeptKeys } from "./KeptRuns.tsx";
import { useKeptRuns, useLearning } from "./use.ts";
import { percent, short } from "./words.ts";

/** Fewer steps than this do not fill the width: the first of them would be a line from end to end. */
const FEWEST = 10;

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
  } satisfies Record<string, Lines>;
}

/** Loss and accuracy of the run so far, and behind them those of the runs that are kept. */
export function Curves() {
  const metrics = useLearning((state) => state.metrics);
  const heldOut = useLearning((state) => state.heldOut);
  const at = useLearning((state) => state.run?.step ?? 0);
  const look = useLearning((state) => state.look?.evaluated.evaluation);
  const runs = useKeptRuns();
  const kept = useMemo(() => runs.map(linesOf), [runs]);
  const steps = Math.max(metrics.length, ...runs.map((run) => run.metrics.length), FEWEST);
  const { losses, shares } = linesOf({ metrics, heldOut });
  const all = [losses, ...kept.map((run) => run.losses)];
  const largest = max(all, (lines) => max([...lines.train, ...lines.heldOut], ([, loss]) => loss));
  const now = metrics[at - 1];
  return (
    <div className="charts">
      <Chart
        {...{ title: "Loss, nats", ...losses, steps, at, top: largest || 1, write: short }}
        behind={kept.map((run) => run.losses)}
        now={[now?.loss, look?.loss]}
      />
      <Chart
        {...{ title: "Accuracy", ...shares, steps, at, top: 1, write: percent }}
        behind={kept.map((run) => run.shares)}
        now={[now && now.correct / now.samples, look?.accuracy]}
      />
      <div className="chart-foot">
        <p className="chart-legend" aria-hidden="true">
          <KeptKeys />
        </p>
        <KeepRun />
      </div>
    </div>
  );
}
