// The kernels as one WebAssembly module, built twice: `strict` (SIMD) and `fused` (relaxed SIMD). It has no memory of its
// own and no allocator: `../plan.ts` lays everything out, once.

export { correlate } from "./correlate";
export { extremes } from "./extremes";
export { fold } from "./fold";
export { biasGradient, weightGradient } from "./weights";
export { winograd } from "./winograd";
