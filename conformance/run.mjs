// npm run conformance -- FILE…   The engine is TypeScript, which Node 20 does not run: Vite loads it.
import { fileURLToPath } from "node:url";
import { runnerImport } from "vite";
import { buildKernels } from "../scripts/wasm.mjs";

await buildKernels();

const main = fileURLToPath(new URL("main.ts", import.meta.url));
/** @type {{ module: typeof import("./main.ts") }} */
const { module } = await runnerImport(main, {
  root: fileURLToPath(new URL("..", import.meta.url)),
  configFile: false,
  logLevel: "error",
});
process.exitCode = module.main(process.argv.slice(2));
