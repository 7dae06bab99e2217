import { type Geometry, inputOfPadded } from "../geometry.ts";
import { type Tensor, tensor } from "../tensor.ts";

/** X inside its ring, N C Hp Wp. */
export function padInput(g: Geometry, x: Tensor): Tensor {
  const { rows, columns } = g;
  const padded = tensor(g.shapes.P);
  let p = 0;
  for (let first = 0; first < x.data.length; first += rows.n * columns.n)
    for (const i of rows.source)
      for (const j of columns.source) {
        if (i >= 0 && j >= 0) padded.data[p] = x.data[first + i * columns.n + j]!;
        p++;
      }
  return padded;
}

/**
 * The adjoint of `padInput`: N C Hp Wp → N C H W. What stands in the ring is added to the cell that the ring copied
 * there; what stands on a padding zero is dropped, so that for `zeros` this is the crop.
 */
export function foldPadded(g: Geometry, padded: Tensor): Tensor {
  const x = tensor(g.shapes.X);
  for (let p = 0; p < padded.data.length; p++) {
    const i = inputOfPadded(g, p);
    if (i >= 0) x.data[i] = x.data[i]! + padded.data[p]!;
  }
  return x;
}
