import type { Geometry } from "../geometry.ts";

/** "2·i + k": where along an axis the tap `tap` of output i stands. */
function place(stride: number, dilation: number, tap: string): string {
  const from = stride === 1 ? "i" : `${stride}·i`;
  if (dilation === 1) return `${from} + ${tap}`;
  return `${from} + ${dilation}·${tap.includes(" ") ? `(${tap})` : tap}`;
}

/** The sum along the rows, as it stands and with the kernel turned: the same taps, counted from the other end. */
export function turnedSums({ rows, spec }: Geometry): { asIs: string; turned: string } {
  const { stride, dilation, k } = rows;
  const near = place(stride, dilation, "k");
  const far = place(stride, dilation, k === 1 ? "0 − k" : `${k - 1} − k`);
  const sum = (at: string, w: string) => `Σ x[${at}]·${w}[k]`;
  const [own, other] = spec.flip ? [far, near] : [near, far];
  return { asIs: `y[i] = ${sum(own, "w")}`, turned: sum(other, "w̃") };
}

/** What it means that the kernel is drawn turned: unlike the layer's own flip, it is only another way to write it. */
export function turnedWords(g: Geometry): string {
  const { asIs, turned } = turnedSums(g);
  return `${asIs} = ${turned}: Y stays, while “flip” in the settings changes Y`;
}
