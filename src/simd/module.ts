import { KERNELS } from "./built/kernels.js";

/** What the kernels export; every argument is the address of a record, save for those of `extremes`. */
export interface KernelExports {
  correlate(job: number): void;
  winograd(job: number, parts: number): void;
  /** The least and the largest of the numbers there are from an address on. */
  extremes(from: number, count: number, to: number): void;
  fold(fold: number): void;
  weightGradient(job: number, sums: number): void;
  biasGradient(job: number, sums: number): void;
}

export type ModuleName = keyof typeof KERNELS;

const compiled = new Map<ModuleName, WebAssembly.Module>();

/** The bytes of a module, as they were built. */
export function bytesOf(name: ModuleName): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(KERNELS[name]), (c) => c.charCodeAt(0));
}

/** The kernels working on `memory`. Compiled once, in the time of a few milliseconds. */
export function kernelsOn(name: ModuleName, memory: WebAssembly.Memory): KernelExports {
  let module = compiled.get(name);
  if (!module) {
    module = new WebAssembly.Module(bytesOf(name));
    compiled.set(name, module);
  }
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  return exports as unknown as KernelExports;
}
