import { ticks } from "d3-array";
import { Segments } from "../controls/Segments.tsx";
import { Icon } from "../shell/Icon.tsx";
import { PACES, type Pace } from "../store/network/paces.ts";
import { useLearner, useLearning } from "./use.ts";
import { epochOf } from "./words.ts";

const OPTIONS = Object.entries(PACES).map(([value, { label, why }]) => ({
  value: value as Pace,
  label,
  title: why,
}));

/** Rewind, one step, play at a pace, and the steps so far to go back over. */
export function RunTransport() {
  const learner = useLearner();
  const chosen = useLearning((state) => state.chosen);
  const goes = useLearning((state) => state.pace !== null);
  const step = useLearning((state) => state.run?.step ?? 0);
  const steps = useLearning((state) => state.metrics.length);
  const epoch = useLearning(({ run }) => (run ? epochOf(run) : 1));
  return (
    <section className="transport" aria-label="Training">
      <button
        type="button"
        className="button"
        aria-label="Rewind to the first weights"
        title="Rewind to the first weights (Home)"
        onClick={() => learner.goTo(0)}
      >
        <Icon name="first" />
      </button>
      <button type="button" className="button solid play" onClick={learner.toggle}>
        <Icon name={goes ? "pause" : "play"} />
        <span className="wide-only">{goes ? "Pause" : "Train"}</span>
        <span className="narrow-only visually-hidden">{goes ? "Pause" : "Train"}</span>
      </button>
      <button
        type="button"
        className="button"
        aria-label="One step"
        title="One step (→)"
        aria-disabled={goes}
        onClick={learner.once}
      >
        <Icon name="on" />
      </button>
      <Segments label="Pace" options={OPTIONS} value={chosen} onChoose={learner.choose} />
      <div className="scrub">
        <input
          type="range"
          min={0}
          max={steps}
          value={step}
          aria-label="Step of the run"
          aria-valuetext={`step ${step} of ${steps}, epoch ${epoch}`}
          onChange={(event) => learner.goTo(event.target.valueAsNumber)}
          style={{ "--share": steps > 0 ? step / steps : 0 } as React.CSSProperties}
        />
        <div className="ticks" aria-hidden="true">
          {ticks(0, steps, 5).map((mark) => (
            <span key={mark} style={{ left: `${steps > 0 ? (100 * mark) / steps : 0}%` }}>
              {mark}
            </span>
          ))}
        </div>
      </div>
      <output className="place">
        step {step}
        <span className="wide-only">, epoch {epoch}</span>
      </output>
    </section>
  );
}
