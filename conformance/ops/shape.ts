import {
  adjointOf,
  checkConvTransposeSpec,
  checkSpec,
  DEFAULTS,
  type Geometry,
  geometryOf,
  type Sides,
} from "#engine";
import { compareSizes, type Op } from "./ask.ts";

type AxisName = "rows" | "columns";

/** One row of a shape case: one axis and what follows from it. */
type AxisRow = Readonly<Record<"n" | "k" | "s" | "d" | "p0" | "p1", number>> &
  Readonly<Record<string, unknown>>;

/** Each recorded axis is asked as rows and again as columns, beside an axis of 1. */
export const shape: Op = {
  compare: ({ attrs }) =>
    (attrs.rows as AxisRow[]).flatMap((row) =>
      (["rows", "columns"] as const).flatMap((axis) => [
        ...compareSizes(axis, row, { ...explicitPadding(axis, row), ...samePadding(axis, row) }),
        ...compareSizes("transposed", row, { transposedOut: [transposedLength(axis, row)] }),
      ]),
    ),
};

/** The pair that has `value` along the axis and 1, or 0, along the other. */
function along(axis: AxisName, value: number, other: number): readonly [number, number] {
  return axis === "rows" ? [value, other] : [other, value];
}

function sidesOf(axis: AxisName, { p0, p1 }: AxisRow): Sides {
  return axis === "rows" ? [p0, 0, p1, 0] : [0, p1, 0, p0];
}

function sizesOf(axis: AxisName, { n, k, s, d }: AxisRow) {
  const [H, W] = along(axis, n, 1);
  const [kH, kW] = along(axis, k, 1);
  const [stride, dilation] = [along(axis, s, 1), along(axis, d, 1)];
  return { N: 1, C: 1, H, W, F: 1, kH, kW, stride, dilation };
}

function axisOf(axis: AxisName, row: AxisRow, padding: unknown): Geometry["rows"] {
  return geometryOf(checkSpec({ ...DEFAULTS, ...sizesOf(axis, row), padding }))[axis];
}

function explicitPadding(axis: AxisName, row: AxisRow) {
  const a = axisOf(axis, row, sidesOf(axis, row));
  return {
    out: [a.out],
    padded: [a.padded],
    effKernel: [a.effective],
    uncovered: [a.remainder],
  };
}

function samePadding(axis: AxisName, row: AxisRow) {
  const a = axisOf(axis, row, "same");
  const undilated = axisOf(axis, { ...row, d: 1 }, "same");
  return {
    sameOut: [a.out],
    sameUpper: [a.before, a.after],
    sameNumpynetDilation1: [undilated.before, undilated.after],
  };
}

/** The length that a transposed convolution gives back, its output padding the remainder. */
function transposedLength(axis: AxisName, row: AxisRow): number {
  const padding = sidesOf(axis, row);
  const { out, remainder } = axisOf(axis, row, padding);
  const spec = checkConvTransposeSpec({
    ...sizesOf(axis, { ...row, n: out }),
    padding,
    groups: 1,
    outputPadding: along(axis, remainder, 0),
  });
  return geometryOf(adjointOf(spec))[axis].n;
}
