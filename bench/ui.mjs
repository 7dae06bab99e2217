// npm run bench:ui -- ACTION…   How fast the page answers. It is TypeScript, which Node 20 does not run: Vite loads it.
import { fileURLToPath } from "node:url";
import { runnerImport } from "vite";

const main = fileURLToPath(new URL("main.ts", import.meta.url));
/** @type {{ module: typeof import("./main.ts") }} */
const { module } = await runnerImport(main, {
  root: fileURLToPath(new URL("..", import.meta.url)),
  configFile: false,
  logLevel: "error",
});
process.exitCode = await module.main(process.argv.slice(2));
