import { useEffect, useRef, useState } from "react";
import type { Tensor } from "#engine";
import { isBlank } from "../store/network/drawing.ts";
import { takenWords } from "./taken.ts";
import { useDrawing, useLearning } from "./use.ts";

/** What the drawing is taken for. */
export function Taken() {
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
