import { Segments } from "./Segments.tsx";

interface ChooserProps {
  /** “Channel”. */
  readonly label: string;
  /** What its members are called: c, f, n. Counted from 0, as everywhere in formulas. */
  readonly letter: string;
  readonly first?: number;
  readonly count: number;
  readonly value: number;
  readonly onChoose: (index: number) => void;
}

/** More than these are not shown side by side. */
const MOST_SEGMENTS = 4;

/** Which one of several planes is shown; nothing where there is only one. */
export function Chooser({ label, letter, first = 0, count, value, onChoose }: ChooserProps) {
  if (count < 2) return null;
  const last = first + count - 1;
  const arrow = (sign: string, word: string, to: number) => (
    <button
      type="button"
      className="button icon"
      aria-label={`${word} ${label.toLowerCase()}`}
      disabled={to < first || to > last}
      onClick={() => onChoose(to)}
    >
      {sign}
    </button>
  );
  return (
    <div className="chooser">
      <span className="label">{label}</span>
      {count <= MOST_SEGMENTS ? (
        <Segments
          label={label}
          value={String(value)}
          options={Array.from({ length: count }, (_, i) => ({
            value: String(first + i),
            label: `${letter} ${first + i}`,
          }))}
          onChoose={(next) => onChoose(Number(next))}
        />
      ) : (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset is more box than a line of text needs
        <span className="pager" role="group" aria-label={label}>
          {arrow("◀", "Previous", value - 1)}
          <output>
            {letter} {value} <span className="role-muted">of {count}</span>
          </output>
          {arrow("▶", "Next", value + 1)}
        </span>
      )}
    </div>
  );
}
