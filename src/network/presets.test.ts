import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { checkSgd } from "../sgd.ts";
import { splitAt } from "./dataset.ts";
import { DIGITS, decodeDigits, digitsDataset } from "./digits.ts";
import { evaluate } from "./evaluate.ts";
import { checkNetworkSpec } from "./network.ts";
import { beginRun, DEFAULT_NETWORK, NETWORK_PRESETS, type NetworkPreset } from "./presets.ts";
import { nextStep, type Run, stepsPerEpoch } from "./run.ts";

const file = readFileSync(new URL(`../../public/${DIGITS.file}`, import.meta.url));
const digits = digitsDataset(decodeDigits(new Uint8Array(file)));
const { train, heldOut } = splitAt(digits, DIGITS.train);

describe.each(Object.entries(NETWORK_PRESETS))("%s", (_name, preset) => {
  const { settings, why, label } = preset as (typeof NETWORK_PRESETS)[NetworkPreset];

  test("is valid, and says what to look for", () => {
    expect(checkNetworkSpec(settings.network)).toEqual(settings.network);
    expect(checkSgd(settings.sgd)).toEqual(settings.sgd);
    expect(label).not.toBe("");
    expect(why).toMatch(/\.$/);
  });

  test("takes its first steps, the same for a seed", () => {
    const losses = [1, 1, 2].map((seed) => {
      let run: Run = beginRun(settings, seed, train);
      return Array.from({ length: 3 }, () => {
        const stepped = nextStep(run, train);
        run = stepped.run;
        return stepped.metrics.loss;
      });
    });
    expect(losses.flat().every(Number.isFinite)).toBe(true);
    expect(losses[1]).toEqual(losses[0]);
    expect(losses[2]).not.toEqual(losses[0]);
  });
});

test("a run is shuffled by its seed, the article’s not at all", () => {
  const orders = [1, 2].map((seed) => [...beginRun(DEFAULT_NETWORK, seed, train).order]);
  expect(orders[0]).not.toEqual(orders[1]);
  const { order } = beginRun(NETWORK_PRESETS.article.settings, 1, train);
  expect([...order]).toEqual([...train.labels.keys()]);
});

test("the default learns: two epochs lift it far above chance", () => {
  let run = beginRun(DEFAULT_NETWORK, 1, train);
  const steps = 2 * stepsPerEpoch(run);
  while (run.step < steps) run = nextStep(run, train).run;
  expect(evaluate(run.network, heldOut).accuracy).toBeGreaterThan(0.6);
});
