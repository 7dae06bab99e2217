import { useId } from "react";
import { pick } from "#engine";
import { useFigureStore } from "../store/context.ts";
import { openAlone } from "../store/network/openAlone.ts";
import { openSample } from "../store/network/openSample.ts";
import { focusFigure, LensSelect } from "./LensSelect.tsx";
import { useLearner, useLearning } from "./use.ts";
import { useOpenIn } from "./useOpenIn.ts";

/**
 * The chosen sample in one of the lenses: one of the batch with what the step had of it and what the loss sent back,
 * any other alone.
 */
export function OpenSample() {
  const store = useFigureStore();
  const learner = useLearner();
  const last = useLearning((state) => state.last);
  const sample = useLearning((state) => state.sample);
  const [lens, setLens] = useOpenIn();
  const id = useId();
  const open = () => {
    learner.pause();
    const { last, run, data } = learner.state.getState();
    const at = last ? last.indices.indexOf(sample) : -1;
    const { images, labels } = pick(data!, [sample]);
    const opened =
      last && at >= 0
        ? openSample(store, last, at, lens)
        : openAlone(store, run!, images, labels[0]!, lens);
    void opened.then(focusFigure);
  };
  return (
    <div className="open-sample">
      <p className="open-with">
        <LensSelect value={lens} onChange={setLens} />
        <button type="button" className="button" aria-describedby={`${id}-why`} onClick={open}>
          Open
        </button>
      </p>
      <p className="hint" id={`${id}-why`}>
        {last?.indices.includes(sample)
          ? `With its W, b and true δ of step ${last.run.step}.`
          : "With the W and b of now, and the δ of its loss."}
      </p>
    </div>
  );
}
