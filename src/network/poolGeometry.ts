import { type Axis, axisOf, positionOf } from "../axis.ts";
import { ConvError, keyOf, shown } from "../errors.ts";
import { geometryOf } from "../geometry.ts";
import type { Sides } from "../padding.ts";
import { type ConvSpec, checkSpec, DEFAULTS, type Pair, pair } from "../spec.ts";
import { POOLS, type PoolKind } from "./poolKinds.ts";

/** What was asked of a pooling layer. Every channel is pooled by itself: N C H W → N C oH oW. */
export interface PoolSpec {
  readonly kind: PoolKind;
  readonly N: number;
  readonly C: number;
  readonly H: number;
  readonly W: number;
  readonly kernel: Pair;
  readonly stride: Pair;
  readonly dilation: Pair;
  readonly padding: Sides;
  /** true: a last window may reach beyond the padded input; it must not begin in the padding after it. */
  readonly ceilMode: boolean;
  /** Whether an average counts the padding it covers. Cells beyond the padded input never count. */
  readonly countIncludePad: boolean;
}

/** What the windows of one axis read: input indices in window order, and how many cells of the padded input. */
interface PoolAxis {
  readonly read: readonly (readonly number[])[];
  readonly covered: readonly number[];
}

/** All that follows from a spec that `checkPool` has passed. */
export interface PoolGeometry {
  readonly spec: PoolSpec;
  readonly rows: PoolAxis;
  readonly columns: PoolAxis;
  readonly shapes: Readonly<Record<"X" | "Y", readonly number[]>>;
}

function flag(field: string, value: unknown): boolean {
  if (typeof value === "boolean") return value;
  throw new ConvError(field, `${shown(value)} is neither`, "true or false");
}

/** The windows of a pooling layer are those of a depthwise convolution of the same sizes. */
function asConvolution(asked: Record<string, unknown>, [kH, kW]: Pair): ConvSpec {
  const { N, C, H, W, stride, dilation, padding } = asked;
  return checkSpec({
    ...DEFAULTS,
    ...{ N, C, H, W, F: C, groups: C, kH, kW, stride, dilation, padding },
  });
}

/** Refuses padding as wide as a window: a window must read a cell of the input. */
function checkReach(axis: Axis, sides: readonly [string, string]): void {
  for (const [side, p] of [axis.before, axis.after].entries())
    if (p >= axis.effective)
      throw new ConvError(
        `padding.${sides[side]}`,
        `${p} holds a whole window of ${axis.effective}, which would read no cell of the input`,
        `at most ${axis.effective - 1}`,
      );
}

/**
 * The spec in `value`, whatever it is. `countIncludePad` may be left out (false).
 * @throws ConvError naming the field, why, and what is accepted.
 */
export function checkPool(value: unknown): PoolSpec {
  if (typeof value !== "object" || value === null)
    throw new ConvError("pool", `${shown(value)} is no pooling`, "an object with the sizes");
  const asked = value as Record<string, unknown>;
  const kind = keyOf("kind", POOLS, asked.kind);
  const kernel = pair("kernel", asked.kernel);
  const { N, C, H, W, stride, dilation, padding } = asConvolution(asked, kernel);
  if (!Array.isArray(padding))
    throw new ConvError("padding", `${shown(padding)} is not four numbers`, "four numbers");
  const spec: PoolSpec = {
    ...{ kind, N, C, H, W, kernel, stride, dilation },
    padding: padding as unknown as Sides,
    ceilMode: flag("ceilMode", asked.ceilMode),
    countIncludePad: flag("countIncludePad", asked.countIncludePad ?? false),
  };
  poolGeometry(spec);
  return spec;
}

/** `axis` with the last window of ceilMode, where there is one: it begins before the padding after the input. */
function withLastWindow(axis: Axis): Axis {
  const starts = positionOf(axis, axis.out, 0);
  if (axis.remainder === 0 || starts >= axis.before + axis.n) return axis;
  return axisOf({ ...axis, after: axis.after + axis.stride - axis.remainder }, "zeros");
}

function poolAxis(asked: Axis, ceilMode: boolean): PoolAxis {
  const axis = ceilMode ? withLastWindow(asked) : asked;
  const taps = Array.from({ length: axis.k }, (_, t) => t);
  const windows = Array.from({ length: axis.out }, (_, o) =>
    taps.map((t) => positionOf(axis, o, t)),
  );
  const read = windows.map((at) => at.map((p) => axis.source[p]!).filter((i) => i >= 0));
  const empty = read.findIndex((cells) => cells.length === 0);
  if (empty >= 0)
    throw new ConvError(
      "dilation",
      `window ${empty + 1} steps over all ${axis.n} cells of the input`,
      "a smaller dilation or less padding",
    );
  return { read, covered: windows.map((at) => at.filter((p) => p < asked.padded).length) };
}

/** The geometry of a spec that `checkPool` has passed. */
export function poolGeometry(spec: PoolSpec): PoolGeometry {
  const asked = geometryOf(asConvolution({ ...spec }, spec.kernel));
  checkReach(asked.rows, ["top", "bottom"]);
  checkReach(asked.columns, ["left", "right"]);
  const rows = poolAxis(asked.rows, spec.ceilMode);
  const columns = poolAxis(asked.columns, spec.ceilMode);
  const { N, C } = spec;
  return {
    ...{ spec, rows, columns },
    shapes: { X: asked.shapes.X, Y: [N, C, rows.read.length, columns.read.length] },
  };
}
