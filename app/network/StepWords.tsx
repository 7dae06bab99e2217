import { useLearning } from "./use.ts";
import { epochOf, percent, short } from "./words.ts";

/** Where the run stands, in words: what the step that led there did, and how the network does now. */
export function StepWords() {
  const run = useLearning((state) => state.run);
  const metrics = useLearning(({ metrics, run }) => metrics[(run?.step ?? 0) - 1]);
  const look = useLearning((state) => state.look);
  const goes = useLearning((state) => state.pace !== null);
  const failure = useLearning((state) => state.failure);
  if (!run) return null;
  const { step } = run;
  const evaluation = look?.evaluated.evaluation;
  // a look may be some steps old: then it says at which
  const when = look && look.run.step !== step ? ` after step ${look.run.step}` : "";
  const held = evaluation && (
    <>
      {when ? "It reads" : metrics ? "It now reads" : "It reads"}{" "}
      <b className="role-Y">{percent(evaluation.accuracy)}</b> of the {evaluation.total} held-out
      images right{when}.
    </>
  );
  const epoch = epochOf(run);
  return (
    <section aria-label="This step">
      <h2 className="heading">
        {step === 0 ? "Before the first step" : `Step ${step}, in epoch ${epoch}`}
      </h2>
      <p className="caption">
        {metrics ? (
          <>
            {metrics.samples} images went through: {metrics.correct} were read right, with a loss of{" "}
            <data value={metrics.loss} title={`${metrics.loss}`}>
              <b>{short(metrics.loss)}</b>
            </data>
            . Then every weight took a step down the gradient, all of them together{" "}
            {metrics.relativeUpdate < 0.0005 ? "less than 0.1 %" : percent(metrics.relativeUpdate)}{" "}
            of their size. {held}
          </>
        ) : (
          <>
            A network that is to tell them apart. Its weights are random, so it guesses. {held}{" "}
            <b>Train</b> makes it learn; the button after it takes a single step.
          </>
        )}
      </p>
      {/* heard once the run stands: spoken sixty times a second it would say nothing */}
      <p className="visually-hidden" role="status">
        {goes
          ? ""
          : [
              `Step ${step}`,
              metrics && `loss ${short(metrics.loss)}`,
              evaluation && `held out ${percent(evaluation.accuracy)} right${when}`,
            ]
              .filter(Boolean)
              .join(", ")}
      </p>
      {failure !== null && <p className="problem">{failure}</p>}
    </section>
  );
}
