import { sizeOf, type Tensor } from "#engine";
import type { TfTensor } from "../engine/peers/tensorflow.ts";
import type { Task, Trainer } from "./task.ts";

/** What of TensorFlow.js is used. */
export interface Tf {
  setBackend(name: string): Promise<boolean>;
  getBackend(): string;
  tensor(data: Float32Array, shape: readonly number[]): TfTensor;
  variable(initial: TfTensor): TfTensor;
  tidy<Result>(run: () => Result): Result;
  slice(x: TfTensor, begin: readonly number[], size: readonly number[]): TfTensor;
  conv2d(x: TfTensor, filter: TfTensor, strides: number, pad: "valid"): TfTensor;
  matMul(a: TfTensor, b: TfTensor): TfTensor;
  add(a: TfTensor, b: TfTensor): TfTensor;
  mul(a: TfTensor, b: TfTensor): TfTensor;
  neg(x: TfTensor): TfTensor;
  relu(x: TfTensor): TfTensor;
  reshape(x: TfTensor, shape: readonly number[]): TfTensor;
  logSoftmax(x: TfTensor): TfTensor;
  sum(x: TfTensor, axis: number): TfTensor;
  mean(x: TfTensor): TfTensor;
  readonly train: {
    sgd(lr: number): {
      minimize(loss: () => TfTensor, returnCost: true, variables: readonly TfTensor[]): TfTensor;
    };
  };
}

/** How the convolution is computed: by its own kernel, or as a matrix product of windows that were copied before. */
export type Way = "conv2d" | "patches";

/** F 1 kH kW → kH kW 1 F, which is also kH·kW × F: with one channel there is nothing between. */
function kernelLast({ shape, data }: Tensor): Float32Array {
  const [F, C, kH, kW] = shape as [number, number, number, number];
  const cells = C * kH * kW;
  return Float32Array.from(data, (_, i) => data[(i % F) * cells + Math.floor(i / F)]!);
}

/** Rows in the order (filter, position) → (position, filter): so are they flattened here. */
function rowsLast({ shape, data }: Tensor, F: number): Float32Array {
  const [rows, columns] = shape as [number, number];
  const positions = rows / F;
  return Float32Array.from(data, (_, i) => {
    const [row, column] = [Math.floor(i / columns), i % columns];
    const from = (row % F) * positions + Math.floor(row / F);
    return data[from * columns + column]!;
  });
}

/** Every window of every image, N·oH·oW × kH·kW. */
function windows({ shape, data }: Tensor, kH: number, kW: number): Float32Array {
  const [N, , H, W] = shape as [number, number, number, number];
  const [oH, oW] = [H - kH + 1, W - kW + 1];
  const all = new Float32Array(N * oH * oW * kH * kW);
  let at = 0;
  for (let n = 0; n < N; n++)
    for (let r = 0; r < oH; r++)
      for (let c = 0; c < oW; c++)
        for (let i = 0; i < kH; i++)
          for (let j = 0; j < kW; j++) all[at++] = data[(n * H + r + i) * W + c + j]!;
  return all;
}

/**
 * TensorFlow.js in one of its backends, one thread, float32: the network of the task in its own operators, its own
 * SGD. The images lie in its memory before the clock runs; so do the windows, where the convolution is a matrix
 * product of them, which spares it the copying in every step.
 */
export async function tensorflow(
  tf: Tf,
  backend: "wasm" | "cpu",
  way: Way,
  { data, start }: Task,
): Promise<Trainer> {
  await tf.setBackend(backend);
  const { network, course, optimiser } = start;
  const { F, H, W, kH, kW, classes } = network.spec;
  const [oH, oW] = [H - kH + 1, W - kW + 1];
  const N = data.labels.length;
  const floats = (t: Tensor, shape = t.shape) => tf.tensor(Float32Array.from(t.data), shape);
  const [conv, first, second] = network.parameters.filter(({ w }) => sizeOf(w.shape) > 0);

  const filters = tf.tensor(kernelLast(conv!.w), way === "conv2d" ? [kH, kW, 1, F] : [kH * kW, F]);
  const variables = [
    filters,
    floats(conv!.b),
    tf.tensor(rowsLast(first!.w, F), first!.w.shape),
    floats(first!.b),
    floats(second!.w),
    floats(second!.b),
  ].map((t) => tf.variable(t));
  const [w0, b0, w1, b1, w2, b2] = variables as [
    TfTensor,
    TfTensor,
    TfTensor,
    TfTensor,
    TfTensor,
    TfTensor,
  ];
  const images =
    way === "conv2d"
      ? floats(data.images, [N, H, W, 1])
      : tf.tensor(windows(data.images, kH, kW), [N * oH * oW, kH * kW]);
  const oneHot = new Float32Array(N * classes);
  for (const [n, label] of data.labels.entries()) oneHot[n * classes + label] = 1;
  const labels = tf.tensor(oneHot, [N, classes]);
  const sgd = tf.train.sgd(optimiser.lr);

  const maps = (at: number, count: number) =>
    way === "conv2d"
      ? tf.conv2d(tf.slice(images, [at, 0, 0, 0], [count, H, W, 1]), w0, 1, "valid")
      : tf.matMul(tf.slice(images, [at * oH * oW, 0], [count * oH * oW, kH * kW]), w0);

  function step(at: number, count: number): number {
    const cost = tf.tidy(() => {
      const y = tf.slice(labels, [at, 0], [count, classes]);
      return sgd.minimize(
        () => {
          const flat = tf.reshape(tf.relu(tf.add(maps(at, count), b0)), [count, oH * oW * F]);
          const hidden = tf.relu(tf.add(tf.matMul(flat, w1), b1));
          const logits = tf.add(tf.matMul(hidden, w2), b2);
          return tf.neg(tf.mean(tf.sum(tf.mul(y, tf.logSoftmax(logits)), 1)));
        },
        true,
        variables,
      );
    });
    const [loss] = cost.dataSync();
    cost.dispose();
    return loss!;
  }

  return {
    name: way === "conv2d" ? `tfjs-${backend}` : `tfjs-${backend}, as a matrix product`,
    async epoch() {
      // Both backends are in one library, and take turns.
      if (tf.getBackend() !== backend) await tf.setBackend(backend);
      const losses: number[] = [];
      for (let at = 0; at < N; at += course.batch)
        losses.push(step(at, Math.min(course.batch, N - at)));
      return losses;
    },
  };
}
