import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { FORWARD, INPUT_GRADIENTS, WEIGHT_GRADIENTS } from "#engine";
import { checkFile } from "./check.ts";
import { compare } from "./compare.ts";
import type { Case } from "./format.ts";
import { fixtures } from "./main.ts";

interface File {
  format: string;
  cases: Case[];
  valid?: Case[];
}

function fixture(name: string): File {
  return JSON.parse(readFileSync(new URL(`fixtures/${name}`, import.meta.url), "utf8"));
}

/** A deep copy, freely changed. */
function altered(file: File, change: (cases: { -readonly [K in keyof Case]: Case[K] }[]) => void) {
  const copy = structuredClone(file);
  change(copy.cases);
  return JSON.stringify(copy);
}

const conv = fixture("conv2d.json");
const specs = fixture("invalid_specs.json");

test.each(fixtures().map((file) => [basename(file), file]))("%s passes", (name, file) => {
  const { lines, failed, passed, skipped } = checkFile(name, readFileSync(file, "utf8"));
  expect(lines.filter((line) => line.startsWith("FAILED"))).toEqual([]);
  expect(failed).toBe(0);
  expect(passed + skipped).toBeGreaterThan(0);
});

test("every algorithm of the engine has its line, with the outputs checked", () => {
  const { lines } = checkFile("conv2d.json", JSON.stringify(conv));
  const line = (name: string, outputs: string) =>
    expect.stringMatching(
      new RegExp(`^conv2d.json: ${name}: \\d+ cases \\(${outputs}\\), largest error`),
    );
  for (const name of Object.keys(FORWARD)) expect(lines).toContainEqual(line(name, "y.*"));
  for (const name of Object.keys(INPUT_GRADIENTS)) expect(lines).toContainEqual(line(name, "dx.*"));
  for (const name of Object.keys(WEIGHT_GRADIENTS))
    expect(lines).toContainEqual(line(name, ".*dw, db"));
});

test("what no algorithm covers is skipped, with its op", () => {
  const { lines, skipped } = checkFile("invalid_specs.json", JSON.stringify(specs));
  const pools = [...specs.cases, ...specs.valid!].filter(({ op }) => op === "pool2d").length;
  expect(lines).toContain(`invalid_specs.json: skipped ${pools} pool2d`);
  expect(skipped).toBeGreaterThan(pools);
});

describe("an altered number fails", () => {
  const dyadic = conv.cases.findIndex((one) => Object.values(one.tolerance!).every((t) => t === 0));
  const real = conv.cases.findIndex((one) => Object.values(one.tolerance!).every((t) => t > 0));
  const nextDouble = (v: number) => v + Math.max(Math.abs(v), 2 ** -1022) * Number.EPSILON;

  test.each(["y", "dx", "dw", "db", "xPadded"])(
    "%s by one unit in the last place, exact case",
    (output) => {
      const text = altered(conv, (cases) => {
        const data = cases[dyadic]!.outputs![output]!.data as number[];
        data[data.length - 1] = nextDouble(data.at(-1)!);
      });
      const { failed, lines } = checkFile("f", text);
      expect(failed).toBe(1);
      expect(lines.join("\n")).toContain(`FAILED f: ${conv.cases[dyadic]!.id}: `);
      expect(lines.join("\n")).toContain(`: ${output} number `);
    },
  );

  test.each(["y", "dx", "dw", "db"])("%s by 0.001, case with a tolerance", (output) => {
    const text = altered(conv, (cases) => {
      const data = cases[real]!.outputs![output]!.data as number[];
      data[0] = data[0]! + 1e-3;
    });
    expect(checkFile("f", text).failed).toBe(1);
  });

  test.each([
    ["outH", 1],
    ["outW", 1],
  ])("the recorded %s", (name, by) => {
    const text = altered(conv, (cases) => {
      const { attrs } = cases[0]!;
      cases[0]!.attrs = { ...attrs, [name]: Number(attrs[name]) + by };
    });
    expect(checkFile("f", text).failed).toBe(1);
  });
});

test("a missing or an extra number fails, and another shape", () => {
  const add = (data: number[]) => data.push(0);
  const drop = (data: number[]) => data.pop();
  for (const change of [add, drop])
    expect(
      checkFile(
        "f",
        altered(conv, (cases) => change(cases[0]!.outputs!.y!.data as number[])),
      ).failed,
    ).toBe(1);
  const reshaped = altered(conv, (cases) => (cases[0]!.outputs!.y!.shape as number[]).push(1));
  expect(checkFile("f", reshaped).failed).toBe(1);
});

describe("compare", () => {
  const one = (want: number, have: number, tolerance: number) =>
    compare("a", "y", { shape: [1], data: [want] }, { shape: [1], data: [have] }, tolerance);

  test.each([
    [1, 1, 0, true],
    [0, -0, 0, true],
    [1, 1 + Number.EPSILON, 0, false],
    [1, 1.5, 0.5, true],
    [1, 1.5, 0.49, false],
    [1, Number.NaN, Number.POSITIVE_INFINITY, false],
    [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 0, true],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1, false],
  ])("expected %d, found %d, tolerance %d: %s", (want, have, tolerance, right) => {
    expect(one(want, have, tolerance).fault === null).toBe(right);
  });

  test("says the largest error, and a NaN is larger than all", () => {
    const expected = { shape: [3], data: [1, 2, 3] };
    expect(compare("a", "y", expected, { shape: [3], data: [1, 2.5, 3.25] }, 1).error).toBe(0.5);
    expect(
      compare("a", "y", expected, { shape: [3], data: [Number.NaN, 2, 3] }, 1).error,
    ).toBeNaN();
  });
});

describe("legality", () => {
  const covered = ({ op }: Case) => op === "conv2d" || op === "conv2dBackward";

  test("an illegal spec that should be accepted fails", () => {
    const wrong = specs.cases.filter(covered).map((one) => ({ ...one, mustRefuse: false }));
    const { failed } = checkFile("f", JSON.stringify({ ...specs, cases: wrong, valid: [] }));
    expect(failed).toBe(wrong.length);
  });

  test("a legal spec that should be refused fails", () => {
    const wrong = specs.valid!.filter(covered).map((one) => ({ ...one, mustRefuse: true }));
    const { failed } = checkFile("f", JSON.stringify({ ...specs, cases: wrong, valid: [] }));
    expect(failed).toBe(wrong.length);
  });

  test("a legal spec with another output shape fails", () => {
    const [legal] = specs.valid!.filter(covered);
    const wrong = { ...legal, outShape: [...legal!.outShape!.slice(0, 3), 99] };
    const text = JSON.stringify({ ...specs, cases: [], valid: [wrong] });
    expect(checkFile("f", text).lines[1]).toContain("99");
  });

  test("a crash is not a refusal", () => {
    const crash = { ...specs.cases.find(covered), attrs: null, tensors: undefined };
    const { failed } = checkFile("f", JSON.stringify({ ...specs, cases: [crash], valid: [] }));
    expect(failed).toBe(1);
  });

  test("numbers that JSON cannot write reach the engine", () => {
    const [legal] = specs.valid!.filter(covered);
    const wrong = { ...legal, attrs: { ...legal!.attrs, N: { $num: "NaN" } } };
    const { lines } = checkFile("f", JSON.stringify({ ...specs, cases: [], valid: [wrong] }));
    expect(lines.join("\n")).toContain("N: NaN is not a whole number");
  });
});

test.each([
  ["an unknown format", '{"format":"conv-oracle/cases-2","cases":[]}', "cases-2"],
  ["no format", '{"cases":[]}', "(none)"],
  ["a format of the language", '{"format":"constructor","cases":[]}', "constructor"],
  ["no JSON", "cases", "JSON"],
  ["no object", "3", "no object"],
])("%s fails with one sentence", (_what, text, word) => {
  const { lines, failed } = checkFile("f", text);
  expect(failed).toBe(1);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain(word);
});

test("the command ends with the total alone, and its exit status tells a failure", () => {
  const run = (...files: string[]) => {
    const script = fileURLToPath(new URL("run.mjs", import.meta.url));
    const { status, stdout } = spawnSync(process.execPath, [script, ...files], {
      encoding: "utf8",
    });
    return { status, last: stdout.trimEnd().split("\n").at(-1) };
  };
  const folder = mkdtempSync(join(tmpdir(), "conformance-"));
  try {
    const wrong = join(folder, "wrong.json");
    const text = altered(conv, (cases) => {
      const data = cases[0]!.outputs!.y!.data as number[];
      data[0] = data[0]! + 1e-3;
    });
    writeFileSync(wrong, text);
    const all = conv.cases.length;
    expect(run(wrong)).toEqual({ status: 1, last: `${all - 1} passed, 1 failed, 0 skipped` });
    const right = fileURLToPath(new URL("fixtures/conv2d.json", import.meta.url));
    expect(run(right)).toEqual({ status: 0, last: `${all} passed, 0 failed, 0 skipped` });
    expect(run(join(folder, "absent.json")).status).toBe(1);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
