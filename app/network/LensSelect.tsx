import { useId } from "react";
import { useFigure } from "../store/context.ts";

interface LensSelectProps {
  readonly value: string;
  readonly onChange: (lens: string) => void;
}

/** Which lens to open something in. */
export function LensSelect({ value, onChange }: LensSelectProps) {
  const lenses = useFigure((state) => state.lenses);
  const id = useId();
  return (
    <>
      <label htmlFor={id}>Open in</label>
      <select
        id={id}
        className="select"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      >
        {Object.entries(lenses).map(([name, { label }]) => (
          <option key={name} value={name}>
            {label}
          </option>
        ))}
      </select>
    </>
  );
}

/** The button that was pressed is gone with its page: the picture has the focus, once it is there. */
export function focusFigure(): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>(".figure-stage")?.focus());
}
