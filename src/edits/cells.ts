import type { Document, Made, Upstream } from "../document.ts";
import { ConvError, keyOf, shown } from "../errors.ts";
import { narrowed } from "../memory.ts";
import { region } from "../planes.ts";
import type { Numbers, Tensor } from "../tensor.ts";

// What a hand does to the cells themselves: typing, painting, filling.

/** The tensors a hand can change. */
export type Editable = "X" | "W" | "b";

const TENSORS = {
  X: (document) => document.input.tensor,
  W: (document) => document.kernel.tensor,
  b: (document) => document.bias,
} as const satisfies Record<Editable, (document: Document) => Tensor>;

/** The lengths of all axes of a document. */
export function sizesOf({ input, kernel }: Document) {
  const [N, C, H, W] = input.tensor.shape as [number, number, number, number];
  const [F, depth, kH, kW] = kernel.tensor.shape as [number, number, number, number];
  return { N, C, H, W, F, depth, kH, kW };
}

/** Numbers no word stands for. */
export function drawn(numbers: Tensor): Made {
  return { word: null, tensor: narrowed(numbers) };
}

export function checkNumber(field: string, value: number): number {
  if (Number.isFinite(value)) return value;
  throw new ConvError(field, `${shown(value)} is not a number`, "finite numbers");
}

/** Sets the cells at these flat indices to a value, or each to its own. */
export function setCells(
  document: Document,
  which: Editable,
  indices: readonly number[],
  values: number | readonly number[],
): Document {
  const before = TENSORS[keyOf("tensor", TENSORS, which)](document);
  const data = copyFor(before.data, values);
  let changed = false;
  for (const [i, index] of indices.entries()) {
    const value = checkNumber(which, typeof values === "number" ? values : values[i]!);
    if (!Number.isInteger(index) || index < 0 || index >= data.length)
      throw new ConvError(which, `has no cell ${index}`, `cells 0 to ${data.length - 1}`);
    changed ||= !Object.is(data[index], value);
    data[index] = value;
  }
  if (!changed) return document;
  const after: Tensor = { shape: before.shape, data };
  if (which === "b") return { ...document, bias: after };
  return { ...document, [which === "X" ? "input" : "kernel"]: drawn(after) };
}

/** A copy that can hold these values, too: numbers in float32 become float64 with the first number that is none of it. */
function copyFor(before: Numbers, values: number | readonly number[]): Numbers {
  const fits = (value: number) => Math.fround(value) === value;
  const all = typeof values === "number" ? fits(values) : values.every(fits);
  return all ? before.slice() : Float64Array.from(before);
}

export function fillInput(document: Document, value: number): Document {
  const { tensor } = document.input;
  checkNumber("X", value);
  const data = new Float64Array(tensor.data.length).fill(value);
  return { ...document, input: drawn({ shape: tensor.shape, data }) };
}

/** Pours a value over the cells of one plane that are joined to this one and equal to it. */
export function floodFill(document: Document, index: number, value: number): Document {
  return setCells(document, "X", region(document.input.tensor, index), value);
}

/** How ∂L/∂Y is made from now on. */
export function setUpstream(document: Document, upstream: Upstream): Document {
  return { ...document, upstream };
}

/** Sets cells of ∂L/∂Y by hand; `now` is what it holds at this moment, N F oH oW. */
export function setUpstreamCells(
  document: Document,
  now: Tensor,
  indices: readonly number[],
  value: number,
): Document {
  const data = copyFor(now.data, value);
  for (const index of indices) data[index] = value;
  return { ...document, upstream: { word: null, tensor: { shape: now.shape, data } } };
}
