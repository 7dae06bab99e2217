import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ConvError } from "./errors.ts";
import { type ConvSpec, checkSpec, DEFAULTS } from "./spec.ts";
import { refusalOf } from "./testing/refusal.ts";
import { specs } from "./testing/specs.ts";

const SPEC: ConvSpec = {
  N: 2,
  C: 4,
  H: 7,
  W: 6,
  F: 6,
  kH: 3,
  kW: 2,
  stride: [2, 1],
  dilation: [1, 2],
  padding: [1, 0, 2, 3],
  padMode: "reflect",
  groups: 2,
  flip: true,
  activation: { name: "leaky-relu", alpha: 0.1 },
};

const refusal = (value: unknown) => refusalOf(() => checkSpec(value));

test("a legal spec comes back as it was asked, nothing filled in", () => {
  fc.assert(
    fc.property(specs, (spec) => {
      const before = structuredClone(spec);
      expect(checkSpec(spec)).toEqual(before);
      expect(spec).toEqual(before);
    }),
  );
});

test("what does not belong to a spec is left behind", () => {
  expect(checkSpec({ ...SPEC, lens: "rotate" })).toEqual(SPEC);
});

describe("every field: a value that is not one is refused under its name", () => {
  const sizes = ["N", "C", "H", "W", "F", "kH", "kW", "groups"];
  const pairs = ["stride", "dilation"];
  const notWhole = [undefined, null, "3", 1.5, Number.NaN, Number.POSITIVE_INFINITY, -1, 2 ** 31];
  const notPositive = [...notWhole, 0];

  type Wrong = [field: string, change: object];
  const wrong: Wrong[] = [
    ...sizes.flatMap((name) => notPositive.map((v): Wrong => [name, { [name]: v }])),
    ...pairs.flatMap((name) =>
      notPositive.flatMap((v): Wrong[] => [
        [`${name}.vertical`, { [name]: [v, 1] }],
        [`${name}.horizontal`, { [name]: [1, v] }],
      ]),
    ),
    ...pairs.flatMap((name) =>
      [undefined, null, 1, "1,1", [], [1], [1, 1, 1], {}].map((v): Wrong => [name, { [name]: v }]),
    ),
    ...notWhole.flatMap((v): Wrong[] => [
      ["padding.top", { padding: [v, 0, 0, 0] }],
      ["padding.right", { padding: [0, v, 0, 0] }],
      ["padding.bottom", { padding: [0, 0, v, 0] }],
      ["padding.left", { padding: [0, 0, 0, v] }],
    ]),
    ...[undefined, null, "Same", "constructor", -1, 0.5, [], [1, 1], [0, 0, 0, 0, 0], {}].map(
      (v): Wrong => ["padding", { padding: v }],
    ),
    ...[undefined, null, "Zeros", "toString", 0].map((v): Wrong => ["padMode", { padMode: v }]),
    ...[undefined, null, 1, "false"].map((v): Wrong => ["flip", { flip: v }]),
    ...[undefined, null, "relu", 1].map((v): Wrong => ["activation", { activation: v }]),
    ...["Relu", undefined, "valueOf"].map(
      (name): Wrong => ["activation", { activation: { name, alpha: 0 } }],
    ),
    ...[undefined, "0.1", Number.NaN].map(
      (alpha): Wrong => ["activation.alpha", { activation: { name: "relu", alpha } }],
    ),
  ];

  test.each(wrong)("%s: %j", (field, change) => {
    const { field: named, reason, accepted, message } = refusal({ ...SPEC, ...change });
    expect(named).toBe(field);
    expect(message).toBe(`${field}: ${reason}; accepted: ${accepted}.`);
    expect(message).not.toMatch(/undefined|\[object/);
  });

  test.each([undefined, null, 3, "spec"])("no spec at all: %s", (value) => {
    expect(refusal(value).field).toBe("spec");
  });
});

describe("fields that do not fit one another", () => {
  test.each<[string, Partial<ConvSpec>, string, RegExp]>([
    ["groups that do not divide C", { C: 3, groups: 2 }, "groups", /does not divide C = 3/],
    ["groups that do not divide F", { F: 5, groups: 2 }, "groups", /does not divide F = 5/],
    ["a kernel taller than the padded input", { kH: 11 }, "kH", /reaches 11 rows.*only 10/],
    ["a kernel wider than the padded input", { kW: 6 }, "kW", /11 columns \(6 with dilation 2\)/],
    ["reflect above", { padding: [7, 0, 0, 0] }, "padding.top", /7 is more than reflect/],
    ["reflect below", { padding: [0, 0, 7, 0] }, "padding.bottom", /here 6/],
    ["reflect left", { padding: [0, 0, 0, 6] }, "padding.left", /here 5/],
    ["reflect right", { padding: [0, 6, 0, 0] }, "padding.right", /here 5/],
    ["circular", { padMode: "circular", padding: [0, 0, 8, 0] }, "padding.bottom", /here 7/],
    ["too large an input", { H: 50_000, W: 50_000 }, "X", /too large/],
    ["too large a kernel", { C: 2 ** 20, F: 2 ** 20, groups: 1 }, "W", /too large/],
    ["too wide a reach", { kH: 2 ** 20, dilation: [2 ** 20, 1], padding: "full" }, "kH", /reaches/],
    [
      "too many rows",
      { padMode: "zeros", padding: [2 ** 31 - 1, 0, 0, 0] },
      "padding.top",
      /makes 2147483654 rows/,
    ],
    [
      "too many columns",
      { padMode: "zeros", padding: [0, 2 ** 31 - 1, 0, 0] },
      "padding.left",
      /makes 2147483653 columns/,
    ],
    [
      "too large a ring",
      { padMode: "zeros", padding: 40_000, stride: [30_000, 30_000] },
      "X padded",
      /too large/,
    ],
    ["too large an output", { C: 2, F: 2 ** 28, groups: 2, kH: 1, kW: 1 }, "Y", /too large/],
  ])("%s", (_what, change, field, words) => {
    const { field: named, message } = refusal({ ...SPEC, ...change });
    expect(named).toBe(field);
    expect(message).toMatch(words);
  });

  test.each<[string, Partial<ConvSpec>]>([
    ["a stride that does not divide", { stride: [4, 4] }],
    ["a stride larger than the input", { stride: [50, 50] }],
    ["a kernel exactly as tall as the padded input", { kH: 10 }],
    ["reflect up to the input length − 1", { padding: [6, 5, 6, 5] }],
    ["circular up to the input length", { padMode: "circular", padding: [7, 6, 7, 6] }],
    ["replicate without limit", { padMode: "replicate", padding: 40 }],
    ["reflect without padding, on one row", { H: 1, kH: 1, padding: 0 }],
    ["a dilation that a kernel of 1 does not feel", { kH: 1, kW: 1, dilation: [99, 99] }],
    ["one group a channel", { C: 6, groups: 6 }],
  ])("legal: %s", (_what, change) => {
    expect(checkSpec({ ...SPEC, ...change })).toEqual({ ...SPEC, ...change });
  });
});

test("whatever comes, it is accepted or refused by a ConvError", () => {
  const field = fc.constantFrom(...Object.keys(SPEC));
  fc.assert(
    fc.property(field, fc.anything(), fc.boolean(), (name, junk, whole) => {
      const value = whole ? junk : { ...SPEC, [name]: junk };
      try {
        checkSpec(value);
      } catch (error) {
        expect(error).toBeInstanceOf(ConvError);
      }
    }),
    { numRuns: 1000 },
  );
});

test("the defaults are legal", () => {
  const sizes = { N: 1, C: 1, H: 3, W: 4, F: 1, kH: 2, kW: 3 };
  expect(checkSpec({ ...DEFAULTS, ...sizes })).toEqual({ ...DEFAULTS, ...sizes });
});
