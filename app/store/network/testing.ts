import { type Dataset, serve, tensor, type WorkerPort } from "#engine";

/** Twenty images of no digit: two of each class. */
export const patterns: Dataset = {
  images: tensor(
    [20, 1, 8, 8],
    Float64Array.from({ length: 20 * 64 }, (_, i) => ((i * i) % 17) / 16),
  ),
  labels: Uint8Array.from({ length: 20 }, (_, i) => (i * 7) % 10),
};

/** A worker without a thread: the real jobs behind a real channel, or one that dies over every question. */
export function standIn(dies: boolean): WorkerPort {
  const { port1, port2 } = new MessageChannel();
  const deaths = new EventTarget();
  if (dies) {
    port2.onmessage = () => deaths.dispatchEvent(new Event("error"));
    port2.postMessage({ ready: true });
  } else serve(port2);
  return {
    postMessage: (message) => port1.postMessage(message),
    terminate: () => port1.close(),
    addEventListener(type, listener) {
      (type === "message" ? port1 : deaths).addEventListener(type, listener);
      if (type === "message") port1.start();
    },
  };
}

/** A `spawn` whose first workers die, as many as are asked for, beside how many it has made. */
export function spawner(deaths: number) {
  const made = { workers: 0 };
  const spawn = (): WorkerPort => {
    made.workers += 1;
    return standIn(made.workers <= deaths);
  };
  return { spawn, made };
}
