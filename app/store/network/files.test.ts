import { readFileSync } from "node:fs";
import { afterEach, describe, expect, test } from "vitest";
import { DIGITS, decodeDigits, digitsDataset, saveNetwork } from "#engine";
import type { Kind } from "./files.ts";
import { createLearner, type Learner } from "./learner.ts";
import { spawner } from "./testing.ts";

const digits = readFileSync(new URL(`../../../public/${DIGITS.file}`, import.meta.url));
const data = digitsDataset(decodeDigits(new Uint8Array(digits)));

const learners: Learner[] = [];
afterEach(() => {
  for (const learner of learners.splice(0)) learner.dispose();
});

function learnerOf(deaths = 0) {
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  const learner = createLearner({ spawn: spawner(deaths).spawn, data, wait: turn });
  learners.push(learner);
  learner.begin("momentum", 4);
  const now = learner.state.getState;
  const said = (kind: Kind = "network") => learner.files.state.getState()[kind];
  const until = async (condition: () => boolean) => {
    while (!condition()) await turn();
  };
  /** Takes single steps; the losses they had. */
  const steps = async (count: number) => {
    const losses: number[] = [];
    for (let i = 0; i < count; i++) {
      const from = now().run!.step;
      learner.once();
      await until(() => now().run!.step === from + 1);
      losses.push(now().metrics[from]!.loss);
      await turn(); // the answer is in, the stretch is over a turn later
    }
    return losses;
  };
  const saved = () => new File([saveNetwork(learner.files.saved())], "mine.json");
  return { learner, now, said, until, steps, saved };
}

/** Twelve images of 5 × 5 in three classes. */
const rows = Array.from({ length: 12 }, (_, n) => [
  n % 3,
  ...Array.from({ length: 25 }, (_, i) => ((i + n) * (n % 3 === 0 ? 3 : 1)) % 11),
]);
const csv = (table: readonly (readonly unknown[])[] = rows) =>
  new File([table.map((row) => row.join(",")).join("\n")], "letters.csv");

describe("a saved network", () => {
  test("goes on to the same losses, after a rewind and elsewhere", async () => {
    const { learner, now, said, steps, saved } = learnerOf();
    await steps(3);
    learner.setRate(0.02);
    await steps(2);
    const file = saved();
    const before = now();
    const losses = await steps(3);
    learner.goTo(0);
    await learner.files.open([file]);
    expect(said()).toEqual({
      is: "opened",
      sentence: "mine.json: a network after 5 steps over digits.",
    });
    expect(now().run).toEqual(before.run);
    expect(now().metrics).toEqual(before.metrics);
    expect(await steps(3)).toEqual(losses);

    const elsewhere = learnerOf();
    await elsewhere.learner.files.open([file]);
    expect(elsewhere.now().seed).toBe(4);
    expect(await elsewhere.steps(3)).toEqual(losses);
  });

  test("is gone back over, also beyond the step that it was saved at", async () => {
    const { learner, now, until, steps, saved } = learnerOf();
    const losses = await steps(4);
    const file = saved();
    learner.begin("default", 9);
    await learner.files.open([file]);
    learner.goTo(2);
    await until(() => now().run!.step === 2);
    expect(now().last!.metrics.loss).toBe(losses[1]);
    const { metrics, heldOut } = learner.files.saved(); // the run as it stands, not as far as it once went
    expect(metrics.map(({ loss }) => loss)).toEqual(losses.slice(0, 2));
    expect(heldOut.every(({ step }) => step <= 2)).toBe(true);
    expect(await steps(1)).toEqual([losses[2]]);
    learner.goTo(0);
    expect(await steps(1)).toEqual([losses[0]]);
  });

  test("that is none changes nothing, and says why", async () => {
    const { learner, now, said, steps, saved } = learnerOf();
    await steps(2);
    const before = now();
    const text = await saved().text();
    for (const [wrong, says] of [
      [text.slice(0, -5), "mine.json, file: is no JSON, or cut off"],
      [text.replace('"step": 2', '"step": 1'), "mine.json, metrics.loss: a list of 2 does not fit"],
      [
        text.replace('"train": 1437', '"train": 1436'),
        "mine.json, data: the 1797 images of digits",
      ],
      [
        text.replace(/"checksum": \d+/, '"checksum": 1'),
        "mine.json, data: the 1797 images of digits",
      ],
    ] as const) {
      await learner.files.open([new File([wrong], "mine.json")]);
      expect(said()!.is).toBe("refused");
      expect(said()!.sentence).toContain(says);
      expect(said()!.sentence).toMatch(/; accepted: .+\.$/);
    }
    await learner.files.open([new File([text], "a.json"), new File([text], "b.json")]);
    expect(said()!.sentence).toContain("2 files: are too many");
    await learner.files.open([new File([new Uint8Array(21 * 2 ** 20)], "huge.json")]);
    expect(said()!.sentence).toContain("huge.json: has 22020096 bytes");
    for (const key of ["run", "history", "metrics", "collection", "seed"] as const)
      expect(now()[key]).toBe(before[key]);
  });
});

describe("images of one's own", () => {
  test("are trained on, and left again", async () => {
    const { learner, now, said, until, steps } = learnerOf();
    const losses = await steps(2);
    learner.lookAt(700);
    await learner.files.open([csv()]);
    expect(said("images")!.sentence).toBe(
      "letters.csv: 12 images of 5 × 5 in 3 classes, 2 held out; label in the first column, pixels divided by the largest, 10.",
    );
    const { spec } = now().run!.network;
    expect([spec.H, spec.W, spec.classes, now().collection!.train]).toEqual([5, 5, 3, 10]);
    expect(now().sample).toBe(0);
    await steps(3);
    await until(() => now().look?.run === now().run);
    expect(now().look!.evaluated.evaluation.total).toBe(2);
    expect(now().failure).toBeNull();

    learner.files.digits();
    expect(said("images")).toBeNull();
    expect(now().collection!.train).toBe(DIGITS.train);
    expect(await steps(2)).toEqual(losses);
    await until(() => now().look?.run === now().run);
    expect(now().failure).toBeNull();
  });

  test("are sent to a worker that took the place of another", async () => {
    const { learner, steps, now } = learnerOf(1);
    await learner.files.open([csv()]);
    await steps(2);
    expect(now().run!.network.spec.H).toBe(5);
  });

  test("that cannot be used change nothing, and the place is named", async () => {
    const { learner, now, said, steps } = learnerOf();
    await steps(1);
    const { run } = now();
    await learner.files.open([csv(rows.with(3, rows[3]!.with(7, -2)))]);
    expect(said("images")).toEqual({
      is: "refused",
      sentence:
        "letters.csv, row 4, column 8: -2 is no brightness; accepted: numbers from 0 (paper) up.",
    });
    expect(now().run).toBe(run);
  });

  test("come back with a network that was trained on them, while they are known", async () => {
    const { learner, steps, saved, now } = learnerOf();
    await learner.files.open([csv()]);
    await steps(3);
    const file = saved();
    const losses = await steps(2);
    learner.files.digits();
    await learner.files.open([file]);
    expect(now().collection!.name).toBe("letters.csv");
    expect(await steps(2)).toEqual(losses);

    const elsewhere = learnerOf();
    await elsewhere.learner.files.open([file]);
    expect(elsewhere.said()!.sentence).toContain(
      "the 12 images of letters.csv that it was trained on are not here",
    );
    await elsewhere.learner.files.open([csv()]);
    await elsewhere.learner.files.open([file]);
    expect(await elsewhere.steps(2)).toEqual(losses);
  });

  test("of two, the later opened hold", async () => {
    const { learner, now } = learnerOf();
    const first = learner.files.open([csv()]);
    const second = learner.files.open([new File([await csv(rows.slice(1)).text()], "b.csv")]);
    await Promise.all([first, second]);
    expect(now().collection!.name).toBe("b.csv");
  });
});
