// npm run seeds: what the default network reaches on digits it has not seen, seed by seed.
// npm run seeds -- COUNT EPOCHS   another number of seeds (20), or of epochs (10)
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runnerImport } from "vite";
import { ROOT } from "./npm.mjs";

/** What is promised of every seed. */
const GOAL = 0.85;

/** @type {{ module: typeof import("../src/index.ts") }} */
const { module: engine } = await runnerImport(join(ROOT, "src/index.ts"), {
  root: ROOT,
  configFile: false,
  logLevel: "error",
});

const [count = 20, epochs = 10] = process.argv.slice(2).map(Number);
const { DEFAULT_NETWORK, DIGITS } = engine;
const file = readFileSync(join(ROOT, "public", DIGITS.file));
const digits = engine.digitsDataset(engine.decodeDigits(new Uint8Array(file)));
const { train, heldOut } = engine.splitAt(digits, DIGITS.train);

/** @param {number} seed */
function accuracyOf(seed) {
  let run = engine.beginRun(DEFAULT_NETWORK, seed, train);
  const steps = epochs * engine.stepsPerEpoch(run);
  while (run.step < steps) run = engine.nextStep(run, train).run;
  return engine.evaluate(run.network, heldOut);
}

/** @param {number} share */
const percent = (share) => `${(100 * share).toFixed(1)} %`.padStart(7);

const { network, sgd, course, initial } = DEFAULT_NETWORK;
console.log(
  `${engine.NETWORK_PRESETS.default.label}: ${network.F} filters of ${network.kH} × ${network.kW}, ${network.hidden} hidden units, ${initial}, lr ${sgd.lr}, momentum ${sgd.momentum}, batches of ${course.batch}, ${epochs} epochs, ${train.labels.length} samples to train on, ${heldOut.labels.length} held out`,
);
console.log("seed  held-out accuracy    loss");
let reached = 0;
let least = 1;
for (let seed = 1; seed <= count; seed++) {
  const { accuracy, correct, total, loss } = accuracyOf(seed);
  if (accuracy >= GOAL) reached++;
  least = Math.min(least, accuracy);
  console.log(
    `${String(seed).padStart(4)}  ${percent(accuracy)}  ${correct} of ${total}  ${loss.toFixed(3)}${accuracy < GOAL ? "  below the goal" : ""}`,
  );
}
console.log(
  `${reached} of ${count} seeds reach ${percent(GOAL).trim()}; the least is ${percent(least).trim()}`,
);
process.exitCode = reached === count ? 0 : 1;
