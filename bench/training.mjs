// npm run bench:training   An epoch of training against TensorFlow.js. It is TypeScript: Vite loads it.
import { fileURLToPath } from "node:url";
import { createServer, createServerModuleRunner } from "vite";
import { loadGradients, loadPeers } from "./peers.mjs";

const at = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));
// A server stays open, where runnerImport closes: the worker's jobs are fetched when they are first asked for.
const server = await createServer({
  root: at(".."),
  configFile: false,
  logLevel: "error",
  appType: "custom",
  server: { middlewareMode: true, ws: false, watch: null },
  optimizeDeps: { noDiscovery: true },
  // bench/package.json stands nearer than the one that says what #engine is.
  resolve: { alias: { "#engine": at("../src/index.ts") } },
});
try {
  const runner = createServerModuleRunner(server.environments.ssr);
  /** @type {typeof import("./training/main.ts")} */
  const { main } = await runner.import(at("training/main.ts"));
  const peers = await loadPeers();
  if (peers.tf) await loadGradients();
  process.exitCode = await main(peers);
} finally {
  await server.close();
}
