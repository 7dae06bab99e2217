import { useId, useState } from "react";
import type { Pair } from "#engine";
import { NumberField } from "./NumberField.tsx";
import type { Bounds } from "./parse.ts";

interface PairFieldProps extends Bounds {
  readonly label: string;
  readonly value: Pair;
  readonly onCommit: (value: Pair) => void;
  /** What refusals of this setting are called: `stride` for stride.vertical and stride.horizontal. */
  readonly field: string;
}

/** A number for both axes, or with “per axis” one for each: vertical × horizontal, height before width. */
export function PairField({ label, value, onCommit, field, ...bounds }: PairFieldProps) {
  const id = useId();
  const [vertical, horizontal] = value;
  const [open, setOpen] = useState(false);
  const apart = open || vertical !== horizontal;

  function toggle() {
    if (apart && vertical !== horizontal) onCommit([vertical, vertical]);
    setOpen(!apart);
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be a row of a grid
    <div className={apart ? "row pair" : "row"} role="group" aria-labelledby={id}>
      <span className="label" id={id}>
        {label}
      </span>
      <div className="fields">
        {apart ? (
          <>
            <NumberField
              {...bounds}
              bare
              label={`${label}, vertical`}
              value={vertical}
              fields={[`${field}.vertical`]}
              onCommit={(next) => onCommit([next, horizontal])}
            />
            <span className="times">×</span>
            <NumberField
              {...bounds}
              bare
              label={`${label}, horizontal`}
              value={horizontal}
              fields={[`${field}.horizontal`]}
              onCommit={(next) => onCommit([vertical, next])}
            />
          </>
        ) : (
          <NumberField
            {...bounds}
            bare
            label={label}
            value={vertical}
            fields={[`${field}.vertical`, `${field}.horizontal`]}
            onCommit={(next) => onCommit([next, next])}
          />
        )}
        <button
          type="button"
          className="button bare icon"
          aria-label={`${label}: per axis`}
          aria-pressed={apart}
          title={apart ? "One number for both axes" : "One number per axis: vertical × horizontal"}
          onClick={toggle}
        >
          <LinkIcon apart={apart} />
        </button>
      </div>
    </div>
  );
}

/** Two links of a chain: joined while one number stands for both axes. */
function LinkIcon({ apart }: { readonly apart: boolean }) {
  const shift = apart ? 2 : 0;
  return (
    <svg width="20" height="12" viewBox="-2 0 24 12" aria-hidden="true" className="line-icon">
      <path d={`M${8 - shift} 2H${5 - shift}a4 4 0 0 0 0 8h${3}`} />
      <path d={`M${12 + shift} 2h3a4 4 0 0 1 0 8h-3`} />
      {!apart && <path d="M7 6h6" />}
    </svg>
  );
}
