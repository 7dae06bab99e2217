import type { Contender } from "../contender.ts";
import type { Workload } from "../workloads.ts";
import { model, type Node } from "./onnx.ts";

interface OrtTensor {
  readonly data: Float32Array;
}

/** What of onnxruntime-web is used. */
export interface Ort {
  readonly env: { readonly wasm: { numThreads: number } };
  readonly Tensor: new (type: "float32", data: Float32Array, dims: readonly number[]) => OrtTensor;
  readonly InferenceSession: {
    create(model: Uint8Array, options: object): Promise<Session>;
  };
}

interface Session {
  run(feeds: Readonly<Record<string, OrtTensor>>): Promise<Readonly<Record<string, OrtTensor>>>;
}

type Inputs = Readonly<Record<string, { data: Float32Array; shape: readonly number[] }>>;

/** A model made ready; a call makes tensors of the arrays and gives the array of the result. */
async function session(ort: Ort, nodes: readonly Node[], inputs: Inputs, shape: readonly number[]) {
  const shapes = Object.fromEntries(Object.entries(inputs).map(([k, v]) => [k, v.shape]));
  const bytes = model(nodes, shapes, { out: shape });
  const made = await ort.InferenceSession.create(bytes, { executionProviders: ["wasm"] });
  return async () => {
    const feeds = Object.entries(inputs).map(([name, v]) => [
      name,
      new ort.Tensor("float32", v.data, v.shape),
    ]);
    return (await made.run(Object.fromEntries(feeds))).out!.data;
  };
}

/**
 * ONNX Runtime Web, WebAssembly, one thread. It has no gradient of the weights: that is made of a convolution of the
 * input, batch and channels exchanged, by δ as one large dilated kernel, which is the best that its operators allow.
 */
export function onnxRuntime(ort: Ort): Contender {
  ort.env.wasm.numThreads = 1;
  return {
    name: "onnxruntime",
    async prepare({ g, x, w, b, delta }: Workload) {
      const { rows, columns, shapes } = g;
      const pads = [rows.before, columns.before, rows.after, columns.after];
      const strides = [rows.stride, columns.stride];
      const X = { data: x, shape: shapes.X };
      const W = { data: w, shape: shapes.W };
      const D = { data: delta, shape: shapes.Y };
      const exchanged = { perm: [1, 0, 2, 3] };
      return {
        forward: await session(
          ort,
          [{ op: "Conv", inputs: ["x", "w", "b"], output: "out", attributes: { pads, strides } }],
          { x: X, w: W, b: { data: b, shape: shapes.b } },
          shapes.Y,
        ),
        inputGradient: await session(
          ort,
          [
            {
              op: "ConvTranspose",
              inputs: ["d", "w"],
              output: "out",
              attributes: {
                pads,
                strides,
                output_padding: [rows.remainder, columns.remainder],
              },
            },
          ],
          { d: D, w: W },
          shapes.X,
        ),
        weightGradient: await session(
          ort,
          [
            { op: "Transpose", inputs: ["x"], output: "xt", attributes: exchanged },
            { op: "Transpose", inputs: ["d"], output: "dt", attributes: exchanged },
            {
              op: "Conv",
              inputs: ["xt", "dt"],
              output: "wt",
              attributes: { pads, dilations: strides },
            },
            { op: "Transpose", inputs: ["wt"], output: "out", attributes: exchanged },
          ],
          { x: X, d: D },
          shapes.W,
        ),
      };
    },
  };
}
