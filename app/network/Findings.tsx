import { useMemo } from "react";
import { diagnose, stepsPerEpoch } from "#engine";
import { useLearner, useLearning } from "./use.ts";

/** What the run suffers from, in sentences with the numbers that say so. */
export function Findings() {
  const learner = useLearner();
  const look = useLearning((state) => state.look);
  const stop = useLearning((state) => state.stop);
  const metrics = useLearning((state) => state.metrics);
  const heldOut = useLearning((state) => state.heldOut);
  const run = useLearning((state) => state.run);
  const findings = useMemo(() => {
    if (!look || !run || run.step === 0) return []; // random weights are no ailment
    return diagnose({
      metrics: metrics.slice(0, run.step),
      stepsPerEpoch: stepsPerEpoch(run),
      heldOut: heldOut.filter(({ step }) => step <= run.step),
      evaluation: look.evaluated.evaluation,
      dead: look.evaluated.dead,
      stop,
    });
  }, [look, stop, metrics, heldOut, run]);
  return (
    <section aria-label="Diagnosis">
      <h2 className="heading">Diagnosis</h2>
      {findings.length === 0 && (
        <p>{run?.step ? "Nothing to complain of." : "Nothing before the first step."}</p>
      )}
      <ul className="findings">
        {findings.map(({ name, sentence }) => (
          <li key={name}>{sentence}</li>
        ))}
      </ul>
      {stop && stop.step > 1 && (
        <button type="button" className="button" onClick={() => learner.goTo(stop.step - 2)}>
          Back one step
        </button>
      )}
    </section>
  );
}
