import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";
import { describe, expect, test } from "vitest";
import { FORWARD, featuresHere, INPUT_GRADIENTS, TIERS, WEIGHT_GRADIENTS } from "#engine";
import type { Case } from "./case.ts";
import { checkFile } from "./check.ts";
import { compare } from "./compare.ts";
import { fixtures } from "./main.ts";
import { OPS } from "./ops.ts";

// As `run.mjs` does: Node 20 has relaxed SIMD behind a flag.
if (!featuresHere().relaxedSimd) setFlagsFromString("--experimental-wasm-relaxed-simd");

interface File {
  format: string;
  cases: Case[];
  valid?: Case[];
}

function fixture(name: string): File {
  return JSON.parse(readFileSync(new URL(`fixtures/${name}`, import.meta.url), "utf8"));
}

/** A file of one of these cases, freely changed. */
function altered(file: File, at: number, change: (one: Writable) => void) {
  const one = structuredClone(file.cases[at]!);
  change(one);
  return JSON.stringify({ ...file, cases: [one], valid: [] });
}

type Writable = { -readonly [K in keyof Case]: Case[K] };

/** Adds `by` to number `at` (from the end, if negative) of a recorded output. */
function add(one: Writable, output: string, at: number, by: (v: number) => number) {
  const data = one.outputs![output]!.data as number[];
  const i = at < 0 ? data.length + at : at;
  data[i] = data[i]! + by(data[i]!);
}

/** What takes a number to the next larger double. */
const ulp = (v: number) => Math.max(Math.abs(v), 2 ** -1022) * Number.EPSILON;

const conv = fixture("conv2d.json");
const specs = fixture("invalid_specs.json");

test.each(fixtures().map((file) => [basename(file), file]))("%s passes", (name, file) => {
  const { lines, failed, passed, skipped } = checkFile(name, readFileSync(file, "utf8"));
  expect(lines.filter((line) => line.startsWith("FAILED"))).toEqual([]);
  expect(failed).toBe(0);
  expect(passed + skipped).toBeGreaterThan(0);
});

test("every algorithm of the engine has its line, with the outputs checked", () => {
  const { lines } = checkFile("conv2d.json", JSON.stringify({ ...conv, cases: [conv.cases[0]] }));
  const outputsOf = (name: string) =>
    lines
      .find((line) => line.startsWith(`conv2d.json: ${name}: 1 case (`))!
      .replace(/.*\((.*)\).*/, "$1")
      .split(", ");
  for (const name of Object.keys(FORWARD)) expect(outputsOf(name)).toContain("y");
  for (const name of Object.keys(INPUT_GRADIENTS))
    expect(outputsOf(name)).toEqual(expect.arrayContaining(["dx", "dxPadded"]));
  for (const name of Object.keys(WEIGHT_GRADIENTS))
    expect(outputsOf(name)).toEqual(expect.arrayContaining(["dw", "db"]));
  for (const tier of Object.keys(TIERS))
    expect(outputsOf(`plan ${tier}`)).toEqual(["y", "dx", "dw", "db"]);
  for (const name of ["plan strict without SIMD", "plan fast without FMA"])
    expect(outputsOf(name)).toEqual(["y", "dx", "dw", "db"]);
});

test("what no algorithm covers is skipped, with its op", () => {
  const cases = ["lstm", "gru", "lstm", "activation"].map((op) => ({ op, attrs: { fn: "swish" } }));
  const { lines, skipped } = checkFile(
    "f",
    JSON.stringify({ format: "conv-oracle/cases-1", cases }),
  );
  expect(skipped).toBe(4);
  expect(lines).toEqual([
    "f: skipped 2 lstm swish",
    "f: skipped 1 gru swish",
    "f: skipped 1 activation swish",
  ]);
});

test("of the shipped files nothing is skipped", () => {
  for (const file of fixtures())
    expect(checkFile("f", readFileSync(file, "utf8")).skipped, file).toBe(0);
});

describe("an altered number fails", () => {
  const dyadic = conv.cases.findIndex((one) => Object.values(one.tolerance!).every((t) => t === 0));
  const real = conv.cases.findIndex((one) => Object.values(one.tolerance!).every((t) => t > 0));

  test.each(Object.keys(conv.cases[0]!.outputs!))(
    "%s by one unit in the last place, exact case",
    (output) => {
      const text = altered(conv, dyadic, (one) => add(one, output, -1, ulp));
      const { failed, lines } = checkFile("f", text);
      expect(failed).toBe(1);
      expect(lines.join("\n")).toContain(`FAILED f: ${conv.cases[dyadic]!.id}: `);
      expect(lines.join("\n")).toContain(`: ${output} number `);
    },
  );

  test.each(["y", "dx", "dw", "db"])("%s by 0.001, case with a tolerance", (output) => {
    const text = altered(conv, real, (one) => add(one, output, 0, () => 1e-3));
    expect(checkFile("f", text).failed).toBe(1);
  });

  test.each([
    ["outH", 1],
    ["outW", 1],
  ])("the recorded %s", (name, by) => {
    const text = altered(conv, 0, (one) => {
      one.attrs = { ...one.attrs, [name]: Number(one.attrs[name]) + by };
    });
    expect(checkFile("f", text).failed).toBe(1);
  });

  const articles = ["seed000_numpynet_layer", "seed001_im2col", "seed004_index_arrays"].map(
    (name) => [name, fixture(`${name}.json`)] as const,
  );
  const outputs = articles.flatMap(([name, file]) =>
    Object.entries(file.cases[0]!.outputs!)
      .filter(([, { data }]) => data !== undefined)
      .map(([output]) => [name, output, file] as const),
  );
  test.each(outputs)("%s: %s", (_name, output, file) => {
    expect(
      checkFile(
        "f",
        altered(file, 0, () => {}),
      ).failed,
    ).toBe(0);
    const text = altered(file, 0, (one) => add(one, output, -1, () => 1e-9));
    expect(checkFile("f", text).failed).toBe(1);
  });

  test.each(["viewShape", "croppedSize", "pads", "updates"])("the layer's %s", (output) => {
    const [[, file]] = articles as [(typeof articles)[number]];
    const text = altered(file, 0, (one) => {
      const outputs = JSON.stringify(one.outputs![output]);
      const wrong = JSON.parse(outputs.replace(/\d+(?=[\]}])/, (n) => String(Number(n) + 1)));
      one.outputs = { ...one.outputs, [output]: wrong };
    });
    expect(checkFile("f", text).failed).toBe(1);
  });
});

test("what was recorded and not compared fails: nothing is left out unseen", () => {
  const text = altered(conv, 0, (one) => {
    one.outputs = { ...one.outputs, dyPadded: one.outputs!.y! };
  });
  const { failed, lines } = checkFile("f", text);
  expect(failed).toBe(1);
  expect(lines.join("\n")).toContain("dyPadded was recorded, but nothing was compared with it");
});

test("a missing or an extra number fails, and another shape", () => {
  const wrong: ((one: Writable) => void)[] = [
    (one) => (one.outputs!.y!.data as number[]).push(0),
    (one) => (one.outputs!.y!.data as number[]).pop(),
    (one) => (one.outputs!.y!.shape as number[]).push(1),
  ];
  for (const change of wrong) expect(checkFile("f", altered(conv, 0, change)).failed).toBe(1);
});

describe("small cases of the ops that no fixture holds", () => {
  const t = (shape: number[], data: number[]) => ({ shape, data });
  const none = { top: 0, bottom: 0, left: 0, right: 0 };
  const square = { stride: [1, 1], dilation: [1, 1], pad: none, groups: 1 };
  const corner = { top: 1, bottom: 0, left: 1, right: 0 };
  const cases: Case[] = [
    {
      op: "convTranspose2d",
      attrs: { ...square, stride: [2, 1], outputPadding: [1, 0], outH: 4, outW: 3 },
      inputs: {
        x: t([1, 1, 2, 2], [1, 2, 3, 4]),
        w: t([1, 1, 1, 2], [10, 1]),
        b: t([1], [100]),
        dy: t([1, 1, 4, 3], [1, 2, 3, 9, 9, 9, 4, 5, 6, 9, 9, 9]),
      },
      outputs: {
        y: t([1, 1, 4, 3], [110, 121, 102, 100, 100, 100, 130, 143, 104, 100, 100, 100]),
        dx: t([1, 1, 2, 2], [12, 23, 45, 56]),
        dw: t([1, 1, 1, 2], [5 + 12 + 20, 2 + 6 + 15 + 24]),
        db: t([1], [75]),
      },
    },
    {
      op: "col2im",
      attrs: { ...square, N: 1, C: 1, H: 1, W: 3, kH: 1, kW: 2 },
      inputs: { im2col: t([2, 2], [1, 2, 3, 4]), unfold: t([1, 2, 2], [1, 3, 2, 4]) },
      outputs: { image: t([1, 1, 1, 3], [1, 5, 4]) },
    },
    {
      op: "pad2d",
      attrs: { mode: "symmetric", value: 0, pad: corner },
      inputs: { x: t([1, 1, 2, 2], [1, 2, 3, 4]) },
      outputs: { y: t([1, 1, 3, 3], [1, 1, 2, 1, 1, 2, 3, 3, 4]) },
    },
    {
      op: "sgd",
      attrs: {
        rule: "darknet",
        lr: 0.5,
        momentum: 0.5,
        steps: 2,
        decay: 0.25,
        lrScale: 1,
        batch: 2,
      },
      inputs: { p0: t([1], [4]), grads: t([2, 1], [2, 1]) },
      // u = −2 − 0.25·2·4 = −4, p = 4 − 1 = 3;  u = −2 − 1 − 0.25·2·3 = −4.5, p = 3 − 1.125
      outputs: { params: t([2, 1], [3, 1.875]), lrUsed: t([2], [0.25, 0.25]) },
    },
    {
      op: "sgd",
      attrs: { count: 1, momentum: 0.5, dampingNumerator: 0.25, weightDecay: 0.5, nesterov: true },
      inputs: {
        lr: t([1], [2]),
        t: t([1], [3]),
        p0: t([1], [2]),
        g0: t([1], [3]),
        v0: t([1], [8]),
      },
      // G = 3 + 0.5·2 = 4, V = 0.5·8 + 0.25·4 = 5, p = 2 − 2·(4 + 0.5·5)
      outputs: { p0: t([1], [-11]), v0: t([1], [5]) },
      tolerance: { p0: 0, v0: 0 },
    },
    {
      op: "pool2d",
      attrs: { ...square, kind: "max", kernel: [2, 2], ceilMode: false, outH: 1, outW: 2 },
      inputs: { x: t([1, 1, 2, 3], [1, 4, 4, 2, 3, 4]), dy: t([1, 1, 1, 2], [10, 1]) },
      outputs: {
        y: t([1, 1, 1, 2], [4, 4]),
        dx: t([1, 1, 2, 3], [0, 11, 0, 0, 0, 0]),
        argmax: t([1, 1, 1, 2], [1, 1]),
      },
    },
    {
      op: "maxPool2d",
      attrs: { ...square, kernel: [1, 2], ceilMode: false, indicesOrder: "column-major" },
      inputs: { x: t([1, 2, 2, 2], [1, 2, 4, 3, 0, 1, 1, 0]) },
      outputs: { y: t([1, 2, 2, 1], [2, 4, 1, 1]), indices: t([1, 2, 2, 1], [2, 1, 6, 5]) },
    },
    {
      op: "avgPool2d",
      attrs: { ...square, kernel: [2, 1], ceilMode: false, countIncludePad: true },
      inputs: { x: t([1, 1, 3, 1], [1, 2, 4]) },
      outputs: { y: t([1, 1, 2, 1], [1.5, 3]) },
    },
    {
      op: "softmax",
      attrs: { axis: 0 },
      inputs: { z: t([2, 1], [7, 7]), dy: t([2, 1], [1, 3]) },
      outputs: { y: t([2, 1], [0.5, 0.5]), dz: t([2, 1], [-0.5, 0.5]) },
    },
    {
      op: "logSoftmax",
      attrs: { axis: 1 },
      inputs: { x: t([1, 2], [0, -2000]) },
      outputs: { y: t([1, 2], [0, -2000]) },
    },
    {
      op: "softmaxCrossEntropy",
      attrs: { reduction: "sum" },
      inputs: { logits: t([1, 2], [0, -2000]), labels: t([1], [1]) },
      outputs: {
        loss: t([], [2000]),
        probs: t([1, 2], [1, 0]),
        logProb: t([1, 2], [0, -2000]),
        dlogits: t([1, 2], [1, -1]),
      },
    },
    {
      op: "linear",
      attrs: { in: 2, out: 1 },
      inputs: {
        x: t([1, 2], [3, 4]),
        w: t([2, 1], [10, 1]),
        b: t([1], [100]),
        dy: t([1, 1], [2]),
      },
      outputs: {
        y: t([1, 1], [134]),
        dx: t([1, 2], [20, 2]),
        dw: t([2, 1], [6, 8]),
        db: t([1], [2]),
      },
    },
    {
      op: "gemm",
      attrs: { alpha: 2, beta: 3, transA: true, transB: false },
      inputs: { a: t([2, 1], [1, 2]), b: t([2, 2], [1, 2, 3, 4]), c: t([], [1]) },
      outputs: { y: t([1, 2], [17, 23]) },
    },
    {
      op: "activation",
      attrs: { fn: "elu", alpha: 2 },
      inputs: { z: t([3], [-800, 0, 3]), dy: t([3], [1, 1, 5]) },
      outputs: { y: t([3], [-2, 0, 3]), dz: t([3], [0, 2, 5]) },
    },
  ];
  const file = { format: "conv-oracle/cases-1", cases };
  const each = cases.flatMap(({ op, outputs }, at) =>
    Object.keys(outputs!).map((output) => [op, output, at] as const),
  );
  test.each(each)("%s: %s is right, and wrong when altered", (_op, output, at) => {
    expect(
      checkFile(
        "f",
        altered(file, at, () => {}),
      ).lines.join(),
    ).not.toContain("FAILED");
    const text = altered(file, at, (one) => add(one, output, -1, ulp));
    expect(checkFile("f", text).failed).toBe(1);
  });
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
  const covered = ({ op }: Case) => Object.hasOwn(OPS, op);

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
    writeFileSync(
      wrong,
      altered(conv, 0, (one) => add(one, "y", 0, () => 1e-3)),
    );
    expect(run(wrong)).toEqual({ status: 1, last: "0 passed, 1 failed, 0 skipped" });
    const right = fileURLToPath(new URL("fixtures/seed001_im2col.json", import.meta.url));
    expect(run(right, wrong)).toEqual({ status: 1, last: "9 passed, 1 failed, 0 skipped" });
    expect(run(right)).toEqual({ status: 0, last: "9 passed, 0 failed, 0 skipped" });
    expect(run(join(folder, "absent.json")).status).toBe(1);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
