import { deadlineFor } from "./deadline.ts";
import type { AnswerTo, JobName, Question } from "./jobs.ts";
import { createPacker } from "./parcels.ts";
import { type Ask, errorOf, type Reply } from "./protocol.ts";
import { EngineStopped, Superseded } from "./stopped.ts";

/** What the client needs of a Worker: the page gives the real one, a test a MessageChannel. */
export interface WorkerPort {
  postMessage(message: Ask, transfer: Transferable[]): void;
  terminate(): void;
  addEventListener(
    type: "message" | "messageerror" | "error",
    listener: (event: Event) => void,
  ): void;
}

/** ready: idle · busy: computing · restarting: a worker died, its question is asked again · stopped: no worker; the next question starts one. */
export type EngineStatus = "ready" | "busy" | "restarting" | "stopped";

export interface Engine {
  /**
   * @throws Superseded when a newer question of the same job came before this one's turn
   * @throws EngineStopped when the worker cannot be made to answer
   * @throws whatever the job threw, ConvErrors as such
   */
  ask<Name extends JobName>(job: Name, question: Question<Name>): Promise<Awaited<AnswerTo<Name>>>;
  /** Ends the worker; what is still open rejects. For good. */
  dispose(): void;
  /** Calls back now and at every change; returns the way to stop that. */
  onStatus(callback: (status: EngineStatus) => void): () => void;
}

export interface EngineOptions {
  /** ms a loaded worker may take over a question. */
  readonly deadline?: (question: unknown) => number;
  /** ms the script may take to load. */
  readonly loading?: number;
}

interface Call {
  readonly id: number;
  readonly job: JobName;
  readonly question: unknown;
  readonly resolve: (answer: never) => void;
  readonly reject: (error: Error) => void;
  /** Workers that died over it. */
  deaths: number;
}

/** A timer that fires this much late slept with the whole page: the worker has had no time either. */
const ASLEEP_MS = 1_000;

/**
 * The page's side of the worker: one call in flight, and one waiting per job (the latest wins).
 * What dies or hangs is replaced and asked the newest question again; a question that kills two workers is given up.
 */
export function createEngine(
  spawn: () => WorkerPort,
  { deadline = deadlineFor, loading = 30_000 }: EngineOptions = {},
): Engine {
  let worker: WorkerPort | null = null;
  let loaded = false;
  let disposed = false;
  let current: Call | null = null;
  const waiting = new Map<JobName, Call>();
  let lastId = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let status: EngineStatus = "ready";
  const watchers = new Set<(status: EngineStatus) => void>();
  const packer = createPacker();

  function become(next: EngineStatus): void {
    if (next === status) return;
    status = next;
    for (const watcher of [...watchers]) watcher(next);
  }

  /** False when no worker could be made, which then counts as a death. */
  function start(): boolean {
    loaded = false;
    packer.forget();
    try {
      const mine = spawn();
      worker = mine;
      const ours = (listener: (event: Event) => void) => (event: Event) => {
        if (worker === mine) listener(event); // a terminated worker may still have a message on its way
      };
      mine.addEventListener(
        "message",
        ours((event) => receive((event as MessageEvent).data)),
      );
      mine.addEventListener(
        "messageerror",
        ours(() => die("crash")),
      );
      mine.addEventListener(
        "error",
        ours((event) => die(loaded ? "crash" : "missing", (event as ErrorEvent).message)),
      );
      return true;
    } catch (error) {
      die("missing", String(error));
      return false;
    }
  }

  /** Sends the next waiting question, if nothing is in flight. */
  function next(): void {
    if (disposed || current !== null) return;
    const [entry] = waiting;
    if (entry === undefined) {
      become(worker === null ? "stopped" : "ready");
      return;
    }
    const [job, call] = entry;
    waiting.delete(job);
    current = call;
    if (status !== "restarting") become("busy");
    if (worker !== null || start()) send(call, worker!);
  }

  function send(call: Call, to: WorkerPort): void {
    try {
      const { id, job } = call;
      const { question, parcels, transfer } = packer.pack(job, call.question);
      to.postMessage({ id, job, question, parcels }, [...transfer]);
    } catch (error) {
      settle().reject(error instanceof Error ? error : new Error(String(error))); // cannot be cloned
      next();
      return;
    }
    watch();
  }

  function receive(reply: Reply): void {
    if (typeof reply !== "object" || reply === null) return;
    if ("ready" in reply) {
      loaded = true;
      if (current !== null) {
        become("busy");
        watch();
      }
      return;
    }
    if (current === null || reply.id !== current.id) return;
    const call = settle();
    if ("error" in reply) call.reject(errorOf(reply.error));
    else call.resolve(reply.answer as never);
    next();
  }

  /** Takes the call in flight out, its timer with it. */
  function settle(): Call {
    clearTimeout(timer);
    const call = current!;
    current = null;
    return call;
  }

  /** Until the worker has loaded it has `loading`, then what its question may take. */
  function watch(): void {
    clearTimeout(timer);
    const allowed = loaded ? deadline(current!.question) : loading;
    const due = performance.now() + allowed;
    timer = setTimeout(() => {
      if (performance.now() - due > ASLEEP_MS) watch();
      else die(loaded ? "hang" : "missing");
    }, allowed);
  }

  function die(reason: "missing" | "crash" | "hang", detail = ""): void {
    worker?.terminate();
    worker = null;
    if (current === null) {
      become("stopped");
      return;
    }
    const call = settle();
    call.deaths += 1;
    if (waiting.has(call.job)) {
      call.reject(new Superseded());
      become("restarting");
    } else if (call.deaths < 2) {
      again(call);
      become("restarting");
    } else {
      call.reject(new EngineStopped(reason, detail));
    }
    next();
  }

  /** Puts a call back at the head of the queue. */
  function again(call: Call): void {
    const rest = [...waiting];
    waiting.clear();
    waiting.set(call.job, call);
    for (const [job, other] of rest) waiting.set(job, other);
  }

  start();

  return {
    ask: (job, question) =>
      new Promise((resolve, reject) => {
        if (disposed) {
          reject(new EngineStopped("disposed"));
          return;
        }
        lastId += 1;
        waiting.get(job)?.reject(new Superseded());
        // A job that waits already keeps its place: no job starves another.
        waiting.set(job, {
          id: lastId,
          job,
          question,
          resolve,
          reject,
          deaths: 0,
        });
        next();
      }),
    dispose() {
      if (disposed) return;
      disposed = true;
      worker?.terminate();
      worker = null;
      const open = [...(current === null ? [] : [settle()]), ...waiting.values()];
      waiting.clear();
      for (const call of open) call.reject(new EngineStopped("disposed"));
      become("stopped");
      watchers.clear();
    },
    onStatus(callback) {
      watchers.add(callback);
      callback(status);
      return () => watchers.delete(callback);
    },
  };
}
