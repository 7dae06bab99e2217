import { expect, test } from "vitest";
import { DEFAULTS } from "../spec.ts";
import { tensor } from "../tensor.ts";
import type { Reply } from "./protocol.ts";
import { buffersOf, serve } from "./server.ts";

const question = {
  spec: { N: 1, C: 1, H: 1, W: 2, F: 1, kH: 1, kW: 1, ...DEFAULTS },
  x: tensor([1, 1, 1, 2], [1, 2]),
  w: tensor([1, 1, 1, 1], [1]),
  b: tensor([1]),
};

/** Sends the messages to a served port; all its replies after `ready`, in order. */
function replies(...messages: unknown[]): Promise<Reply[]> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    const got: Reply[] = [];
    port1.onmessage = ({ data }) => {
      got.push(data);
      if (got.length < messages.length + 1) return;
      port1.close();
      resolve(got.slice(1));
    };
    serve(port2);
    for (const message of messages) port1.postMessage(message);
  });
}

const hostile: [string, unknown][] = [
  ["nothing", undefined],
  ["null", null],
  ["a number", 7],
  ["a string", "forward"],
  ["a list", [1, "forward"]],
  ["no id", { job: "forward", question }],
  ["an id that is no number", { id: "1", job: "forward", question }],
  ["the id 0", { id: 0, job: "forward", question }],
  ["no job", { id: 1, question }],
  ["an unknown job", { id: 1, job: "learn", question }],
  ["the job constructor", { id: 1, job: "constructor", question }],
  ["the job toString", { id: 1, job: "toString", question }],
  ["the job __proto__", { id: 1, job: "__proto__", question }],
  ["a list as job", { id: 1, job: ["forward"], question }],
  ["no question", { id: 1, job: "forward" }],
  ["null as question", { id: 1, job: "forward", question: null }],
  ["a question without tensors", { id: 1, job: "forward", question: { spec: question.spec } }],
  ["a spec of another sort", { id: 1, job: "forward", question: { ...question, spec: 3 } }],
  ["a proto key", JSON.parse('{"id": 1, "job": "forward", "__proto__": {"question": {}}}')],
];

test.each(hostile)(
  "%s is answered by one clear error, and the next ask by its answer",
  async (_name, message) => {
    const [error, answer] = await replies(message, { id: 2, job: "forward", question });
    expect(error).toMatchObject({
      error: { name: "ConvError", message: expect.stringMatching(/^.+: .+; accepted: .+\.$/) },
    });
    expect(answer).toMatchObject({ id: 2, answer: { y: { shape: [1, 1, 1, 2] } } });
  },
);

test("an error carries the id of its question, 0 where there was none", async () => {
  const ids = await replies({ id: 5, job: "nope" }, { job: "forward" });
  expect(ids.map((reply) => "id" in reply && reply.id)).toEqual([5, 0]);
});

test("the job error lists the jobs there are", async () => {
  const [reply] = await replies({ id: 1, job: "constructor", question });
  expect(reply).toMatchObject({
    error: {
      field: "job",
      reason: "“constructor” is not known",
      accepted: expect.stringContaining("forward"),
    },
  });
});

test("a port first of all says that it is ready", async () => {
  const { port1, port2 } = new MessageChannel();
  const first = new Promise((resolve) => {
    port1.onmessage = ({ data }) => resolve(data);
  });
  serve(port2);
  expect(await first).toEqual({ ready: true });
  port1.close();
});

test("each buffer of an answer is transferred once, however often it appears", () => {
  const shared = new Float64Array(4);
  const own = new Int32Array(2);
  const loop: Record<string, unknown> = {
    a: shared,
    b: [shared.subarray(1), { own }],
    n: 1,
    s: "x",
  };
  loop.loop = loop;
  expect(buffersOf(loop)).toEqual([shared.buffer, own.buffer]);
  expect(buffersOf(null)).toEqual([]);
});

test("an answer is moved, not copied", async () => {
  let sent: { answer: { y: { data: Float64Array } } } | undefined;
  let listener: (event: MessageEvent) => unknown = () => {};
  serve({
    addEventListener: (_type, added) => {
      listener = added;
    },
    postMessage: (message, transfer) => {
      if (!("answer" in message)) return;
      sent = message as typeof sent;
      structuredClone(message, { transfer });
    },
  });
  await listener({ data: { id: 1, job: "forward", question } } as MessageEvent);
  expect(sent!.answer.y.data.byteLength).toBe(0);
});
