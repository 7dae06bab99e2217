import { describe, expect, test } from "vitest";
import {
  body as bodyOf,
  expectMarked,
  holdPrograms,
  languages,
  lastOff,
  named,
} from "../../testing/programs.ts";
import { refusalOf } from "../../testing/refusal.ts";
import { DEFAULT_TRAINING, type Training } from "../../training.ts";
import { motionAfter } from "../../update.ts";
import { type Case, type CaseBack, caseOf, seven, withBack } from "../testing/cases.ts";
import type { LanguageName } from "./languages.ts";
import { sourceOf } from "./program.ts";
import { TORCH_OPTIM } from "./testing/optim.ts";
import { UPDATE_PROGRAMS, updateVariables } from "./update.ts";

const SETS: readonly Partial<Training>[] = [
  {},
  { lr: 0.25, momentum: 0.5, weightDecay: 0.125, lrDecay: 0.5, nesterov: true },
  { momentum: 0, weightDecay: 0.01 },
  { lr: 0.01, momentum: 0 },
  { rule: "numpynet-momentum", lr: 0.001 },
  { rule: "numpynet-nesterov", momentum: 0.5, lrDecay: 0.1 },
];

/** A case before its first update by these settings, or before its third: the gradients stay what they are. */
function trained(it: Case, set: Partial<Training>, updates: number): CaseBack {
  let training: Training = { ...DEFAULT_TRAINING, ...set };
  let made = withBack(it, {}, training);
  for (let i = 0; i < updates; i++) {
    training = { ...training, motion: motionAfter(made.answer.back.update) };
    made = withBack(it, {}, training);
  }
  return made;
}

const cases = named.flatMap(([name, it], i) => {
  const set = SETS[i % SETS.length]!;
  return [0, 2].map(
    (updates) =>
      [`${name}, ${JSON.stringify(set)}, ${updates}`, trained(it, set, updates)] as const,
  );
});

const linesOf = (language: LanguageName, { g, layer, answer }: CaseBack) =>
  UPDATE_PROGRAMS[language].program(g, layer, answer);
const body = (language: LanguageName, it: CaseBack) => bodyOf(linesOf(language, it));

/** The same update with the last weight or the last bias a little off. */
function offAfter(which: "w" | "b") {
  return (it: CaseBack): CaseBack => {
    const { update } = it.answer.back;
    const { after, before } = update[which];
    const wrong = { before, after: { ...after, parameters: lastOff(after.parameters) } };
    const back = { ...it.answer.back, update: { ...update, [which]: wrong } };
    return { ...it, answer: { ...it.answer, back } };
  };
}

holdPrograms({
  cases,
  source: (language, it) => sourceOf(linesOf(language, it)),
  mutants: { W: offAfter("w"), b: offAfter("b") },
  standIn: TORCH_OPTIM,
});

describe("as short as the rule allows", () => {
  test("NumPy: momentum, at first and later", () => {
    const set = { lr: 0.01 };
    expect(body("numpy", trained(seven(), set, 1))).toEqual([
      "lr, mu = 0.01, 0.9",
      "def update(p, g, v):",
      "  v = mu * v + g",
      "  return p - lr * v, v",
      "W, V = update(W, dW, V)",
      "b, Vb = update(b, db, Vb)",
    ]);
    expect(body("numpy", trained(seven(), set, 0)).slice(0, 4)).toEqual([
      "lr = 0.01",
      "def update(p, g):",
      "  v = g",
      "  return p - lr * v, v",
    ]);
  });

  test("PyTorch: its optimizer, and the rules of others by hand", () => {
    const set = { lr: 0.5, weightDecay: 0.25, nesterov: true, lrDecay: 0.1 };
    expect(body("pytorch", trained(seven(), set, 1))).toEqual([
      "W.grad = dW",
      "b.grad = db",
      "optimizer = torch.optim.SGD([W, b], lr=0.45454545454545453, momentum=0.9, weight_decay=0.25, nesterov=True)",
      'optimizer.state[W]["momentum_buffer"] = V',
      'optimizer.state[b]["momentum_buffer"] = Vb',
      "optimizer.step()",
      'V, Vb = optimizer.state[W]["momentum_buffer"], optimizer.state[b]["momentum_buffer"]',
      'optimizer.param_groups[0]["lr"] /= 0.1 * 2 + 1',
    ]);
    const other = trained(seven(), { rule: "numpynet-nesterov", lr: 0.5 }, 0);
    expect(body("pytorch", other)).toEqual(body("numpy", other));
  });

  test("TypeScript: one function of one number", () => {
    expect(body("typescript", trained(seven(), { lr: 0.5, weightDecay: 0.25 }, 1))).toEqual([
      "let lr = 0.5;",
      "const mu = 0.9, decay = 0.25;",
      "function update(p: number, g: number, v: number): [number, number] {",
      "  g = g + decay * p;",
      "  v = mu * v + g;",
      "  return [p - lr * v, v];",
      "}",
      "const newW = W.map((p, i) => update(p, dW[i], V[i]));",
      "const newB = b.map((p, i) => update(p, db[i], Vb[i]));",
    ]);
  });

  test("the variables", () => {
    expect(updateVariables(trained(seven(), { lr: 0.25, lrDecay: 0.25 }, 1).answer)).toBe(
      "t = 2   lr = 0.2",
    );
  });

  test.each(languages)("%s: each moment of a step has its line", (language) => {
    for (const set of SETS)
      expectMarked(linesOf(language, trained(seven(), set, 1)), [
        "gather",
        "multiply",
        "write",
        "bias",
      ]);
  });
});

test.each(languages)("%s: what cannot be written out is refused", (language) => {
  const large = withBack(caseOf({ H: 31, W: 31, C: 18, kH: 31, kW: 31 }));
  expect(refusalOf(() => linesOf(language, large)).field).toBe("W");
  const { g, layer, answer } = seven();
  expect(refusalOf(() => UPDATE_PROGRAMS[language].program(g, layer, answer)).field).toBe("dW");
});
