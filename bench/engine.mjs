// npm run bench -- WORKLOAD…   The engine against its peers and the machine. It is TypeScript: Vite loads it.
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";
import { runnerImport } from "vite";
import { buildKernels, compile } from "../scripts/wasm.mjs";
import { loadPeers } from "./peers.mjs";
import { sizeOfKernels } from "./start.mjs";

// Node 20 has relaxed SIMD behind a flag, which has to be set before anything is asked of WebAssembly.
if (process.versions.node.startsWith("20.")) setFlagsFromString("--experimental-wasm-relaxed-simd");
await buildKernels();

const at = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));
/** @type {{ module: typeof import("./engine/main.ts") }} */
const { module } = await runnerImport(at("engine/main.ts"), {
  root: at(".."),
  configFile: false,
  logLevel: "error",
  // bench/package.json stands nearer than the one that says what #engine is.
  resolve: { alias: { "#engine": at("../src/index.ts") } },
});
const modules = {
  strict: Uint8Array.from(await compile("strict", "bench/engine/assembly")),
  fused: Uint8Array.from(await compile("fused", "bench/engine/assembly")),
};
process.exitCode = await module.main(
  process.argv.slice(2),
  modules,
  await loadPeers(),
  console.log,
  [sizeOfKernels()],
);
