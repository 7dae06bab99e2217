import type { Dataset } from "#engine";
import { INK, Plane } from "./Plane.tsx";
import { useLearner, useLearning } from "./use.ts";
import { percent } from "./words.ts";

interface StripProps {
  readonly title: string;
  readonly data: Dataset;
  /** Which of the data. */
  readonly indices: readonly number[];
  readonly nameOf: (at: number, index: number) => string;
}

/** Digits side by side; the one that is looked at is pressed. */
function Strip({ title, data, indices, nameOf }: StripProps) {
  const learner = useLearner();
  const chosen = useLearning((state) => state.sample);
  return (
    <section className="strip" aria-label={title}>
      <h2 className="heading">{title}</h2>
      <ul>
        {indices.map((index, at) => (
          <li key={index}>
            <button
              type="button"
              className="digit"
              aria-pressed={index === chosen}
              aria-label={nameOf(at, index)}
              title={nameOf(at, index)}
              onClick={() => learner.lookAt(index)}
            >
              <Plane tensor={data.images} plane={index} scale={INK} />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** So many are shown while no step has chosen any. */
const FIRST = 16;

/** The samples that the last step learned from, to choose one of; before the first step the first of the data. */
export function Samples() {
  const data = useLearning((state) => state.data);
  const last = useLearning((state) => state.last);
  const running = useLearning((state) => state.pace !== null && state.pace !== "slow");
  if (!data) return null;
  // A strip that changes sixty times a second shows nothing, and nothing of it could be chosen.
  const batch = running ? null : last;
  const indices = batch
    ? [...batch.indices]
    : Array.from({ length: Math.min(FIRST, data.labels.length) }, (_, i) => i);
  return (
    <Strip
      {...{ data, indices }}
      title={batch ? `The batch of step ${batch.run.step}` : "Samples"}
      nameOf={(at, index) => `sample ${at + 1}, a ${data.labels[index]}`}
    />
  );
}

/** The held-out samples that the network was surest to be something else. */
export function Mistakes() {
  const data = useLearning((state) => state.data);
  const train = useLearning((state) => state.collection?.train ?? 0);
  const worst = useLearning((state) => state.look?.evaluated.evaluation.worst);
  if (!data || !worst) return null;
  if (worst.length === 0) return <p className="hint">No held-out sample is taken for another.</p>;
  const mistakeAt = (at: number) => worst[at]!;
  return (
    <Strip
      data={data}
      indices={worst.map(({ index }) => train + index)}
      title="Worst mistakes, held out"
      nameOf={(at) => {
        const { label, predicted, loss } = mistakeAt(at);
        return `a ${label} taken for a ${predicted}; for ${label} it had ${percent(Math.exp(-loss))}`;
      }}
    />
  );
}
