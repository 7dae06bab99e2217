import { sizeOf, type Tensor, tensor } from "./tensor.ts";

/** The last two axes of a tensor: rows and columns of its planes. */
function planeOf({ shape }: Tensor): readonly [rows: number, columns: number] {
  return [shape[2]!, shape[3]!];
}

/**
 * The tensor with its first two axes (examples and channels, or filters and depth) cut or grown to these lengths;
 * what grows is filled with the planes there are, over and over.
 */
export function repeatPlanes(from: Tensor, outer: number, inner: number): Tensor {
  const [rows, columns] = planeOf(from);
  const area = rows * columns;
  const [outerBefore, innerBefore] = from.shape as [number, number];
  const to = tensor([outer, inner, rows, columns]);
  for (let i = 0; i < outer; i++)
    for (let j = 0; j < inner; j++) {
      const plane = (i % outerBefore) * innerBefore + (j % innerBefore);
      to.data.set(from.data.subarray(plane * area, (plane + 1) * area), (i * inner + j) * area);
    }
  return to;
}

/**
 * The tensor with planes of this size; old cell (0, 0) comes to stand at (down, right), which may be negative.
 * What is outside is cut off, what is new is 0.
 */
export function reframePlanes(
  from: Tensor,
  [rows, columns]: readonly [number, number],
  [down, right]: readonly [number, number],
): Tensor {
  const [rowsBefore, columnsBefore] = planeOf(from);
  const [outer, inner] = from.shape as [number, number];
  const to = tensor([outer, inner, rows, columns]);
  for (let i = 0; i < sizeOf(to.shape); i++) {
    const column = (i % columns) - right;
    const line = Math.floor(i / columns);
    const row = (line % rows) - down;
    if (column < 0 || column >= columnsBefore || row < 0 || row >= rowsBefore) continue;
    to.data[i] = from.data[(Math.floor(line / rows) * rowsBefore + row) * columnsBefore + column]!;
  }
  return to;
}

/** The first `length` of these numbers, over and over where there are fewer. */
export function repeatNumbers(from: Tensor, length: number): Tensor {
  const before = from.data.length;
  return tensor(
    [length],
    Float64Array.from({ length }, (_, i) => from.data[i % before]!),
  );
}

/** The cells of a plane that hold the value of cell `index` and touch it, edge to edge, through cells that do. */
export function region({ shape, data }: Tensor, index: number): number[] {
  const [rows, columns] = [shape[2]!, shape[3]!];
  const area = rows * columns;
  const first = index - (index % area);
  const value = data[index]!;
  const seen = new Uint8Array(area);
  const found = [index];
  seen[index - first] = 1;
  const meet = (cell: number) => {
    if (seen[cell] === 1 || data[first + cell] !== value) return;
    seen[cell] = 1;
    found.push(first + cell);
  };
  for (const at of found) {
    const cell = at - first;
    const column = cell % columns;
    if (cell >= columns) meet(cell - columns);
    if (cell < area - columns) meet(cell + columns);
    if (column > 0) meet(cell - 1);
    if (column < columns - 1) meet(cell + 1);
  }
  return found;
}
