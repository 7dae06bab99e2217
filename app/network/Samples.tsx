import { type Dataset, logitsOf, predicted } from "#engine";
import { aspectOf, INK } from "./Plane.tsx";
import { Still } from "./Still.tsx";
import { useLearner, useLearning } from "./use.ts";
import { percent } from "./words.ts";

interface StripProps {
  readonly title: string;
  /** What it is good for, in a sentence. */
  readonly why: string;
  readonly data: Dataset;
  /** Which of the data. */
  readonly indices: readonly number[];
  /** What each is called where it is heard. */
  readonly nameOf: (at: number, index: number) => string;
  /** What the network says of each, where it has been asked. */
  readonly saidOf?: (at: number) => number;
}

/** Digits side by side; the one that is looked at is pressed. Below each what it is, and what else it is taken for. */
function Strip({ title, why, data, indices, nameOf, saidOf }: StripProps) {
  const learner = useLearner();
  const chosen = useLearning((state) => state.sample);
  const [rows, columns] = data.images.shape.slice(-2) as [number, number];
  return (
    <section className="strip" aria-label={title}>
      <h2 className="heading">
        {title} <span className="hint">{why}</span>
      </h2>
      <ul
        data-wide={aspectOf(rows, columns) > 1.5 || undefined}
        data-many={data.labels.some((label) => label > 9) || undefined}
      >
        {indices.map((index, at) => {
          const label = data.labels[index]!;
          const said = saidOf?.(at) ?? label;
          const wrong = said === label ? "" : `, taken for a ${said}`;
          return (
            <li key={index}>
              <button
                type="button"
                className="digit"
                aria-pressed={index === chosen}
                aria-label={`${nameOf(at, index)}${wrong}`}
                title={`${nameOf(at, index)}${wrong}`}
                onClick={() => learner.lookAt(index)}
              >
                <Still tensor={data.images} plane={index} scale={INK} />
                <span className="digit-label" data-wrong={wrong !== "" || undefined}>
                  <span>{label}</span>
                  {wrong && <span> → {said}</span>}
                </span>
              </button>
            </li>
          );
        })}
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
  const nameOf = (at: number, index: number) => `sample ${at + 1}, a ${data.labels[index]}`;
  // A strip that changes sixty times a second shows nothing, and nothing of it could be chosen.
  if (running || !last)
    return (
      <Strip
        {...{ data, nameOf }}
        indices={Array.from({ length: Math.min(FIRST, data.labels.length) }, (_, i) => i)}
        title="Samples"
        why={
          last ? "When the run stands, the batch it learned from." : "Choose one to look inside."
        }
      />
    );
  const logits = logitsOf(last.pass);
  return (
    <Strip
      {...{ data, nameOf }}
      indices={[...last.indices]}
      title={`The batch of step ${last.run.step}`}
      why="What the step learned from; in red what it took for another."
      saidOf={(at) => predicted(logits, at)}
    />
  );
}

/** So many of the worst mistakes fill two rows. */
const MISTAKES = 12;

/** The held-out samples that the network was surest to be something else. */
export function Mistakes() {
  const data = useLearning((state) => state.data);
  const train = useLearning((state) => state.collection?.train ?? 0);
  const all = useLearning((state) => state.look?.evaluated.evaluation.worst);
  if (!data || !all) return null;
  if (all.length === 0) return <p className="hint">No held-out sample is taken for another.</p>;
  const worst = all.slice(0, MISTAKES);
  const nameOf = (at: number) => {
    const { label, loss } = worst[at]!;
    return `a ${label}, for which it has ${percent(Math.exp(-loss))}`;
  };
  return (
    <Strip
      {...{ data, nameOf }}
      indices={worst.map(({ index }) => train + index)}
      title="Worst mistakes, held out"
      why=""
      saidOf={(at) => worst[at]!.predicted}
    />
  );
}
