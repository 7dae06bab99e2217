import { useState } from "react";
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
  const n = last ? last.indices.indexOf(sample) : -1;
  const open = () => {
    learner.pause();
    const now = learner.state.getState().last;
    const at = now ? now.indices.indexOf(sample) : -1;
    if (now && at >= 0) void openSample(store, now, at, lens).then(focusFigure);
  };
  return (
    <section>
      <h2 className="heading">Open this sample</h2>
      <p className="open-sample">
        <LensSelect value={lens} onChange={setLens} />
        <button type="button" className="button" aria-disabled={n < 0} onClick={open}>
          Open
        </button>
      </p>
      <p className="hint">
        {last === null
          ? "Take a step first: then the loss has sent something back."
          : n < 0
            ? "Choose a digit of the batch of the last step."
            : `Sample ${n + 1} of ${last.indices.length}, with the W and b it met in step ${last.run.step}, and the ∂L/∂Y that came back to it. The run waits here.`}
      </p>
    </section>
  );
}
