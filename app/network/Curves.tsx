import { max } from "d3-array";
import { Chart } from "./Chart.tsx";
import { pointsOf } from "./curves.ts";
import { useLearning } from "./use.ts";
import { percent, short } from "./words.ts";

/** Fewer steps than this do not fill the width: the first of them would be a line from end to end. */
const FEWEST = 10;

/** Loss and accuracy of the run so far. */
export function Curves() {
  const metrics = useLearning((state) => state.metrics);
  const heldOut = useLearning((state) => state.heldOut);
  const at = useLearning((state) => state.run?.step ?? 0);
  const look = useLearning((state) => state.look?.evaluated.evaluation);
  const now = metrics[at - 1];
  const steps = Math.max(metrics.length, FEWEST);
  const losses = pointsOf(metrics.map(({ loss }) => loss));
  const shares = pointsOf(metrics.map(({ correct, samples }) => correct / samples));
  const heldOutLosses = heldOut.map(({ step, loss }) => [step, loss] as const);
  const largest = max([...losses, ...heldOutLosses], ([, loss]) => loss) ?? 0;
  return (
    <div className="charts">
      <Chart
        {...{ title: "Loss, nats", train: losses, heldOut: heldOutLosses }}
        {...{ steps, at, top: largest || 1, write: short }}
        now={[now?.loss, look?.loss]}
      />
      <Chart
        {...{ title: "Accuracy", train: shares, steps, at, top: 1, write: percent }}
        heldOut={heldOut.map(({ step, accuracy }) => [step, accuracy] as const)}
        now={[now && now.correct / now.samples, look?.accuracy]}
      />
    </div>
  );
}
