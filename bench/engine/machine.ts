import type { Timed } from "./rounds.ts";

interface Exports {
  multiplyAdds(count: number, x: number, y: number): number;
  copy(to: number, from: number, bytes: number): void;
}

/** The peaks, and how many operations (or bytes) one of their calls is. */
export const PEAKS = {
  "mul+add": { module: "strict", amount: 2000 * 96 },
  FMA: { module: "fused", amount: 2000 * 80 },
} as const;

export type Peak = keyof typeof PEAKS;

/** The two builds of `assembly/`. */
export type Modules = Readonly<Record<"strict" | "fused", Uint8Array<ArrayBuffer>>>;

async function load(bytes: Uint8Array<ArrayBuffer>, pages: number): Promise<Exports> {
  const memory = new WebAssembly.Memory({ initial: pages });
  const { instance } = await WebAssembly.instantiate(bytes, { env: { memory } });
  return instance.exports as unknown as Exports;
}

/** What is timed beside the contenders: the two peaks, and a copy of as many bytes as G reads. */
export async function machine(modules: Modules): Promise<readonly Timed[]> {
  const strict = await load(modules.strict, 1024);
  const fused = await load(modules.fused, 1);
  const bytes = 2048 * 2048 * 4;
  return [
    { name: "mul+add", run: () => strict.multiplyAdds(2000, 0.999, 0.001) },
    { name: "FMA", run: () => fused.multiplyAdds(2000, 0.999, 0.001) },
    { name: "copy", run: () => strict.copy(bytes + 65536, 0, bytes) },
  ];
}
