import { positionOf } from "../axis.ts";
import { type Geometry, inputOfPadded } from "../geometry.ts";
import { permute, reshape } from "../strided.ts";
import { type Tensor, tensor } from "../tensor.ts";
import { padInput } from "./pad.ts";

// The windows as a matrix, in the three layouts that are in use. K = C·kH·kW is the length of a window over all
// channels, P = oH·oW the number of positions. A group has its own block of C/groups·kH·kW cells of every window.

/** Rows and columns of `im2colRows`: N·oH·oW positions, C·kH·kW cells of a window. */
export function columnShape(g: Geometry): [positions: number, window: number] {
  const { rows, columns, spec } = g;
  return [spec.N * rows.out * columns.out, spec.C * rows.k * columns.k];
}

/** X with every window written out as a row: N·oH·oW × C·kH·kW. Row (n, oh, ow), column (c, kh, kw). */
export function im2colRows(g: Geometry, x: Tensor): Tensor {
  const { rows, columns, spec } = g;
  const padded = padInput(g, x).data;
  const col = tensor(columnShape(g));
  let cell = 0;
  for (let n = 0; n < spec.N; n++)
    for (let oh = 0; oh < rows.out; oh++)
      for (let ow = 0; ow < columns.out; ow++)
        for (let c = 0; c < spec.C; c++)
          for (let t = 0; t < rows.k; t++) {
            const row = (n * spec.C + c) * rows.padded + positionOf(rows, oh, t);
            for (let u = 0; u < columns.k; u++)
              col.data[cell++] = padded[row * columns.padded + positionOf(columns, ow, u)]!;
          }
  return col;
}

/**
 * Every window written out as a column, the batch fastest: C·kH·kW × oH·oW·N. Row (c, kh, kw), column (oh, ow, n).
 * The layout of CS231n's `im2col_indices`.
 */
export function im2colColumns(g: Geometry, x: Tensor): Tensor {
  return columnsOfRows(g, im2colRows(g, x));
}

/** The same numbers as PyTorch's `unfold` lays them: N, C·kH·kW, oH·oW. */
export function unfold(g: Geometry, x: Tensor): Tensor {
  return permute(bySample(g, im2colRows(g, x)), [0, 2, 1]);
}

/** Rows out of the layout of `unfold`. */
export function rowsOfUnfold(g: Geometry, unfolded: Tensor): Tensor {
  return reshape(permute(unfolded, [0, 2, 1]), columnShape(g));
}

/** Columns with the batch fastest out of rows. */
export function columnsOfRows(g: Geometry, rows: Tensor): Tensor {
  const [positions, window] = columnShape(g);
  return reshape(permute(bySample(g, rows), [2, 1, 0]), [window, positions]);
}

/** Rows with an axis of its own for the samples: N, P, K. */
function bySample(g: Geometry, rows: Tensor): Tensor {
  const [positions, window] = columnShape(g);
  return reshape(rows, [g.spec.N, positions / g.spec.N, window]);
}

/** What stands at a cell of `im2colRows`: the padded cell copied there, and its input cell (−1: a padding zero). */
export function colAt(g: Geometry, row: number, column: number): { p: number; x: number } {
  const { rows, columns, spec } = g;
  const ow = row % columns.out;
  const oh = Math.floor(row / columns.out) % rows.out;
  const n = Math.floor(row / (columns.out * rows.out));
  const u = column % columns.k;
  const t = Math.floor(column / columns.k) % rows.k;
  const c = Math.floor(column / (columns.k * rows.k));
  const line = (n * spec.C + c) * rows.padded + positionOf(rows, oh, t);
  const p = line * columns.padded + positionOf(columns, ow, u);
  return { p, x: inputOfPadded(g, p) };
}

/** One cell of `im2colRows` without the matrix, which may be too large to build. */
export function colCell(g: Geometry, x: Tensor, row: number, column: number): number {
  const at = colAt(g, row, column).x;
  return at < 0 ? 0 : x.data[at]!;
}

// Z, Y and δ (N F oH oW) as the matrices that a product with the windows gives or takes.

/** N·oH·oW × F: one row a position, as `im2colRows` has them. */
export function rowsOfOutput(g: Geometry, y: Tensor): Tensor {
  return reshape(permute(y, [0, 2, 3, 1]), [columnShape(g)[0], g.spec.F]);
}

/** The inverse of `rowsOfOutput`. */
export function outputOfRows(g: Geometry, rows: Tensor): Tensor {
  const { N, F } = g.spec;
  return permute(reshape(rows, [N, g.rows.out, g.columns.out, F]), [0, 3, 1, 2]);
}

/** F × oH·oW·N: one column a position, the batch fastest, as `im2colColumns` has them. */
export function columnsOfOutput(g: Geometry, y: Tensor): Tensor {
  return reshape(permute(y, [1, 2, 3, 0]), [g.spec.F, columnShape(g)[0]]);
}

/** The inverse of `columnsOfOutput`. */
export function outputOfColumns(g: Geometry, columns: Tensor): Tensor {
  const { N, F } = g.spec;
  return permute(reshape(columns, [F, g.rows.out, g.columns.out, N]), [3, 0, 1, 2]);
}
