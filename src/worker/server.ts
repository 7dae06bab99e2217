import { ConvError, keyOf, shown } from "../errors.ts";
import { JOBS } from "./jobs.ts";
import { createUnpacker } from "./parcels.ts";
import { failureOf, type Reply } from "./protocol.ts";

/** What `serve` needs of a worker's global scope or of a MessagePort. */
export interface ServerPort {
  postMessage(message: Reply, transfer: Transferable[]): void;
  addEventListener(type: "message", listener: (event: MessageEvent) => void): void;
  /** A MessagePort holds its messages back until it is started; a worker has no such thing. */
  start?(): void;
}

/** Answers every message that reaches `port`, whatever it is, with exactly one reply; never throws. */
export function serve(port: ServerPort): void {
  const unpack = createUnpacker();
  port.addEventListener("message", async ({ data }) => {
    let id = 0;
    try {
      id = idOf(data);
      const answer = await run({ ...data, question: unpack(data.question, data.parcels) });
      // Inside the try: an answer that cannot be cloned is a failure to report too.
      port.postMessage({ id, answer }, buffersOf(answer));
    } catch (error) {
      port.postMessage({ id, error: failureOf(explained(error)) }, []);
    }
  });
  port.start?.();
  port.postMessage({ ready: true }, []);
}

function idOf(message: unknown): number {
  const id = typeof message === "object" && message !== null && "id" in message && message.id;
  if (typeof id === "number" && Number.isSafeInteger(id) && id > 0) return id;
  throw new ConvError(
    "message",
    `${shown(message)} is not a question`,
    "an id from 1, a job, a question",
  );
}

function run(message: { readonly job?: unknown; readonly question?: unknown }): unknown {
  // The one cast: each job checks its own question, since only it knows what one looks like.
  const job = JOBS[keyOf("job", JOBS, message.job)] as (question: unknown) => unknown;
  if (typeof message.question !== "object" || message.question === null)
    throw new ConvError("question", `${shown(message.question)} is not a question`, "an object");
  return job(message.question);
}

/** The buffers under the typed arrays of an answer, each once: a buffer listed twice cannot be transferred. */
export function buffersOf(answer: unknown): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>();
  const seen = new Set<object>();
  const visit = (value: unknown): void => {
    if (typeof value !== "object" || value === null || seen.has(value)) return;
    seen.add(value);
    if (ArrayBuffer.isView(value)) {
      if (value.buffer instanceof ArrayBuffer) buffers.add(value.buffer);
    } else Object.values(value).forEach(visit);
  };
  visit(answer);
  return [...buffers];
}

/** Engines say "Array buffer allocation failed", "Invalid typed array length", "Out of memory": say what to do. */
function explained(error: unknown): unknown {
  if (error instanceof RangeError && /alloc|memory|array length/i.test(error.message))
    return new ConvError(
      "size",
      "this needs more memory than the browser gives",
      "smaller sizes, fewer channels or fewer filters",
    );
  return error;
}
