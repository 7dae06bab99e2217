import type { ReactNode } from "react";
import { PENS, type Pen, pick, predicted } from "#engine";
import { Segments } from "../controls/Segments.tsx";
import { Insides } from "./Answer.tsx";
import { DrawField } from "./DrawField.tsx";
import { OpenDrawn } from "./OpenDrawn.tsx";
import { Taken } from "./TakenWords.tsx";
import { aDigit } from "./taken.ts";
import { useDrawing, useLearner, useLearning } from "./use.ts";

const OPTIONS = Object.entries(PENS).map(([value, { label, why }]) => ({
  value: value as Pen,
  label,
  title: why,
}));

/** A field to draw a digit on, and the whole network as it answers. */
export function Draw({ choice }: { readonly choice: ReactNode }) {
  const answered = useDrawing((state) => state.answered);
  const label = useDrawing((state) => state.label);
  return (
    <section className="answer drawn" aria-label="What the network makes of what is drawn">
      <div className="answer-head">
        <div className="answer-said">
          {choice}
          <Taken />
        </div>
        <OpenDrawn />
      </div>
      <div className="answer-flow">
        <figure>
          <figcaption className="heading">
            <span className="role-X">X</span>, drawn
          </figcaption>
          <DrawField />
          <Tools />
        </figure>
        {answered && (
          <Insides
            network={answered.run.network}
            answer={answered.predicted}
            marked={label ?? predicted(answered.predicted.probabilities, 0)}
          />
        )}
      </div>
    </section>
  );
}

function Tools() {
  const { drawing } = useLearner();
  const pen = useDrawing((state) => state.pen);
  const canUndo = useDrawing((state) => state.past.length > 0);
  const canRedo = useDrawing((state) => state.future.length > 0);
  const sample = useLearning((state) => state.sample);
  const data = useLearning((state) => state.data);
  const start = () => {
    const { images, labels } = pick(data!, [sample]);
    drawing.startFrom(images, labels[0]!);
  };
  return (
    <div className="draw-tools">
      <Segments label="Draw with" options={OPTIONS} value={pen} onChoose={drawing.take} />
      <button
        type="button"
        className="button"
        title="Take the last stroke back (Ctrl + Z)"
        aria-disabled={!canUndo}
        onClick={drawing.undo}
      >
        Undo
      </button>
      <button
        type="button"
        className="button"
        title="Do it again (Ctrl + Y)"
        aria-disabled={!canRedo}
        onClick={drawing.redo}
      >
        Redo
      </button>
      <button type="button" className="button" onClick={drawing.clear}>
        Clear
      </button>
      {data && (
        <button type="button" className="button" onClick={start}>
          Start from the sample, {aDigit(data.labels[sample]!)}
        </button>
      )}
      <p className="hint">
        Keys on the field: arrows move, Space draws, Shift + arrow draws a line, a number is a level
        from 0 to 16.
      </p>
    </div>
  );
}
