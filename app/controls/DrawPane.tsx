import { clearInput, LIMITS, rangeOf, setBatch, setChannels, type Tensor } from "#engine";
import { useFigure, useFigureStore } from "../store/context.ts";
import { TOOLS, type Tool } from "../store/tools.ts";
import { Composite } from "./Composite.tsx";
import { History } from "./History.tsx";
import { InkField } from "./InkField.tsx";
import { InputSize } from "./InputSize.tsx";
import { MiniPlate } from "./MiniPlate.tsx";
import { NumberField } from "./NumberField.tsx";
import { useAsked } from "./refusal.ts";
import { Segments } from "./Segments.tsx";

const TOOL_OPTIONS = (Object.keys(TOOLS) as Tool[]).map((value) => {
  const { label, key, why } = TOOLS[value];
  return { value, label, title: `${why} Key: ${key.toUpperCase()}` };
});

/** Ten values from nothing to full, in the numbers the picture is made of: digits, bytes or shares of 1. */
function inksFor(tensor: Tensor): { readonly choices: number[]; readonly most: number } {
  const [low, high] = rangeOf(tensor);
  const shares = low >= 0 && high <= 1 && tensor.data.some((v) => !Number.isInteger(v));
  const most = shares ? 1 : low >= 0 && high > 100 && high <= 255 ? 255 : 9;
  const digits = shares ? 10 : 1;
  return {
    most: Math.max(most, high),
    choices: Array.from({ length: 10 }, (_, i) => Math.round((i / 9) * most * digits) / digits),
  };
}

/** The input as something to draw on. */
export function DrawPane() {
  const store = useFigureStore();
  const tool = useFigure((state) => state.tool);
  const tone = useFigure((state) => state.tone);
  const document = useFigure((state) => state.document);
  const [N, C] = useAsked().input.tensor.shape as [number, number];
  const { choices, most } = inksFor(document.input.tensor);
  const { change } = store.getState();
  return (
    <>
      <div className="beside">
        <MiniPlate of="X" />
        <div className="buttons">
          <History />
          <button type="button" className="button" onClick={() => change(clearInput)}>
            Clear
          </button>
        </div>
      </div>
      <Composite />
      <Segments
        label="Tool"
        value={tool}
        options={TOOL_OPTIONS}
        onChoose={(next) => store.setState({ tool: next })}
      />
      <InkField
        label="Brush writes"
        choices={choices}
        scale={{ kind: "gray", low: 0, high: most, tone }}
      />
      <InputSize />
      <div className="row two">
        <NumberField
          label="Channels"
          integer
          min={1}
          max={LIMITS.C}
          value={C}
          fields={["C"]}
          onCommit={(next) => change((asked) => setChannels(asked, next))}
        />
        <NumberField
          label="Batch"
          integer
          min={1}
          max={LIMITS.N}
          value={N}
          fields={["N"]}
          onCommit={(next) => change((asked) => setBatch(asked, next))}
        />
      </div>
    </>
  );
}
