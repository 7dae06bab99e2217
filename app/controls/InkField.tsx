import { useId } from "react";
import { fillOf, inkOn } from "../draw/palette.ts";
import type { Scale } from "../draw/scene.ts";
import { useFigure, useFigureStore } from "../store/context.ts";
import { NumberField } from "./NumberField.tsx";
import { shownNumber } from "./parse.ts";
import { usePalette } from "./scales.ts";
import { useNarrow } from "./useNarrow.ts";

interface InkFieldProps {
  readonly label: string;
  /** The values one press away. */
  readonly choices: readonly number[];
  /** The colours they will have. */
  readonly scale: Scale;
}

/** The value that the brush writes: some to pick, and a field for any other. While nothing is drawn there is none. */
export function InkField({ label, choices, scale }: InkFieldProps) {
  const store = useFigureStore();
  const ink = useFigure((state) => state.ink);
  const palette = usePalette();
  const group = useId();
  const drawing = useFigure((state) => state.tool !== "point");
  const narrow = useNarrow();
  // A finger draws on the small plates whatever the tool is.
  if (!drawing && !narrow) return null;
  return (
    <fieldset className="inks">
      <legend className="hint">{label}</legend>
      <div className="swatches">
        {choices.map((value) => {
          const fill = fillOf(palette, scale, value);
          return (
            <label
              key={value}
              className="swatch"
              title={`${label} ${shownNumber(value)}`}
              style={{ background: `rgb(${fill.join(" ")})`, color: inkOn(palette, fill) }}
            >
              <input
                type="radio"
                name={group}
                checked={value === ink}
                onChange={() => store.setState({ ink: value })}
              />
              {shownNumber(value)}
            </label>
          );
        })}
      </div>
      <NumberField
        bare
        label={`${label}: any number`}
        value={ink}
        onCommit={(next) => store.setState({ ink: next })}
      />
    </fieldset>
  );
}
