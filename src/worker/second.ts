import type { End } from "../simd/share.ts";

let worker: Worker | null = null;
let isReady = false;

/**
 * The worker that makes half of the rows of large layers. It is started when it is first asked for, and null until it
 * stands: nobody waits for it. null for good on a machine of one processor, where workers cannot start workers, and
 * once it has failed.
 */
export function second(): End | null {
  if (typeof Worker === "undefined" || navigator.hardwareConcurrency < 2) return null;
  if (!worker) {
    worker = new Worker(new URL("./rows.worker.ts", import.meta.url), {
      type: "module",
      name: "rows",
    });
    worker.addEventListener(
      "message",
      () => {
        isReady = true;
      },
      { once: true },
    );
    worker.addEventListener("error", () => {
      isReady = false;
    });
  }
  return isReady ? worker : null;
}
