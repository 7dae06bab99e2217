// Claims that no round of the bench can show: how long one waits for the first result, and what has to be fetched.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "vite";

const at = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));

/** @typedef {{ readonly line: string, readonly holds: boolean }} Found */

/** @param {string} line @param {boolean} holds @returns {Found} */
const verdict = (line, holds) => ({ line: `${line} ${holds ? "ok" : "MISSED"}`, holds });

const MOST_KB = 15;

/** Both modules of kernels as they were built, each compressed. @returns {Found} */
export function sizeOfKernels() {
  const built = readFileSync(at("../src/simd/built/kernels.js"), "utf8");
  const modules = [...built.matchAll(/\w+: "([^"]+)"/g)].map(([, text]) => text ?? "");
  const bytes = modules.reduce(
    (all, text) => all + gzipSync(Buffer.from(text, "base64"), { level: 9 }).length,
    0,
  );
  const kB = bytes / 1000;
  return verdict(`SIZE wasm ${kB.toFixed(1)} kB goal ${MOST_KB}`, kB <= MOST_KB);
}

/** The worker that is started, as a site would serve it: one file. @returns {Promise<string>} */
export async function startWorker() {
  const made = await build({
    root: at(".."),
    configFile: false,
    logLevel: "error",
    resolve: { alias: { "#engine": at("../src/index.ts") } },
    build: { write: false, rolldownOptions: { input: at("start.worker.ts") } },
  });
  const [{ output }] = /** @type {[import("vite").Rolldown.RolldownOutput]} */ ([made].flat());
  return output[0].code;
}

const MOST_MS = 100;
const TIMES = 9;

/**
 * From `new Worker` to the first strict result of workload D.
 * @param {import("@playwright/test").Page} page of an origin that serves the worker @param {string} url
 * @returns {Promise<Found>}
 */
export async function firstResult(page, url) {
  const waits = await page.evaluate(
    async ({ url, times }) => {
      const sizes = { N: 1, C: 32, H: 64, W: 64, F: 32, kH: 3, kW: 3 };
      const numbers = (/** @type {number} */ n) => Float32Array.from({ length: n }, Math.random);
      const waits = [];
      for (let i = 0; i < times; i++) {
        const [x, w, b] = [numbers(32 * 64 * 64), numbers(32 * 32 * 9), numbers(32)];
        const begun = performance.now();
        const worker = new Worker(url, { type: "module" });
        await new Promise((done, fail) => {
          worker.onmessage = done;
          worker.onerror = (event) => fail(new Error(event.message || "the worker did not start"));
          worker.postMessage({ sizes, x, w, b });
        });
        waits.push(performance.now() - begun);
        worker.terminate();
      }
      return waits.sort((p, q) => p - q);
    },
    { url, times: TIMES },
  );
  const [least, median] = [waits[0] ?? 0, waits[waits.length >> 1] ?? 0];
  const found = `${least.toFixed(0)} ms (median ${median.toFixed(0)})`;
  return verdict(`START first result ${found} goal ${MOST_MS}`, least <= MOST_MS);
}
