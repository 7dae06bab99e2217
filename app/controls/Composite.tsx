import { useMemo } from "react";
import { rangeOf, type Tensor } from "#engine";
import { useFigure } from "../store/context.ts";
import { Preview } from "./Preview.tsx";
import { sampleOf } from "./place.ts";

/** Three planes from `first` on as red, green and blue; the largest number is full light. */
export function colours(tensor: Tensor, first = 0) {
  const area = tensor.shape[2]! * tensor.shape[3]!;
  const scale = 255 / (rangeOf(tensor)[1] || 1);
  const part = (plane: number, i: number) => tensor.data[(first + plane) * area + i]! * scale;
  return (i: number) => [part(0, i), part(1, i), part(2, i)] as const;
}

/** What three channels look like together. */
export function Composite() {
  const tensor = useFigure((state) => state.document.input.tensor);
  const sample = useFigure(sampleOf);
  const colourAt = useMemo(() => colours(tensor, sample * 3), [tensor, sample]);
  const [, C, rows, columns] = tensor.shape as [number, number, number, number];
  if (C !== 3) return null;
  return (
    <p className="composite hint">
      <Preview
        rows={rows}
        columns={columns}
        colourAt={colourAt}
        label="The three channels as one picture"
      />
      c 0, c 1 and c 2 as red, green and blue
    </p>
  );
}
