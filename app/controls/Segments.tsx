import { useId } from "react";

interface SegmentsProps<Value extends string> {
  /** What is chosen; heard, not seen. */
  readonly label: string;
  readonly options: readonly {
    readonly value: Value;
    readonly label: string;
    readonly title?: string;
    /** What it is called where its label alone would say too little. */
    readonly name?: string;
  }[];
  readonly value: Value | null;
  readonly onChoose: (value: Value) => void;
}

/** One of a few, all of them seen: radio buttons in other clothes. */
export function Segments<Value extends string>(props: SegmentsProps<Value>) {
  const { label, options, value, onChoose } = props;
  const group = useId();
  return (
    <fieldset className="segments">
      <legend className="visually-hidden">{label}</legend>
      {options.map((option) => (
        <label key={option.value} title={option.title}>
          <input
            type="radio"
            name={group}
            value={option.value}
            aria-label={option.name}
            checked={option.value === value}
            onChange={() => onChoose(option.value)}
          />
          {option.label}
        </label>
      ))}
    </fieldset>
  );
}
