import { errorOf, type Failure, type Tensor } from "#engine";
import type { ImageWish } from "./decode.ts";

type Told = { readonly tensor: Tensor } | { readonly error: Failure };

/**
 * `decodeImage` in a worker of its own, which ends with it: the page goes on meanwhile, and the memory of a large image
 * is given back at once.
 */
export function decodeAside(blob: Blob, wish: ImageWish): Promise<Tensor> {
  const worker = new Worker(new URL("./decode.worker.ts", import.meta.url), {
    type: "module",
    name: "images",
  });
  return new Promise<Tensor>((resolve, reject) => {
    worker.addEventListener("message", ({ data }: MessageEvent<Told>) =>
      "tensor" in data ? resolve(data.tensor) : reject(errorOf(data.error)),
    );
    worker.addEventListener("error", () => reject(new Error("the worker for images is missing")));
    worker.postMessage({ blob, wish });
  }).finally(() => worker.terminate());
}
