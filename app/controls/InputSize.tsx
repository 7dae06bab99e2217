import { resizeInput } from "#engine";
import { useFigureStore } from "../store/context.ts";
import { resizeImage } from "./loader.ts";
import { useAsked } from "./refusal.ts";
import { SizeField } from "./SizeField.tsx";

/** The refusals that a smaller or larger input answers. */
const FIELDS = [
  ["H", "X", "X padded"],
  ["W", "X", "X padded"],
] as const;

/** H × W of X. A loaded image is made again at the new size; other pictures as `resizeInput` says. */
export function InputSize() {
  const store = useFigureStore();
  const [, , H, W] = useAsked().input.tensor.shape as [number, number, number, number];
  return (
    <SizeField
      label="Size"
      of="input"
      value={[H, W]}
      fields={FIELDS}
      onCommit={(rows, columns) => {
        if (!resizeImage(store, rows, columns))
          store.getState().change((asked) => resizeInput(asked, rows, columns));
      }}
    />
  );
}
