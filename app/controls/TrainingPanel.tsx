import { useId } from "react";
import "./controls.css";
import {
  constantText,
  SGD_RULES,
  setTraining,
  TRAINING_RULES,
  type TrainingRule,
  type TrainingSet,
  trainingOf,
} from "#engine";
import { useFigure, useFigureStore } from "../store/context.ts";
import { NumberField } from "./NumberField.tsx";
import { useAsked } from "./refusal.ts";
import { SelectField } from "./SelectField.tsx";

const RULES = (Object.keys(TRAINING_RULES) as TrainingRule[]).map(
  (rule) => [rule, `${rule} · ${SGD_RULES[rule].label}`] as const,
);

/** What each number is called, and how far one press of a key moves it. */
const NUMBERS = {
  momentum: { label: "Momentum µ", step: 0.1 },
  weightDecay: { label: "Weight decay λ", step: 0.001 },
  lrDecay: { label: "lr decay", step: 0.01 },
} as const;

/** How W and b are updated. */
export function TrainingPanel() {
  const store = useFigureStore();
  const training = trainingOf(useAsked());
  const fitting = useFigure((state) => state.answered?.answer.back?.update.options.lr);
  const id = useId();
  const { rule, lr, momentum, nesterov } = training;
  const row: { numbers: readonly (keyof typeof NUMBERS)[]; nesterov: boolean } =
    TRAINING_RULES[rule];
  const set = (change: Partial<TrainingSet>) =>
    store.getState().change((document) => setTraining(document, change));
  const { formula, source } = SGD_RULES[rule];
  return (
    <section className="controls" aria-labelledby={id}>
      <h2 className="heading" id={id}>
        Training
      </h2>
      <div className="row">
        <SelectField<TrainingRule>
          label="Rule"
          options={RULES}
          value={rule}
          // looking ahead is a switch of one rule, and a rule of its own elsewhere
          onChoose={(next) =>
            set({ rule: next, nesterov: nesterov && TRAINING_RULES[next].nesterov })
          }
        />
      </div>
      <p className="hint">
        {formula} ({source})
      </p>
      <div className="row wide-label">
        <NumberField
          label="Step length lr"
          min={0}
          step={stepOf(lr ?? fitting ?? 0)}
          value={lr ?? fitting ?? 0}
          fields={["lr"]}
          onCommit={(next) => set({ lr: next })}
        />
      </div>
      <label className="tick">
        <input
          type="checkbox"
          checked={lr === null}
          onChange={(event) => set({ lr: event.target.checked ? null : (fitting ?? 0) })}
        />
        as the input allows
      </label>
      {row.numbers.map((name) => (
        <div className="row wide-label" key={name}>
          <NumberField
            label={NUMBERS[name].label}
            min={0}
            step={NUMBERS[name].step}
            value={training[name]}
            fields={[name]}
            onCommit={(next) =>
              set({
                [name]: next,
                ...(name === "momentum" && next === 0 ? { nesterov: false } : {}),
              })
            }
          />
        </div>
      ))}
      {row.nesterov && (
        <label className="tick" title="One velocity ahead">
          <input
            type="checkbox"
            checked={nesterov}
            disabled={momentum === 0}
            onChange={(event) => set({ nesterov: event.target.checked })}
          />
          nesterov{momentum === 0 && " (with momentum)"}
        </label>
      )}
      {lr === null && fitting !== undefined && (
        <p className="hint">
          {constantText(fitting)} is 1 over the sum of the squares of all that a filter reads: with
          it the loss of a target goes down, whatever the picture.
        </p>
      )}
    </section>
  );
}

/** A tenth of the largest digit: an arrow key moves a step length by what it can be seen to move. */
function stepOf(lr: number): number {
  return lr > 0 ? 10 ** Math.floor(Math.log10(lr)) : 0.001;
}
