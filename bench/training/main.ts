import { inTurns, type Times } from "../engine/rounds.ts";
import { ours, oursAsked } from "./ours.ts";
import { type Task, type Trainer, task } from "./task.ts";
import { type Tf, tensorflow } from "./tensorflow.ts";

/** How long the rounds may take, and how many there are at most. */
const BUDGET_MS = 40_000;
const ROUNDS = 25;

/** Two epochs are compared, batch by batch. */
const EPOCHS = 2;
/** float32 beside float64, over some two hundred updates; the losses themselves are about 1. */
const MOST_APART = 1e-4;

/** An epoch of training is to be as many times as fast as that of the peer, its fastest way taken. */
const GOALS = [
  { peer: "tfjs-wasm", goal: 1 },
  { peer: "tfjs-cpu", goal: 1 },
] as const;

/** Trainers with the losses of their first epochs: what they are held against each other by. */
async function lossesOf(trainer: Trainer): Promise<number[]> {
  const losses: number[] = [];
  for (let epoch = 0; epoch < EPOCHS; epoch++) losses.push(...(await trainer.epoch()));
  return losses;
}

function apart(a: readonly number[], b: readonly number[]): number {
  if (a.length !== b.length) return Number.NaN;
  return a.reduce((most, loss, i) => Math.max(most, Math.abs(loss - b[i]!)), 0);
}

/** The ways in which a peer can train this network; one that it cannot is told of. */
async function peers(tf: Tf, asked: Task, say: (line: string) => void): Promise<Trainer[]> {
  const all: Trainer[] = [];
  for (const [backend, way] of [
    ["wasm", "conv2d"],
    ["wasm", "patches"],
    ["cpu", "conv2d"],
    ["cpu", "patches"],
  ] as const) {
    const trainer = await tensorflow(tf, backend, way, asked);
    try {
      await trainer.epoch();
      all.push(await tensorflow(tf, backend, way, asked)); // from the first weights again
    } catch (error) {
      say(`NONE train.epoch ${trainer.name}: ${String(error).split("\n")[0]}`);
    }
  }
  return all;
}

function verdicts(times: readonly Times[], say: (line: string) => void): number {
  const own = times.find(({ name }) => name === "ours")!;
  let missed = 0;
  for (const { peer, goal } of GOALS) {
    const ways = times.filter(({ name }) => name.startsWith(peer));
    const least = Math.min(...ways.map((way) => way.least));
    const ratio = least / own.least;
    const holds = ways.length > 0 && ratio >= goal; // one that was wrong, or could not, is no proof
    if (!holds) missed += 1;
    const found = ways.length > 0 ? ratio.toFixed(2) : "none";
    say(`RATIO train.epoch ours/${peer} ${found} goal ${goal} ${holds ? "ok" : "MISSED"}`);
  }
  return missed;
}

/** Trains an epoch of the digits by every contender in turns, and prints claims. The exit status. */
export async function main(
  { tf }: { readonly tf?: Tf },
  say: (line: string) => void = console.log,
): Promise<number> {
  if (!tf) {
    say("TensorFlow.js is not there to be measured against: npm install in bench/ fetches it.");
    return 1;
  }
  const asked = await task();
  const own = ours(asked);
  const inWorker = oursAsked(asked);
  const trainers = [own, inWorker, ...(await peers(tf, asked, say))];
  const right = await lossesOf(own);
  const timed: Trainer[] = [own];
  for (const trainer of trainers.slice(1)) {
    const difference = apart(await lossesOf(trainer), right);
    if (!(difference <= MOST_APART)) {
      say(`WRONG train.epoch ${trainer.name}: a loss is off by ${difference}`);
      continue;
    }
    timed.push(trainer);
    say(
      `SAME train.epoch ${trainer.name}: ${right.length} losses, ${difference.toExponential(1)} apart at most`,
    );
  }
  const times = await inTurns(
    timed.map(({ name, epoch }) => ({ name, run: epoch })),
    BUDGET_MS,
    ROUNDS,
  );
  inWorker.close();
  for (const { name, least, median } of times)
    say(
      `train.epoch ${name} ms least (median): ${(least / 1000).toFixed(1)} (${(median / 1000).toFixed(1)})`,
    );
  return verdicts(times, say) > 0 ? 1 : 0;
}
