import { type Axis, remainderNote, sizeFormula } from "#engine";
import { Sentence } from "../panels/Sentence.tsx";
import { useFigure, useFigureStore } from "../store/context.ts";
import { geometryFor } from "../store/layer.ts";
import { sentenceOf } from "./refusal.ts";

/** Whether two axes have the same formula. */
function alike(a: Axis, b: Axis): boolean {
  const numbers = ({ n, k, stride, dilation, before, after }: Axis) =>
    [n, k, stride, dilation, before, after].join();
  return numbers(a) === numbers(b);
}

/** The size of Y with its numbers; while something impossible is asked, why that is and how to go back. */
export function OutputSize() {
  const refusal = useFigure((state) => state.refusal);
  const { dismissRefusal } = useFigureStore().getState();
  if (!refusal) return <SizeOfY />;
  return (
    <div className="output-size" data-refused>
      <p className="problem">{sentenceOf(refusal)}</p>
      <p className="hint">The last possible picture still stands.</p>
      <button type="button" className="button" onClick={dismissRefusal}>
        Back to what worked
      </button>
    </div>
  );
}

function SizeOfY() {
  const document = useFigure((state) => state.document);
  const geometry = geometryFor(document);
  const { rows, columns } = geometry;
  const note = remainderNote(geometry);
  return (
    <div className="output-size">
      {alike(rows, columns) ? (
        <Formula label="output size" axis={rows} />
      ) : (
        <>
          <Formula label="output rows" axis={rows} />
          <Formula label="output columns" axis={columns} />
        </>
      )}
      {note && <p className="hint">{note}</p>}
    </div>
  );
}

function Formula({ label, axis }: { readonly label: string; readonly axis: Axis }) {
  return (
    <>
      <p className="hint">{label}</p>
      <p className="formula">
        <Sentence spans={sizeFormula(axis)} />
      </p>
    </>
  );
}
