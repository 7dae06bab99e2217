import type { Contender } from "../contender.ts";
import type { Workload } from "../workloads.ts";

/** An array belongs to whom it is given: every use but the last is of its `ref`. */
interface JaxArray {
  readonly ref: JaxArray;
  add(other: JaxArray): JaxArray;
  reshape(shape: readonly number[]): JaxArray;
  dispose(): void;
  data(): Promise<Float32Array>;
}

/** What of jax-js is used. */
export interface Jax {
  init(device: "wasm"): Promise<unknown>;
  defaultDevice(device: "wasm"): unknown;
  readonly numpy: {
    array(data: Float32Array, options: { readonly shape: readonly number[] }): JaxArray;
    zeros(shape: readonly number[]): JaxArray;
  };
  readonly lax: {
    convGeneralDilated(
      x: JaxArray,
      w: JaxArray,
      strides: readonly number[],
      padding: readonly (readonly number[])[],
    ): JaxArray;
  };
  jit(f: (...args: JaxArray[]) => JaxArray): (...args: JaxArray[]) => JaxArray;
  vjp(
    f: (x: JaxArray) => JaxArray,
    at: readonly [JaxArray],
  ): [JaxArray, (cotangent: JaxArray) => [JaxArray]];
}

/**
 * Runs it where there seem to be no workers: with them jax-js takes several threads, which the others do not, and finds
 * its memory unfit ("memory import 0 has no maximum limit") where a peer has brought workers to Node in the meantime.
 */
function alone<T>(run: () => T): T {
  const own = Object.getOwnPropertyDescriptor(globalThis, "Worker");
  Object.defineProperty(globalThis, "Worker", { value: undefined, configurable: true });
  try {
    return run();
  } finally {
    if (own) Object.defineProperty(globalThis, "Worker", own);
    else Reflect.deleteProperty(globalThis, "Worker");
  }
}

/** jax-js on its WebAssembly backend, compiled by its `jit`; both gradients are its own, by `vjp`. */
export function jaxJs({ init, defaultDevice, numpy, lax, jit, vjp }: Jax): Contender {
  return {
    name: "jax-js",
    async prepare({ g, x, w, b, delta }: Workload) {
      await alone(() => init("wasm"));
      defaultDevice("wasm");
      const { rows, columns, shapes } = g;
      const padding = [rows, columns].map(({ before, after }) => [before, after]);
      const strides = [rows.stride, columns.stride];
      const conv = (X: JaxArray, W: JaxArray) => lax.convGeneralDilated(X, W, strides, padding);
      const array = (data: Float32Array, shape: readonly number[]) => numpy.array(data, { shape });
      // The layer is linear in X and in W: where the gradient is taken does not matter.
      const pulled = (f: (at: JaxArray) => JaxArray, shape: readonly number[], d: JaxArray) => {
        const [out, pull] = vjp(f, [numpy.zeros(shape)]);
        out.dispose();
        return pull(d)[0];
      };
      const forward = jit((X, W, B) => conv(X!, W!).add(B!.reshape([1, g.spec.F, 1, 1])));
      const inputGradient = jit((W, D) => pulled((X) => conv(X, W!), shapes.X, D!));
      const weightGradient = jit((X, D) => pulled((W) => conv(X!, W), shapes.W, D!));
      const [X, W] = [() => array(x, shapes.X), () => array(w, shapes.W)];
      const D = () => array(delta, shapes.Y);
      return {
        forward: () => alone(() => forward(X(), W(), array(b, shapes.b)).data()),
        inputGradient: () => alone(() => inputGradient(W(), D()).data()),
        weightGradient: () => alone(() => weightGradient(X(), D()).data()),
      };
    },
  };
}
