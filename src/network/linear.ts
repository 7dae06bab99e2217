import { type Matrix, matrixOf, multiply, transposed } from "../conv/matrix.ts";
import { ConvError } from "../errors.ts";
import { checkShape } from "../shapes.ts";
import { type Tensor, tensor } from "../tensor.ts";

/** Refuses what is no matrix. */
function matrix(field: string, t: Tensor): Matrix {
  if (t.shape.length === 2) return matrixOf(t);
  throw new ConvError(field, `has ${t.shape.length} axes`, "a matrix");
}

/** a · b. @throws ConvError when the rows of b are not the columns of a. */
function product(a: Matrix, b: Matrix, field: string): Tensor {
  if (a.columns !== b.rows)
    throw new ConvError(field, `has ${b.rows} rows`, `${a.columns} rows, one a column before it`);
  const into = tensor([a.rows, b.columns]);
  multiply(matrixOf(into), a, b);
  return into;
}

/** y = x·W + b: x (N, in), W (in, out), b (out) → (N, out). @throws ConvError when the shapes do not fit. */
export function linear(x: Tensor, w: Tensor, b: Tensor): Tensor {
  const y = product(matrix("X", x), matrix("W", w), "W");
  const out = y.shape[1]!;
  checkShape("b", b, [out]);
  for (let i = 0; i < y.data.length; i++) y.data[i] = y.data[i]! + b.data[i % out]!;
  return y;
}

/** ∂L/∂x = dy·Wᵀ, (N, in), from `dy` = ∂L/∂y, (N, out). */
export function linearInputGradient(w: Tensor, dy: Tensor): Tensor {
  return product(matrix("∂L/∂Y", dy), transposed(matrix("W", w)), "Wᵀ");
}

/** ∂L/∂W = xᵀ·dy, (in, out), and ∂L/∂b = Σ dy, (out): sums over the batch, never means. */
export function linearWeightGradients(x: Tensor, dy: Tensor): { dw: Tensor; db: Tensor } {
  const dw = product(transposed(matrix("X", x)), matrix("∂L/∂Y", dy), "∂L/∂Y");
  const out = dw.shape[1]!;
  const db = tensor([out]);
  for (let i = 0; i < dy.data.length; i++) db.data[i % out] = db.data[i % out]! + dy.data[i]!;
  return { dw, db };
}

export interface MatrixProduct {
  readonly alpha: number;
  readonly beta: number;
  readonly transA: boolean;
  readonly transB: boolean;
}

/**
 * alpha·A′·B′ + beta·c, a prime for transposed where asked; c of up to two axes is repeated to the shape of the
 * product. Source: BLAS, GEMM; ONNX, Gemm.
 * @throws ConvError when the shapes do not fit.
 */
export function matrixProduct(options: MatrixProduct, a: Tensor, b: Tensor, c?: Tensor): Tensor {
  const { alpha, beta, transA, transB } = options;
  const turned = (m: Matrix, is: boolean) => (is ? transposed(m) : m);
  const y = product(turned(matrix("A", a), transA), turned(matrix("B", b), transB), "B");
  const [rows, columns] = y.shape as [number, number];
  const [down, across] = c ? steps(c, rows, columns) : [0, 0];
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) {
      const at = i * columns + j;
      const added = c ? beta * c.data[i * down + j * across]! : 0;
      y.data[at] = alpha * y.data[at]! + added;
    }
  return y;
}

/** How far each row and each column of the product steps in c: 0 where it is repeated. */
function steps({ shape }: Tensor, rows: number, columns: number): readonly [number, number] {
  const [h, w] = [shape.at(-2) ?? 1, shape.at(-1) ?? 1];
  if (shape.length > 2 || (h !== rows && h !== 1) || (w !== columns && w !== 1))
    throw new ConvError(
      "c",
      `has the shape ${shape.join(" × ")}`,
      `${rows} × ${columns}, or 1 for either`,
    );
  return [h === 1 ? 0 : w, w === 1 ? 0 : 1];
}
