// kernels.js stands beside this file once `npm run build:wasm` has compiled `../assembly`; it is not committed.

/** The two builds of the kernels, base64: `strict` needs SIMD, `fused` relaxed SIMD. */
export const KERNELS: Readonly<Record<"strict" | "fused", string>>;
