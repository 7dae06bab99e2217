// npm run bench:browser -- WORKLOAD…   The same bench in the worker of a real Chromium.
import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";
import { createServer } from "vite";
import { findChromium } from "../scripts/browser.mjs";
import { buildKernels, compile } from "../scripts/wasm.mjs";
import { firstResult, sizeOfKernels, startWorker } from "./start.mjs";

const at = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));
const base64 = async (/** @type {"strict" | "fused"} */ name) =>
  Buffer.from(await compile(name, "bench/engine/assembly")).toString("base64");

/** A page that hands on what the worker says. */
const PAGE = `<!doctype html><title>bench</title><link rel="icon" href="data:,"><script type="module">
const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
window.bench = ({ args, strict, fused, also }) => new Promise((done, fail) => {
  const worker = new Worker("/bench/browser.worker.mjs", { type: "module" });
  worker.onerror = (event) => fail(new Error(event.message || "the worker did not start"));
  worker.onmessage = ({ data }) => ("status" in data ? done(data.status) : window.say(data.line));
  worker.postMessage({ args, also, modules: { strict: bytes(strict), fused: bytes(fused) } });
});
</script>`;

await buildKernels();
const starting = await startWorker();
const server = await createServer({
  root: at(".."),
  configFile: false,
  logLevel: "error",
  cacheDir: at("node_modules/.vite"),
  resolve: { alias: { "#engine": at("../src/index.ts") } },
  optimizeDeps: { exclude: ["onnxruntime-web"], entries: ["bench/browser.worker.mjs"] },
  worker: { format: "es" },
  server: {
    host: "127.0.0.1",
    hmr: false,
    // With these a page's clock shows microseconds by fives instead of by hundreds.
    headers: {
      "Cross-Origin-Opener-Policy": "same-origin",
      "Cross-Origin-Embedder-Policy": "require-corp",
    },
  },
  plugins: [
    {
      name: "page",
      configureServer(vite) {
        vite.middlewares.use("/bench.html", (_request, response) => {
          response.setHeader("Content-Type", "text/html");
          response.end(PAGE);
        });
        vite.middlewares.use("/start.js", (_request, response) => {
          response.setHeader("Content-Type", "text/javascript");
          response.end(starting);
        });
      },
    },
  ],
});
await server.listen();
const executablePath = findChromium();
const browser = await chromium.launch({
  ...(executablePath ? { executablePath } : {}),
  args: ["--disable-quic"],
});
try {
  const page = await browser.newPage();
  await page.exposeFunction("say", (/** @type {string} */ line) => console.log(line));
  await page.goto(`${server.resolvedUrls?.local[0]}bench.html`);
  const also = [await firstResult(page, "/start.js"), sizeOfKernels()];
  const asked = {
    also,
    args: process.argv.slice(2),
    strict: await base64("strict"),
    fused: await base64("fused"),
  };
  process.exitCode = await page.evaluate(
    (asked) => /** @type {any} */ (window).bench(asked),
    asked,
  );
} finally {
  await browser.close();
  await server.close();
}
