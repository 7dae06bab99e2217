// What this browser's WebAssembly can do, found out by compiling the smallest function that needs it: no version numbers,
// no user agents.

/** A module whose only function has this body and returns nothing. */
function moduleOf(...body: number[]): Uint8Array<ArrayBuffer> {
  const code = [0, ...body, 0x0b]; // no locals … end
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0], // "\0asm", version 1
    ...[1, 4, 1, 0x60, 0, 0], // one type: () → ()
    ...[3, 2, 1, 0], // one function of that type
    ...[10, code.length + 2, 1, code.length, ...code],
  ]);
}

/** i32.const 0, i32x4.splat */
const VECTOR = [0x41, 0, 0xfd, 0x11];
const DROP = 0x1a;

/** Functions that only validate where the feature exists. */
const PROBES = {
  simd: moduleOf(...VECTOR, DROP),
  /** f32x4.relaxed_madd */
  relaxedSimd: moduleOf(...VECTOR, ...VECTOR, ...VECTOR, 0xfd, 0x85, 0x02, DROP),
} as const;

export type Feature = keyof typeof PROBES;
export type Features = Readonly<Record<Feature, boolean>>;

function has(feature: Feature): boolean {
  // Compiled, not only validated: a page whose policy lacks 'wasm-unsafe-eval' refuses that, too.
  try {
    return new WebAssembly.Module(PROBES[feature]) instanceof WebAssembly.Module;
  } catch {
    return false;
  }
}

export function featuresHere(): Features {
  return { simd: has("simd"), relaxedSimd: has("relaxedSimd") };
}
