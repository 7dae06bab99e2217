import {
  linear,
  linearInputGradient,
  linearWeightGradients,
  type MatrixProduct,
  matrixProduct,
} from "#engine";
import { comparer, type Op, tensorOf } from "./ask.ts";

export const linearOp: Op = {
  compare(recorded) {
    const { x, w, b, dy } = recorded.inputs ?? {};
    const [input, weights] = [tensorOf("X", x), tensorOf("W", w)];
    const { done, add } = comparer(recorded);
    add("linear", "y", linear(input, weights, tensorOf("b", b)));
    if (!dy) return done;
    const upstream = tensorOf("∂L/∂Y", dy);
    const { dw, db } = linearWeightGradients(input, upstream);
    add("linear", "dx", linearInputGradient(weights, upstream));
    add("linear", "dw", dw);
    add("linear", "db", db);
    return done;
  },
  outShape: ({ tensors = {} }) =>
    linear(tensorOf("X", tensors.x), tensorOf("W", tensors.w), tensorOf("b", tensors.b)).shape,
};

export const gemm: Op = {
  compare(recorded) {
    const { a, b, c } = recorded.inputs ?? {};
    const options = recorded.attrs as unknown as MatrixProduct;
    const { done, add } = comparer(recorded);
    const added = c && tensorOf("c", c);
    add("GEMM", "y", matrixProduct(options, tensorOf("A", a), tensorOf("B", b), added));
    return done;
  },
};
