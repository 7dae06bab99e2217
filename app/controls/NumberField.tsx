import { type KeyboardEvent, useId, useRef, useState } from "react";
import type { Document } from "#engine";
import { useFigure, useFigureStore } from "../store/context.ts";
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
  /** The value set here before, where that was not shown yet: it comes while one types. */
  readonly next?: number;
  readonly complaint: string | null;
  readonly refused: string | null;
  /** The document that this text has made: once that is shown, so is what it says of the value. */
  readonly made?: Document;
}

const NO_FIELDS: readonly string[] = [];

/** The one field for a number. Nothing typed is trusted: what is no number says so here and changes nothing. */
export function NumberField(props: NumberFieldProps) {
  const { label, bare = false, value, onCommit, step = 1, fields = NO_FIELDS, ...bounds } = props;
  const id = useId();
  const { mine, during } = useRefusal(fields);
  const [last, setTyped] = useState<Typed | null>(null);
  const outdated = last !== null && last.refused !== null && last.refused !== mine?.message;
  const store = useFigureStore();
  const shown = useFigure((state) => state.document);
  const stands =
    last !== null &&
    (Object.is(last.over, value) || Object.is(last.next, value)) &&
    last.made !== shown;
  if (last && !stands) setTyped(null); // for good: the value may become that again
  const typed = stands && !outdated ? last : null;
  /** What was set here and is not shown yet: settings follow the picture. */
  const set = useRef<{ readonly value: number; readonly over: number; readonly made: Document }>(
    null,
  );
  const text = typed?.text ?? shownNumber(value);
  const problem = typed?.complaint ?? (mine && reasonOf(mine));

  function current(): number {
    const { over, made, value: next } = set.current ?? {};
    return next !== undefined && Object.is(over, value) && made === store.getState().document
      ? next
      : value;
  }

  function commit(next: string) {
    const read = readNumber(next, bounds);
    if ("complaint" in read) {
      setTyped({ text: next, over: value, complaint: read.complaint, refused: null });
      return;
    }
    if (Object.is(read.value, current())) {
      if (Object.is(read.value, value)) setTyped(null);
      return;
    }
    const refused = during(() => onCommit(read.value));
    const made = store.getState().document;
    set.current = refused === null ? { value: read.value, over: value, made } : null;
    if (refused !== null) setTyped({ text: next, over: value, complaint: null, refused });
    else if (last) setTyped({ text: next, over: value, complaint: null, refused: null, made });
  }

  function stepBy(direction: number) {
    const read = typed && !typed.made ? readNumber(text, bounds) : null;
    const from = read && "value" in read ? read.value : current();
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
            setTyped({
              text: event.target.value,
              over: value,
              next: current(),
              complaint: null,
              refused: null,
            })
          }
          onFocus={(event) => event.target.select()}
          onBlur={() => typed && typed.refused === null && !typed.made && commit(typed.text)}
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
