import { checkShape } from "../shapes.ts";
import { type Tensor, tensor } from "../tensor.ts";
import type { PoolGeometry } from "./poolGeometry.ts";
import { largest, POOLS, type PoolRow } from "./poolKinds.ts";

/** One window of one plane: the flat indices it reads in X (row-major), and what an average divides by. */
type VisitWindow = (y: number, cells: readonly number[], divisor: number) => void;

function visitWindows({ spec, rows, columns }: PoolGeometry, visit: VisitWindow): void {
  const { N, C, H, W, countIncludePad } = spec;
  const cells: number[] = [];
  let y = 0;
  for (let plane = 0; plane < N * C; plane++)
    for (const [oh, down] of rows.read.entries())
      for (const [ow, across] of columns.read.entries()) {
        cells.length = 0;
        for (const i of down) for (const j of across) cells.push((plane * H + i) * W + j);
        visit(
          y++,
          cells,
          countIncludePad ? rows.covered[oh]! * columns.covered[ow]! : cells.length,
        );
      }
}

/** Y of a pooling, N C oH oW. Source: PyTorch's MaxPool2d and AvgPool2d. @throws ConvError when x is not N C H W. */
export function pool2d(g: PoolGeometry, x: Tensor): Tensor {
  checkShape("X", x, g.shapes.X);
  const row: PoolRow = POOLS[g.spec.kind];
  const y = tensor(g.shapes.Y);
  visitWindows(g, (at, cells, divisor) => {
    y.data[at] = row.value(x.data, cells, divisor);
  });
  return y;
}

/** ∂L/∂X, N C H W, from `dy` = ∂L/∂Y, N C oH oW. @throws ConvError when a shape is another. */
export function pool2dGradient(g: PoolGeometry, x: Tensor, dy: Tensor): Tensor {
  checkShape("X", x, g.shapes.X);
  checkShape("∂L/∂Y", dy, g.shapes.Y);
  const row: PoolRow = POOLS[g.spec.kind];
  const dx = tensor(g.shapes.X);
  visitWindows(g, (at, cells, divisor) => {
    row.giveBack(dx.data, x.data, cells, divisor, dy.data[at]!);
  });
  return dx;
}

/** Where in X each maximum stands, as flat indices of X: N C oH oW. Of equals the first in window order. */
export function poolArgmax(g: PoolGeometry, x: Tensor): Tensor {
  checkShape("X", x, g.shapes.X);
  const at = tensor(g.shapes.Y);
  visitWindows(g, (y, cells) => {
    at.data[y] = largest(x.data, cells);
  });
  return at;
}
