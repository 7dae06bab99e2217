import type { Contender } from "../contender.ts";
import { channelsLast, kernelLast } from "../layouts.ts";
import type { Op, Workload } from "../workloads.ts";

export interface TfTensor {
  dataSync(): Float32Array;
  dispose(): void;
}

/** What of TensorFlow.js is used. */
export interface Tf {
  setBackend(name: string): Promise<boolean>;
  getBackend(): string;
  tensor(data: Float32Array, shape: readonly number[]): TfTensor;
  readonly fused: {
    conv2d(asked: {
      x: TfTensor;
      filter: TfTensor;
      strides: readonly number[];
      pad: "same";
      bias: TfTensor;
    }): TfTensor;
  };
  conv2dTranspose(
    x: TfTensor,
    filter: TfTensor,
    shape: readonly number[],
    strides: readonly number[],
    pad: "same",
  ): TfTensor;
  engine(): { runKernel(name: string, inputs: object, attributes: object): TfTensor };
}

/** TensorFlow.js in one of its backends, one thread, channels last as it likes them. */
export function tensorflow(tf: Tf, backend: "wasm" | "cpu", ops: readonly Op[]): Contender {
  return {
    name: `tfjs-${backend}`,
    layout: "channels last",
    async prepare({ g, x, w, b, delta }: Workload) {
      await tf.setBackend(backend);
      const { N, C, H, W, F, kH, kW } = g.spec;
      const strides = [g.rows.stride, g.columns.stride];
      const [X, D] = [channelsLast(x, g.shapes.X), channelsLast(delta, g.shapes.Y)];
      const kernel = kernelLast(w, g.shapes.W);
      const filterShape = [kH, kW, C, F];
      const tensorX = () => tf.tensor(X, [N, H, W, C]);
      const tensorD = () => tf.tensor(D, [N, g.rows.out, g.columns.out, F]);
      const run = (tensors: readonly TfTensor[], made: TfTensor) => {
        const data = made.dataSync();
        for (const t of [...tensors, made]) t.dispose();
        return data;
      };
      const all = {
        forward() {
          const inputs = [tensorX(), tf.tensor(kernel, filterShape), tf.tensor(b, [F])] as const;
          const [tx, filter, bias] = inputs;
          return run(inputs, tf.fused.conv2d({ x: tx, filter, strides, pad: "same", bias }));
        },
        inputGradient() {
          const inputs = [tensorD(), tf.tensor(kernel, filterShape)] as const;
          return run(inputs, tf.conv2dTranspose(...inputs, [N, H, W, C], strides, "same"));
        },
        weightGradient() {
          const [tx, dy] = [tensorX(), tensorD()];
          const attributes = { strides, pad: "same", dataFormat: "NHWC", filterShape };
          const dw = tf.engine().runKernel("Conv2DBackpropFilter", { x: tx, dy }, attributes);
          return run([tx, dy], dw);
        },
      };
      return Object.fromEntries(
        ops.map((op) => [
          op,
          () => {
            if (tf.getBackend() !== backend) tf.setBackend(backend); // both backends are in one library, and take turns
            return all[op]();
          },
        ]),
      );
    },
  };
}
