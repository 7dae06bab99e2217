import type { WorkerPort } from "./client.ts";
import type { Ask } from "./protocol.ts";
import { serve } from "./server.ts";

/** How a stand-in worker behaves: over a real MessageChannel, with the real `serve` at the other end where it serves. */
export type Habit = "serves" | "hangs" | "crashes" | "missing" | "garbles" | "never loads";

/** A worker without a thread. `hangs` and `crashes` load first; `missing` fails as a script that is not there. */
class StandIn implements WorkerPort {
  readonly asked: Ask[] = [];
  answered = 0;
  loaded = false;
  terminated = false;
  readonly #channel = new MessageChannel();
  readonly #failures = new EventTarget();

  constructor(habit: Habit) {
    const there = this.#channel.port2;
    if (habit === "serves") serve(there);
    else if (habit === "missing") queueMicrotask(() => this.fail("error"));
    else if (habit !== "never loads") there.postMessage({ ready: true });
    // By the same channel, so that a death comes after `ready`, as in life.
    if (habit === "crashes") there.onmessage = () => there.postMessage({ dies: "error" });
    if (habit === "garbles") there.onmessage = () => there.postMessage({ dies: "messageerror" });
  }

  postMessage(message: Ask): void {
    this.#channel.port1.postMessage(message);
    this.asked.push(message);
  }

  /** A message that no client would send. */
  sendRaw(message: unknown): void {
    this.#channel.port1.postMessage(message);
  }

  fail(type: "error" | "messageerror"): void {
    this.#failures.dispatchEvent(new Event(type));
  }

  terminate(): void {
    this.terminated = true;
    this.#channel.port1.close();
  }

  addEventListener(type: string, listener: (event: Event) => void): void {
    if (type !== "message") {
      this.#failures.addEventListener(type, listener);
      return;
    }
    this.#channel.port1.addEventListener("message", (event) => {
      if ("dies" in event.data) {
        this.fail(event.data.dies);
        return;
      }
      if ("ready" in event.data) this.loaded = true;
      else this.answered += 1;
      listener(event);
    });
    this.#channel.port1.start();
  }
}

/** A `spawn` whose n-th worker has the n-th habit (the last one from then on), beside the workers it made. */
export function spawner(...habits: readonly Habit[]) {
  const workers: StandIn[] = [];
  const spawn = (): StandIn => {
    const worker = new StandIn(habits[Math.min(workers.length, habits.length - 1)]!);
    workers.push(worker);
    return worker;
  };
  return { spawn, workers };
}
