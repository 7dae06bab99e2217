import { useId, useState } from "react";
import { useFigureStore } from "../store/context.ts";
import { openSample } from "../store/network/openSample.ts";
import { focusFigure, LensSelect } from "./LensSelect.tsx";
import { useLearner, useLearning } from "./use.ts";

/** The chosen digit of the batch, in one of the lenses: with what the step had of it, and what the loss sent back. */
export function OpenSample() {
  const store = useFigureStore();
  const learner = useLearner();
  const last = useLearning((state) => state.last);
  const sample = useLearning((state) => state.sample);
  const [lens, setLens] = useState("rotate");
  const id = useId();
  const n = last ? last.indices.indexOf(sample) : -1;
  const open = () => {
    learner.pause();
    const now = learner.state.getState().last;
    const at = now ? now.indices.indexOf(sample) : -1;
    if (now && at >= 0) void openSample(store, now, at, lens).then(focusFigure);
  };
  return (
    <div className="open-sample">
      <p className="open-with">
        <LensSelect value={lens} onChange={setLens} />
        <button
          type="button"
          className="button"
          aria-disabled={n < 0}
          aria-describedby={`${id}-why`}
          onClick={open}
        >
          Open
        </button>
      </p>
      <p className="hint" id={`${id}-why`}>
        {last === null
          ? "After a first step: there is no δ before."
          : n < 0
            ? `For a digit of the batch of step ${last.run.step}.`
            : `With its W, b and true δ of step ${last.run.step}.`}
      </p>
    </div>
  );
}
