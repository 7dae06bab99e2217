import { type Numbers, type Tensor, tensor } from "./tensor.ts";

/**
 * A way to read memory: the cell at (i₀, i₁, …) is the number at offset + i₀·strides[0] + i₁·strides[1] + …
 * Strides count numbers, not bytes. Source: NumPy's `as_strided`; PyTorch's `as_strided`.
 */
export interface View {
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly offset: number;
}

/** The strides of a tensor as it lies in memory: the last axis steps by 1. */
export function stridesOf(shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length).fill(1);
  for (let axis = shape.length - 2; axis >= 0; axis--)
    strides[axis] = strides[axis + 1]! * shape[axis + 1]!;
  return strides;
}

/** The place in memory of the `index`-th cell of the view (row-major). */
export function placeOf(view: View, index: number): number {
  let place = view.offset;
  let rest = index;
  for (let axis = view.shape.length - 1; axis >= 0; axis--) {
    const n = view.shape[axis]!;
    place += (rest % n) * view.strides[axis]!;
    rest = Math.floor(rest / n);
  }
  return place;
}

/** The cells of a view (of one axis or more) copied out, row-major. */
export function readView(memory: Numbers, { shape, strides, offset }: View): Tensor {
  const copy = tensor([...shape]);
  const last = shape.length - 1;
  let index = 0;
  const walk = (axis: number, first: number) => {
    const n = shape[axis]!;
    const stride = strides[axis]!;
    for (let i = 0; i < n; i++)
      if (axis === last) copy.data[index++] = memory[first + i * stride]!;
      else walk(axis + 1, first + i * stride);
  };
  walk(0, offset);
  return copy;
}

/** The tensor with its axes in another order, copied: axis a of what comes back is axis `order[a]` of `t`. */
export function permute(t: Tensor, order: readonly number[]): Tensor {
  const strides = stridesOf(t.shape);
  return readView(t.data, {
    shape: order.map((axis) => t.shape[axis]!),
    strides: order.map((axis) => strides[axis]!),
    offset: 0,
  });
}

/**
 * The same numbers under another shape, not copied.
 * @throws ConvError when the shape does not hold as many.
 */
export function reshape(t: Tensor, shape: readonly number[]): Tensor {
  return tensor(shape, t.data);
}
