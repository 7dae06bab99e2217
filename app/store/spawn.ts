/**
 * The engine's worker as a file of its own.
 * The one path from the app into src that is not "#engine": Vite finds a worker by this very expression.
 */
export function spawn(): Worker {
  return new Worker(new URL("../../src/worker/engine.worker.ts", import.meta.url), {
    type: "module",
    name: "engine",
  });
}
