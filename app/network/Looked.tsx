import "./draw.css";
import { Segments } from "../controls/Segments.tsx";
import { Answer } from "./Answer.tsx";
import { Draw } from "./Draw.tsx";
import { useDrawing, useLearner } from "./use.ts";

const OPTIONS = [
  { value: "sample", label: "The chosen sample" },
  { value: "drawing", label: "Draw a digit" },
] as const;

/** What the network is asked about: a sample of the data, or what is drawn. */
export function Looked() {
  const { drawing } = useLearner();
  const isOpen = useDrawing((state) => state.isOpen);
  const choice = (
    <Segments
      label="Looked at"
      options={OPTIONS}
      value={isOpen ? "drawing" : "sample"}
      onChoose={(value) => drawing.open(value === "drawing")}
    />
  );
  return isOpen ? <Draw choice={choice} /> : <Answer choice={choice} />;
}
