import { useId } from "react";
import { DIGITS, NETWORK_PRESETS, type NetworkPreset } from "#engine";
import { NumberField } from "../controls/NumberField.tsx";
import { MOST_SEED } from "../store/network/words.ts";
import { Turn } from "./Turn.tsx";
import { useLearner, useLearning } from "./use.ts";
import { layerWords, short } from "./words.ts";

/** What a run begins with, and its learning rate. */
export function RunSettings() {
  const learner = useLearner();
  const preset = useLearning((state) => state.preset);
  const seed = useLearning((state) => state.seed);
  const isOfDigits = useLearning((state) => state.collection?.name === DIGITS.name);
  const id = useId();
  const rows = Object.entries(NETWORK_PRESETS);
  return (
    <>
      <section>
        <h2 className="heading">Begin with</h2>
        <select
          className="select preset"
          aria-label="Preset"
          aria-describedby={`${id}-why`}
          value={preset}
          onChange={(event) => learner.begin(event.target.value as NetworkPreset, seed)}
        >
          {rows.map(([name, { label }]) => (
            <option key={name} value={name}>
              {label}
            </option>
          ))}
        </select>
        <p className="hint" id={`${id}-why`}>
          {NETWORK_PRESETS[preset].why}
        </p>
        <div className="run-field">
          <NumberField
            label="Seed"
            integer
            min={0}
            max={MOST_SEED}
            value={seed}
            onCommit={(next) => learner.begin(preset, next)}
          />
        </div>
        <p className="hint">The same seed gives the same run again.</p>
        <p className="run-field">
          <label htmlFor={`${id}-rate`}>Learning rate</label>
          <Rate id={`${id}-rate`} />
        </p>
        <p className="hint" id={`${id}-rate-why`}>
          Can be changed while it trains: it holds from the next step on.
        </p>
      </section>
      <Turn>
        <Layers />
      </Turn>
      {isOfDigits && (
        <section>
          <h2 className="heading">Digits</h2>
          <p className="hint">{DIGITS.attribution}</p>
        </section>
      )}
    </>
  );
}

/** What the network is made of, and what it is shown. */
function Layers() {
  const run = useLearning((state) => state.run);
  const collection = useLearning((state) => state.collection);
  return (
    <section>
      <h2 className="heading">Network</h2>
      <ol className="layers">
        {run?.network.layers.map((layer, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a layer is its place
          <li key={i}>{layerWords(layer)}</li>
        ))}
        <li>softmax, cross-entropy</li>
      </ol>
      {run && collection && (
        <p className="hint">
          Batches of {Math.min(run.course.batch, collection.train)} out of {collection.train};{" "}
          {collection.data.labels.length - collection.train} held out.
        </p>
      )}
    </section>
  );
}

/** Rates to choose from, and the one there is. */
const RATES = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3];

function Rate({ id }: { readonly id: string }) {
  const learner = useLearner();
  const lr = useLearning((state) => state.run?.optimiser.lr ?? 0.1);
  const rates = [...new Set([...RATES, lr])].sort((a, b) => a - b);
  return (
    <select
      id={id}
      className="select"
      aria-describedby={`${id}-why`}
      value={lr}
      onChange={(event) => learner.setRate(Number(event.target.value))}
    >
      {rates.map((rate) => (
        <option key={rate} value={rate}>
          {short(rate)}
        </option>
      ))}
    </select>
  );
}
