import { useId } from "react";
import { reasonOf, useRefusal } from "./refusal.ts";

interface SelectFieldProps<Key extends string> {
  readonly label: string;
  readonly bare?: boolean;
  readonly options: readonly (readonly [key: Key, label: string])[];
  readonly value: Key;
  readonly onChoose: (key: Key) => void;
  readonly fields?: readonly string[];
  readonly disabled?: boolean;
  readonly title?: string;
}

const NO_FIELDS: readonly string[] = [];

/** One of a longer list of choices; a refusal of the choice stands below it. */
export function SelectField<Key extends string>(props: SelectFieldProps<Key>) {
  const { label, bare = false, options, value, onChoose, fields = NO_FIELDS } = props;
  const id = useId();
  const { mine, during } = useRefusal(fields);
  return (
    <>
      {!bare && (
        <label className="label" htmlFor={id}>
          {label}
        </label>
      )}
      <select
        id={id}
        className="select"
        aria-label={bare ? label : undefined}
        aria-invalid={mine ? true : undefined}
        aria-describedby={mine ? `${id}-problem` : undefined}
        disabled={props.disabled}
        title={props.title}
        value={value}
        onChange={(event) => during(() => onChoose(event.target.value as Key))}
      >
        {options.map(([key, text]) => (
          <option key={key} value={key}>
            {text}
          </option>
        ))}
      </select>
      {mine && (
        <p className="problem below" id={`${id}-problem`}>
          {reasonOf(mine)}
        </p>
      )}
    </>
  );
}
