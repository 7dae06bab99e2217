import { useId } from "react";
import { LIMITS } from "#engine";
import { NumberField } from "./NumberField.tsx";

interface SizeFieldProps {
  readonly label: string;
  /** What has this size: “input”, “kernel”; names the two fields. */
  readonly of: string;
  readonly value: readonly [H: number, W: number];
  readonly limits?: readonly [H: number, W: number];
  readonly fields?: readonly [rows: readonly string[], columns: readonly string[]];
  readonly onCommit: (H: number, W: number) => void;
}

/** H × W: height before width. */
export function SizeField(props: SizeFieldProps) {
  const { label, of, value, limits = [LIMITS.H, LIMITS.W], fields = [[], []], onCommit } = props;
  const id = useId();
  const [H, W] = value;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be a row of a grid
    <div className="row pair" role="group" aria-labelledby={id}>
      <span className="label" id={id}>
        {label}
      </span>
      <div className="fields">
        <NumberField
          bare
          label={`Rows of the ${of}`}
          integer
          min={1}
          max={limits[0]}
          value={H}
          fields={fields[0]}
          onCommit={(next) => onCommit(next, W)}
        />
        <span className="times">×</span>
        <NumberField
          bare
          label={`Columns of the ${of}`}
          integer
          min={1}
          max={limits[1]}
          value={W}
          fields={fields[1]}
          onCommit={(next) => onCommit(H, next)}
        />
      </div>
    </div>
  );
}
