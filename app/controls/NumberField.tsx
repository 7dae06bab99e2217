import { type KeyboardEvent, useId, useState } from "react";
import "./controls.css";
import { type Bounds, readNumber, shownNumber, stepped } from "./parse.ts";
import { reasonOf, useRefusal } from "./refusal.ts";

interface NumberFieldProps extends Bounds {
  readonly label: string;
  /** The label is heard, not seen: something beside the field says it already. */
  readonly bare?: boolean;
  readonly value: number;
  readonly onCommit: (value: number) => void;
  readonly step?: number;
  /** The fields of a refusal (`ConvError.field`) that are shown here. */
  readonly fields?: readonly string[];
}

/** A text that is not the field's value: still being typed, or refused. */
interface Typed {
  readonly text: string;
  /** The value it stands over; once that changes, the text is out of date. */
  readonly over: number;
  readonly complaint: string | null;
  readonly refused: string | null;
}

const NO_FIELDS: readonly string[] = [];

/** The one field for a number. Nothing typed is trusted: what is no number says so here and changes nothing. */
export function NumberField(props: NumberFieldProps) {
  const { label, bare = false, value, onCommit, step = 1, fields = NO_FIELDS, ...bounds } = props;
  const id = useId();
  const { mine, during } = useRefusal(fields);
  const [last, setTyped] = useState<Typed | null>(null);
  const outdated = last !== null && last.refused !== null && last.refused !== mine?.message;
  const typed = last !== null && Object.is(last.over, value) && !outdated ? last : null;
  const text = typed?.text ?? shownNumber(value);
  const problem = typed?.complaint ?? (mine && reasonOf(mine));

  function commit(next: string) {
    const read = readNumber(next, bounds);
    if ("complaint" in read) {
      setTyped({ text: next, over: value, complaint: read.complaint, refused: null });
      return;
    }
    setTyped(null);
    if (Object.is(read.value, value)) return;
    const refused = during(() => onCommit(read.value));
    if (refused !== null) setTyped({ text: next, over: value, complaint: null, refused });
  }

  function stepBy(direction: number) {
    const read = readNumber(text, bounds);
    const from = "value" in read ? read.value : value;
    commit(shownNumber(stepped(from, direction * step, bounds)));
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === "Enter") commit(text);
    else if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      event.preventDefault();
      stepBy(event.key === "ArrowUp" ? 1 : -1);
    } else if (event.key === "Escape" && typed) {
      event.stopPropagation();
      setTyped(null);
    }
  }

  const stepper = (sign: "−" | "+", direction: number, end: number | undefined) => (
    <button
      type="button"
      className="stepper"
      aria-label={`${label}: ${direction < 0 ? "less" : "more"}`}
      tabIndex={-1} // the arrow keys of the field do the same
      disabled={value === end}
      onMouseDown={(event) => event.preventDefault()} // the field keeps the focus it may have
      onClick={() => stepBy(direction)}
    >
      {sign}
    </button>
  );

  return (
    <>
      {!bare && (
        <label className="label" htmlFor={id}>
          {label}
        </label>
      )}
      <span className="number">
        {stepper("−", -1, bounds.min)}
        <input
          id={id}
          className="field"
          type="text"
          inputMode={keyboardOf(bounds)}
          autoComplete="off"
          aria-label={bare ? label : undefined}
          aria-invalid={problem ? true : undefined}
          aria-describedby={problem ? `${id}-problem` : undefined}
          value={text}
          onChange={(event) =>
            setTyped({ text: event.target.value, over: value, complaint: null, refused: null })
          }
          onFocus={(event) => event.target.select()}
          onBlur={() => typed && typed.refused === null && commit(typed.text)}
          onKeyDown={onKeyDown}
        />
        {stepper("+", 1, bounds.max)}
      </span>
      {problem && (
        <p className="problem below" id={`${id}-problem`} role={mine ? undefined : "alert"}>
          {problem}
        </p>
      )}
    </>
  );
}

/** The keyboards of digits have no minus sign on many phones. */
function keyboardOf({ integer, min = -1 }: Bounds): "numeric" | "decimal" | "text" {
  if (min < 0) return "text";
  return integer ? "numeric" : "decimal";
}
