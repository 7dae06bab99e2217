import { useId } from "react";
import { imageOfLevels, predicted } from "#engine";
import { useFigureStore } from "../store/context.ts";
import { isBlank } from "../store/network/drawing.ts";
import { openAlone } from "../store/network/openAlone.ts";
import { focusFigure, LensSelect } from "./LensSelect.tsx";
import { useDrawing, useLearner, useLearning } from "./use.ts";
import { useOpenIn } from "./useOpenIn.ts";

/** What is drawn, in one of the lenses: with the weights of the run, and what the loss would send back. */
export function OpenDrawn() {
  const store = useFigureStore();
  const learner = useLearner();
  const levels = useDrawing((state) => state.levels);
  const said = useDrawing((state) => state.label);
  const taken = useDrawing(({ answered }) =>
    answered ? predicted(answered.predicted.probabilities, 0) : 0,
  );
  const classes = useLearning((state) => state.run?.network.spec.classes ?? 0);
  const [lens, setLens] = useOpenIn();
  const id = useId();
  const label = said ?? taken;
  const nothing = isBlank(levels);
  const open = () => {
    learner.pause();
    const { run } = learner.state.getState();
    if (run && !nothing)
      void openAlone(store, run, imageOfLevels(levels), label, lens).then(focusFigure);
  };
  return (
    <div className="open-sample">
      <p className="open-with">
        <label htmlFor={id}>As a</label>
        <select
          id={id}
          className="select"
          value={label}
          onChange={(event) => learner.drawing.call(Number(event.target.value))}
        >
          {Array.from({ length: classes }, (_, k) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a class is its number
            <option key={k} value={k}>
              {k}
            </option>
          ))}
        </select>
        <LensSelect value={lens} onChange={setLens} />
        <button
          type="button"
          className="button"
          aria-disabled={nothing}
          aria-describedby={`${id}-why`}
          onClick={open}
        >
          Open
        </button>
      </p>
      <p className="hint" id={`${id}-why`}>
        {nothing
          ? "Draw something first."
          : `With the W and b of now, and the δ of a loss that wants a ${label}.`}
      </p>
    </div>
  );
}
