import { ACTIVATIONS, type ActivationChoice } from "./activation.ts";
import { effectiveLength, outputLength } from "./axis.ts";
import { ConvError, keyOf, shown } from "./errors.ts";
import {
  checkPadMode,
  PAD_MODES,
  PADDING_WORDS,
  type Padding,
  type PadMode,
  paddingOf,
  type Sides,
} from "./padding.ts";
import { MOST_CELLS } from "./tensor.ts";

export type Pair = readonly [vertical: number, horizontal: number];

/** What was asked of a layer, as it was asked: `same` stays `same`. All that follows is in the geometry. */
export interface ConvSpec {
  readonly N: number;
  readonly C: number;
  readonly H: number;
  readonly W: number;
  readonly F: number;
  readonly kH: number;
  readonly kW: number;
  readonly stride: Pair;
  readonly dilation: Pair;
  readonly padding: Padding;
  readonly padMode: PadMode;
  readonly groups: number;
  /** true: true convolution (kernel turned by 180°); false: cross-correlation, as libraries have it. */
  readonly flip: boolean;
  readonly activation: ActivationChoice;
}

/** What a layer is when nothing else is said. Sizes have no default. */
export const DEFAULTS = {
  stride: [1, 1],
  dilation: [1, 1],
  padding: 0,
  padMode: "zeros",
  groups: 1,
  flip: false,
  activation: { name: "linear", alpha: 0 },
} as const satisfies Partial<ConvSpec>;

/** Whole numbers a field may hold. */
export function whole(field: string, value: unknown, least: number): number {
  const accepted = `a whole number from ${least} to ${MOST_CELLS}`;
  if (value === undefined) throw new ConvError(field, "is missing", accepted);
  if (typeof value !== "number")
    throw new ConvError(field, `${shown(value)} is not a number`, accepted);
  if (!Number.isInteger(value))
    throw new ConvError(field, `${value} is not a whole number`, accepted);
  if (value < least) throw new ConvError(field, `${value} is too small`, accepted);
  if (value > MOST_CELLS) throw new ConvError(field, `${value} is too large`, accepted);
  return value;
}

/** Two whole numbers from 1, vertical first. */
export function pair(field: string, value: unknown): Pair {
  if (!Array.isArray(value) || value.length !== 2)
    throw new ConvError(
      field,
      value === undefined ? "is missing" : `${shown(value)} is not a pair`,
      "two numbers, vertical and horizontal",
    );
  return [whole(`${field}.vertical`, value[0], 1), whole(`${field}.horizontal`, value[1], 1)];
}

const SIDES = ["top", "right", "bottom", "left"] as const;

function padding(value: unknown): Padding {
  if (typeof value === "string") return keyOf("padding", PADDING_WORDS, value);
  if (typeof value === "number") return whole("padding", value, 0);
  if (!Array.isArray(value) || value.length !== 4)
    throw new ConvError(
      "padding",
      value === undefined ? "is missing" : `${shown(value)} is not a padding`,
      `a number, ${Object.keys(PADDING_WORDS).join(", ")}, or four numbers (${SIDES.join(", ")})`,
    );
  const [top, right, bottom, left] = SIDES.map((side, i) =>
    whole(`padding.${side}`, value[i], 0),
  ) as unknown as Sides;
  return [top, right, bottom, left];
}

function activation(value: unknown): ActivationChoice {
  if (typeof value !== "object" || value === null)
    throw new ConvError(
      "activation",
      `${shown(value)} is not an activation`,
      "a name and an alpha",
    );
  const { name, alpha } = value as Record<string, unknown>;
  if (typeof alpha !== "number" || !Number.isFinite(alpha))
    throw new ConvError("activation.alpha", `${shown(alpha)} is not a number`, "a finite number");
  return { name: keyOf("activation", ACTIVATIONS, name), alpha };
}

function cells(field: string, ...shape: number[]): void {
  const size = shape.reduce((a, b) => a * b, 1);
  if (size > MOST_CELLS)
    throw new ConvError(
      field,
      `${shape.join(" × ")} is too large (${size.toPrecision(3)} cells)`,
      `up to ${MOST_CELLS} cells`,
    );
}

/** Sizes of one axis, its padding resolved; refuses a kernel that does not fit. */
function axisSizes(
  which: "rows" | "columns",
  n: number,
  k: number,
  stride: number,
  dilation: number,
  spec: { readonly padding: Padding; readonly padMode: PadMode },
) {
  const effective = effectiveLength(k, dilation);
  const sides = which === "rows" ? (["top", "bottom"] as const) : (["left", "right"] as const);
  const size = which === "rows" ? "kH" : "kW";
  if (effective > MOST_CELLS)
    throw new ConvError(
      size,
      `a kernel of ${k} with dilation ${dilation} reaches ${effective} ${which}`,
      `a reach of up to ${MOST_CELLS}`,
    );
  const [before, after] = paddingOf(spec.padding, which, { n, effective, stride });
  checkPadMode(spec.padMode, n, [before, after], sides);
  const padded = n + before + after;
  if (padded > MOST_CELLS)
    throw new ConvError(
      `padding.${sides[0]}`,
      `makes ${padded} ${which}`,
      `up to ${MOST_CELLS} ${which}`,
    );
  if (effective > padded) {
    const reach = dilation > 1 ? ` (${k} with dilation ${dilation})` : "";
    throw new ConvError(
      size,
      `the kernel reaches ${effective} ${which}${reach}, but the padded input has only ${padded}`,
      `a smaller kernel${dilation > 1 ? " or dilation" : ""}, or ${effective - padded} more ${which} of input or padding`,
    );
  }
  return {
    n,
    k,
    stride,
    dilation,
    before,
    after,
    out: outputLength(padded, effective, stride),
    padded,
  };
}

/** The sizes of both axes of a checked spec: what `geometryOf` builds on. */
export function axesOf(spec: ConvSpec) {
  return {
    rows: axisSizes("rows", spec.H, spec.kH, spec.stride[0], spec.dilation[0], spec),
    columns: axisSizes("columns", spec.W, spec.kW, spec.stride[1], spec.dilation[1], spec),
  };
}

/**
 * The spec in `value`, whatever it is: from a link, a message, a file.
 * Nothing is filled in and nothing is converted: "3" is not 3, a missing stride is missing.
 * @throws ConvError naming the field, why, and what is accepted.
 */
export function checkSpec(value: unknown): ConvSpec {
  if (typeof value !== "object" || value === null)
    throw new ConvError("spec", `${shown(value)} is not a layer`, "an object with the sizes");
  const asked = value as Record<string, unknown>;
  const spec: ConvSpec = {
    N: whole("N", asked.N, 1),
    C: whole("C", asked.C, 1),
    H: whole("H", asked.H, 1),
    W: whole("W", asked.W, 1),
    F: whole("F", asked.F, 1),
    kH: whole("kH", asked.kH, 1),
    kW: whole("kW", asked.kW, 1),
    stride: pair("stride", asked.stride),
    dilation: pair("dilation", asked.dilation),
    padding: padding(asked.padding),
    padMode: keyOf("padMode", PAD_MODES, asked.padMode),
    groups: whole("groups", asked.groups, 1),
    flip: asked.flip === true,
    activation: activation(asked.activation),
  };
  if (typeof asked.flip !== "boolean")
    throw new ConvError("flip", `${shown(asked.flip)} is neither`, "true or false");
  const { N, C, H, W, F, kH, kW, groups } = spec;
  for (const [name, n] of [
    ["C", C],
    ["F", F],
  ] as const)
    if (n % groups !== 0)
      throw new ConvError(
        "groups",
        `${groups} does not divide ${name} = ${n}`,
        `a divisor of both C = ${C} and F = ${F}`,
      );
  cells("X", N, C, H, W);
  cells("W", F, C / groups, kH, kW);
  const { rows, columns } = axesOf(spec);
  cells("X padded", N, C, rows.padded, columns.padded);
  cells("Y", N, F, rows.out, columns.out);
  return spec;
}
