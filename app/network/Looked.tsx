import { useEffect, useRef, useState } from "react";
import "./draw.css";
import type { Tensor } from "#engine";
import { Segments } from "../controls/Segments.tsx";
import { isBlank } from "../store/network/drawing.ts";
import { Answer } from "./Answer.tsx";
import { Draw } from "./Draw.tsx";
import { OpenDrawn } from "./OpenDrawn.tsx";
import { OpenSample } from "./OpenSample.tsx";
import { takenWords } from "./taken.ts";
import { useDrawing, useLearner, useLearning } from "./use.ts";

const OPTIONS = [
  { value: "sample", label: "The chosen sample" },
  { value: "drawing", label: "Draw a digit" },
] as const;

/** What the network is asked about: a sample of the data, or what is drawn. */
export function Looked() {
  const { drawing } = useLearner();
  const isOpen = useDrawing((state) => state.isOpen);
  return (
    <>
      <div className="looked">
        <Segments
          label="Looked at"
          options={OPTIONS}
          value={isOpen ? "drawing" : "sample"}
          onChoose={(value) => drawing.open(value === "drawing")}
        />
        {isOpen && <Taken />}
      </div>
      {isOpen ? <Draw /> : <Answer />}
    </>
  );
}

/** One of the two, to be opened in a lens. */
export function OpenLooked() {
  return useDrawing((state) => state.isOpen) ? <OpenDrawn /> : <OpenSample />;
}

/** What the drawing is taken for. */
function Taken() {
  const levels = useDrawing((state) => state.levels);
  const answered = useDrawing((state) => state.answered);
  const label = useDrawing((state) => state.label);
  const isSettled = useDrawing((state) => !state.stroke && state.answered?.levels === state.levels);
  const words = isBlank(levels)
    ? "The network answers while you draw: fill the field, as the samples do."
    : answered
      ? takenWords(answered.predicted.probabilities, label)
      : "";
  const untrained = answered?.run.step === 0 ? " It is not trained yet: it guesses." : "";
  return (
    <>
      <p className="taken">
        {words}
        {!isBlank(levels) && untrained}
      </p>
      <p className="visually-hidden" role="status">
        {useSettled(words, levels, isSettled)}
      </p>
    </>
  );
}

/** Words to be heard once the pen is lifted; of a run that goes the first answer, and the next when it stands. */
function useSettled(words: string, levels: Tensor, isSettled: boolean): string {
  const goes = useLearning((state) => state.pace !== null);
  const [heard, setHeard] = useState("");
  const heardOf = useRef<Tensor>(null);
  useEffect(() => {
    if (!isSettled || (goes && heardOf.current === levels)) return;
    heardOf.current = levels;
    setHeard(words);
  }, [words, levels, isSettled, goes]);
  return heard;
}
