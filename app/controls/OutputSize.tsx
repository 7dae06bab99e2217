import { useMemo } from "react";
import { type Axis, geometryOf, remainderNote, sizeFormula } from "#engine";
import { Sentence } from "../panels/Sentence.tsx";
import { useFigure, useFigureStore } from "../store/context.ts";
import { layerFor } from "../store/state.ts";
import { sentenceOf } from "./refusal.ts";

/** Whether two axes have the same formula. */
function alike(a: Axis, b: Axis): boolean {
  const numbers = ({ n, k, stride, dilation, before, after }: Axis) =>
    [n, k, stride, dilation, before, after].join();
  return numbers(a) === numbers(b);
}

/** The size of Y with its numbers; while something impossible is asked, why that is and how to go back. */
export function OutputSize() {
  const store = useFigureStore();
  const document = useFigure((state) => state.document);
  const refusal = useFigure((state) => state.refusal);
  const geometry = useMemo(() => geometryOf(layerFor(document).spec), [document]);
  const { rows, columns } = geometry;
  const note = remainderNote(geometry);
  return (
    <div className="output-size" data-refused={refusal !== null || undefined}>
      {refusal && (
        <>
          <p className="problem">{sentenceOf(refusal)}</p>
          <p className="hint">The last possible picture still stands; its size:</p>
        </>
      )}
      {!refusal && <p className="hint">output size</p>}
      {alike(rows, columns) ? (
        <p className="formula">
          <Sentence spans={sizeFormula(rows)} />
        </p>
      ) : (
        <>
          <p className="formula">
            <span className="role-muted">rows </span>
            <Sentence spans={sizeFormula(rows)} />
          </p>
          <p className="formula">
            <span className="role-muted">columns </span>
            <Sentence spans={sizeFormula(columns)} />
          </p>
        </>
      )}
      {note && <p className="hint">{note}</p>}
      {refusal && (
        <button type="button" className="button" onClick={store.getState().dismissRefusal}>
          Back to what worked
        </button>
      )}
    </div>
  );
}
