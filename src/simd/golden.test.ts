import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { checkLayer, type Layer } from "../layer.ts";
import type { PadMode, Sides } from "../padding.ts";
import { type ConvSpec, DEFAULTS } from "../spec.ts";
import { tensor } from "../tensor.ts";
import { planOf } from "./plan.ts";
import { allFeatures, firstDifference, forward32, inputGradient32, runAll } from "./testing.ts";

// The recorded layers, once more: conformance holds the plans against the recorded numbers, this against the bits of the
// float32 loop.

interface Numbers {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

interface Case {
  readonly id: string;
  readonly op: string;
  readonly attrs: Pick<ConvSpec, "N" | "C" | "H" | "W" | "F" | "kH" | "kW"> & {
    readonly stride: readonly [number, number];
    readonly dilation: readonly [number, number];
    readonly pad: Readonly<Record<"top" | "right" | "bottom" | "left", number>>;
    readonly padMode: PadMode;
    readonly groups: number;
  };
  readonly inputs: Readonly<Record<"x" | "w" | "b" | "dy", Numbers>>;
}

const FILE = new URL("../../conformance/fixtures/conv2d.json", import.meta.url);
const cases: readonly Case[] = JSON.parse(readFileSync(FILE, "utf8")).cases;
const convs = cases.filter(({ op, inputs }) => op === "conv2d" && inputs.dy !== undefined);

function layerOf({ attrs, inputs }: Case): Layer {
  const { N, C, H, W, F, kH, kW, stride, dilation, padMode, groups } = attrs;
  const { top, right, bottom, left } = attrs.pad;
  const padding: Sides = [top, right, bottom, left];
  const of = ({ shape, data }: Numbers) => tensor(shape, data);
  return {
    spec: { ...DEFAULTS, N, C, H, W, F, kH, kW, stride, dilation, padding, padMode, groups },
    x: of(inputs.x),
    w: of(inputs.w),
    b: of(inputs.b),
  };
}

test("there are recorded layers", () => {
  expect(convs.length).toBeGreaterThan(50);
});

describe.each([
  ["SIMD", allFeatures()],
  ["without SIMD", { simd: false, relaxedSimd: false }],
])("strict, %s: bit for bit the float32 loop", (_name, features) => {
  test.each(convs.map((one) => [one.id, one] as const))("%s", (_id, one) => {
    const layer = layerOf(one);
    const g = checkLayer(layer);
    const delta = tensor(one.inputs.dy.shape, one.inputs.dy.data);
    const plan = runAll(planOf(g, "strict", { features }), layer, delta);
    expect(firstDifference(plan.z, forward32(g, layer))).toBeNull();
    expect(firstDifference(plan.dx, inputGradient32(g, layer.w, delta))).toBeNull();
  });
});
