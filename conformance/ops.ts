import {
  type ActivationChoice,
  type ActivationName,
  activate,
  checkGradient,
  checkLayer,
  checkSpec,
  DEFAULTS,
  deltaOf,
  FORWARD,
  type Geometry,
  geometryOf,
  INPUT_GRADIENTS,
  type Layer,
  padInput,
  type Tensor,
  tensor,
  WEIGHT_GRADIENTS,
} from "#engine";
import { type Comparison, compare } from "./compare.ts";
import type { Case, Numbers } from "./format.ts";

/** How the engine is asked about an op. */
interface Op {
  /** Compares all that the engine can make of a case; an empty list: nothing of it yet. */
  readonly compare?: (recorded: Case) => Comparison[];
  /** The output shape of a legal case; throws the engine's refusal of an illegal one. */
  readonly outShape?: (asked: Case) => readonly number[];
}

/** Every op that the engine can be held to. Cases of other ops are skipped, and counted so. */
export const OPS: Readonly<Record<string, Op>> = {
  conv2d: { compare: compareConv, outShape: (asked) => layerAsked(asked).shapes.Y },
  conv2dBackward: { outShape: gradientShape },
  activation: { compare: compareActivation },
  shape: { compare: compareShapes },
};

/** Collects the comparisons of one case, each only if the case recorded that output. */
function comparer({ outputs = {}, tolerance = {} }: Case) {
  const done: Comparison[] = [];
  return {
    done,
    add(algorithm: string, output: string, found: Tensor): void {
      const expected = outputs[output];
      if (expected) done.push(compare(algorithm, output, expected, found, tolerance[output] ?? 0));
    },
  };
}

function tensorOf(name: string, { shape, data }: Partial<Numbers> = {}): Tensor {
  return tensor(shape ?? [], data, name);
}

/** An attribute that is absent stays absent: the engine must refuse it. */
function specOf(attrs: Case["attrs"]): Record<string, unknown> {
  const { pad, ...rest } = attrs;
  return { ...rest, padding: paddingOf(pad), flip: false, activation: DEFAULTS.activation };
}

function paddingOf(pad: unknown): unknown {
  if (typeof pad !== "object" || pad === null) return pad;
  const { top, right, bottom, left } = pad as Record<string, unknown>;
  return [top, right, bottom, left];
}

/** A layer from tensors alone: its sizes are read off their shapes, right or wrong. */
function layerOf(attrs: Case["attrs"], x: Tensor, w: Tensor, b: Tensor | undefined): Layer {
  const [N, C, H, W] = x.shape;
  const [F, , kH, kW] = w.shape;
  const spec = { ...specOf(attrs), N, C, H, W, F, kH, kW } as unknown as Layer["spec"];
  return { spec, x, w, b: b ?? tensor([F ?? 0]) };
}

/** The geometry of a spec that may be illegal, given by attributes or by tensors. */
function layerAsked({ attrs, tensors }: Case): Geometry {
  if (!tensors) return geometryOf(checkSpec(specOf(attrs)));
  const { x, w, b } = tensors;
  return checkLayer(layerOf(attrs, tensorOf("X", x), tensorOf("W", w), b && tensorOf("b", b)));
}

function gradientShape(asked: Case): readonly number[] {
  const g = layerAsked(asked);
  checkGradient(g, tensorOf("∂L/∂Y", asked.tensors?.dy));
  return g.shapes.X;
}

function compareConv(recorded: Case): Comparison[] {
  const { attrs, inputs = {} } = recorded;
  const { x, w, b, dy } = inputs;
  const layer = layerOf(attrs, tensorOf("X", x), tensorOf("W", w), b && tensorOf("b", b));
  const g = checkLayer(layer);
  const { done, add } = comparer(recorded);
  done.push(...compareSizes("geometry", attrs, sizesOf(g)));
  add("padInput", "xPadded", padInput(g, layer.x));
  for (const [name, { run }] of Object.entries(FORWARD)) add(name, "y", run(g, layer));
  if (!dy) return done;
  const delta = tensorOf("dy", dy);
  checkGradient(g, delta);
  for (const [name, { run, padded }] of Object.entries(INPUT_GRADIENTS)) {
    add(name, "dx", run(g, layer, delta));
    add(name, "dxPadded", padded(g, layer, delta));
  }
  for (const [name, { run }] of Object.entries(WEIGHT_GRADIENTS)) {
    const { dw, db } = run(g, layer, delta);
    add(name, "dw", dw);
    add(name, "db", db);
  }
  return done;
}

function sizesOf(g: Geometry): Record<string, readonly number[]> {
  return {
    outH: [g.rows.out],
    outW: [g.columns.out],
    uncovered: [g.rows.remainder, g.columns.remainder],
  };
}

/** Compares whole numbers that stand among the attributes, where they do. */
function compareSizes(
  algorithm: string,
  recorded: Readonly<Record<string, unknown>>,
  sizes: Record<string, readonly number[]>,
): Comparison[] {
  return Object.entries(sizes)
    .filter(([name]) => recorded[name] !== undefined)
    .map(([name, found]) => {
      const data = [recorded[name]].flat() as number[];
      const list = { shape: [data.length], data };
      return compare(algorithm, name, list, { shape: [found.length], data: found }, 0);
    });
}

/** The engine's names for the recorded functions. */
const FUNCTIONS: Readonly<Record<string, ActivationName>> = {
  linear: "linear",
  relu: "relu",
  leaky_relu: "leaky-relu",
  sigmoid: "sigmoid",
  tanh: "tanh",
};

function compareActivation(recorded: Case): Comparison[] {
  const { fn, alpha = 0 } = recorded.attrs;
  const name = Object.hasOwn(FUNCTIONS, String(fn)) ? FUNCTIONS[String(fn)] : undefined;
  if (name === undefined) return [];
  const choice: ActivationChoice = { name, alpha: alpha as number };
  const { x, z = x, dy } = recorded.inputs ?? {};
  const before = tensorOf("Z", z);
  const { done, add } = comparer(recorded);
  add(name, "y", activate(choice, before));
  if (dy) add(name, "dz", deltaOf(choice, before, tensorOf("dy", dy)));
  return done;
}

/** One row of a shape case: one axis and what follows from it. */
type AxisRow = Readonly<Record<"n" | "k" | "s" | "d" | "p0" | "p1", number>> &
  Readonly<Record<string, unknown>>;

/** Each recorded axis is asked as rows and again as columns, beside an axis of 1. */
function compareShapes({ attrs }: Case): Comparison[] {
  return (attrs.rows as AxisRow[]).flatMap((row) =>
    (["rows", "columns"] as const).flatMap((axis) =>
      compareSizes(axis, row, { ...explicitPadding(axis, row), ...samePadding(axis, row) }),
    ),
  );
}

function axisOf(axis: "rows" | "columns", { n, k, s, d }: AxisRow, padding: unknown) {
  const sizes =
    axis === "rows"
      ? { H: n, kH: k, W: 1, kW: 1, stride: [s, 1], dilation: [d, 1] }
      : { W: n, kW: k, H: 1, kH: 1, stride: [1, s], dilation: [1, d] };
  return geometryOf(checkSpec({ ...DEFAULTS, N: 1, C: 1, F: 1, ...sizes, padding }))[axis];
}

function explicitPadding(axis: "rows" | "columns", row: AxisRow) {
  const { p0, p1 } = row;
  const a = axisOf(axis, row, axis === "rows" ? [p0, 0, p1, 0] : [0, p1, 0, p0]);
  return {
    out: [a.out],
    padded: [a.padded],
    effKernel: [a.effective],
    uncovered: [a.remainder],
  };
}

function samePadding(axis: "rows" | "columns", row: AxisRow) {
  const a = axisOf(axis, row, "same");
  return { sameOut: [a.out], sameUpper: [a.before, a.after] };
}
