import { PADDING_WORDS, type Padding, type PaddingWord, type Sides } from "#engine";
import { NumberField } from "./NumberField.tsx";
import { SelectField } from "./SelectField.tsx";

type Kind = "number" | PaddingWord | "sides";

const KINDS: readonly (readonly [Kind, string])[] = [
  ["number", "number"],
  ...(Object.keys(PADDING_WORDS) as PaddingWord[]).map((word) => [word, word] as const),
  ["sides", "four sides"],
];

const SIDES = ["top", "right", "bottom", "left"] as const;
const ALL_SIDES = ["padding", ...SIDES.map((side) => `padding.${side}`)];

function kindOf(padding: Padding): Kind {
  if (typeof padding === "number") return "number";
  return typeof padding === "string" ? padding : "sides";
}

interface PaddingFieldProps {
  readonly value: Padding;
  /** What it comes to now: where numbers start from when words are left. */
  readonly sides: Sides;
  readonly onCommit: (padding: Padding) => void;
}

/** How far the input is padded: a number, a word, or four sides. */
export function PaddingField({ value, sides, onCommit }: PaddingFieldProps) {
  const kind = kindOf(value);

  function choose(next: Kind) {
    if (next === "number") onCommit(sides[0]);
    else onCommit(next === "sides" ? sides : next);
  }

  return (
    <>
      <div className="row">
        <span className="label">Padding</span>
        <div className="fields">
          {typeof value === "number" && (
            <NumberField
              bare
              label="Padding"
              integer
              min={0}
              value={value}
              fields={ALL_SIDES}
              onCommit={onCommit}
            />
          )}
          <SelectField
            bare
            label="Kind of padding"
            options={KINDS}
            value={kind}
            fields={typeof value === "string" ? ALL_SIDES : []}
            onChoose={choose}
          />
        </div>
      </div>
      {typeof value === "string" && <p className="hint">{PADDING_WORDS[value].label}</p>}
      {typeof value === "object" && (
        <div className="row sides">
          {SIDES.map((side, i) => (
            <NumberField
              key={side}
              label={side}
              integer
              min={0}
              value={value[i]!}
              fields={["padding", `padding.${side}`]}
              onCommit={(next) => onCommit(value.with(i, next) as unknown as Sides)}
            />
          ))}
        </div>
      )}
    </>
  );
}
