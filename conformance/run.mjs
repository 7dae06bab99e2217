// npm run conformance -- FILE…   The engine is TypeScript, which Node 20 does not run: Vite loads it.
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";
import { runnerImport } from "vite";
import { buildKernels } from "../scripts/wasm.mjs";

// Node 20 has relaxed SIMD behind a flag; later ones have it anyhow, and may not know the flag.
if (process.versions.node.startsWith("20.")) setFlagsFromString("--experimental-wasm-relaxed-simd");
await buildKernels();

const main = fileURLToPath(new URL("main.ts", import.meta.url));
/** @type {{ module: typeof import("./main.ts") }} */
const { module } = await runnerImport(main, {
  root: fileURLToPath(new URL("..", import.meta.url)),
  configFile: false,
  logLevel: "error",
});
process.exitCode = module.main(process.argv.slice(2));
