import type { Axis } from "../axis.ts";
import type { Geometry } from "../geometry.ts";
import { PADDING_WORDS, type PadMode } from "../padding.ts";

// How PyTorch and TensorFlow are told the padding of a layer.

export type Library = "pytorch" | "tensorflow";

interface SidesOf {
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly left: number;
}

function sidesOf({ rows, columns }: Geometry): SidesOf {
  const { before: top, after: bottom } = rows;
  const { before: left, after: right } = columns;
  return { top, right, bottom, left };
}

/** What SAME gives an axis: the odd cell after. */
function sameSides(axis: Axis) {
  return PADDING_WORDS.same.sides(axis);
}

function isSame(axis: Axis): boolean {
  const [before, after] = sameSides(axis);
  return axis.before === before && axis.after === after;
}

function strides({ spec }: Geometry): boolean {
  return Math.max(...spec.stride) > 1;
}

/** The padding of the layer in the words of a library, and what the other would make of them. */
export function paddingWords(g: Geometry, library: Library): string {
  return library === "pytorch" ? inPyTorch(g) : inTensorFlow(g);
}

function inPyTorch(g: Geometry): string {
  const { padding, padMode } = g.spec;
  const { top, right, bottom, left } = sidesOf(g);
  const even = top === bottom && left === right;
  const padded = top + right + bottom + left > 0;
  const mode = padMode === "zeros" || !padded ? "" : `, padding_mode="${padMode}"`;
  if (padding === "same" && !strides(g)) return `PyTorch: padding="same"${mode}`;
  const refused = padding === "same" ? "; it refuses “same” with a stride above 1" : "";
  if (even) return `PyTorch: padding=(${top}, ${left})${mode}${refused}`;
  const filled = padMode === "zeros" ? "" : `, mode="${padMode}"`;
  const cause = refused === "" ? ", since its padding= has no sides" : refused;
  return `PyTorch: F.pad(x, (${left}, ${right}, ${top}, ${bottom})${filled})${cause}`;
}

/** TensorFlow's names for what stands in the ring, where it has one. */
const MODES: Readonly<Record<Exclude<PadMode, "zeros">, string | null>> = {
  reflect: "REFLECT",
  replicate: null,
  circular: null,
};

function inTensorFlow(g: Geometry): string {
  const { padding, padMode } = g.spec;
  const { top, right, bottom, left } = sidesOf(g);
  if (top + right + bottom + left === 0 && padding !== "same") return 'TensorFlow: padding="VALID"';
  const explicit = `[[0, 0], [${top}, ${bottom}], [${left}, ${right}], [0, 0]]`;
  if (padMode !== "zeros") {
    const mode = MODES[padMode];
    if (mode === null) return `TensorFlow has no ${padMode} padding: the ring is joined on by hand`;
    return `TensorFlow: tf.pad(x, ${explicit}, mode="${mode}"), then "VALID"`;
  }
  if (!isSame(g.rows) || !isSame(g.columns)) {
    const [rows, columns] = [g.rows, g.columns].map((axis) => `[${sameSides(axis).join(", ")}]`);
    return `TensorFlow: padding=${explicit}; “SAME”: ${rows}, ${columns}`;
  }
  const cause = strides(g)
    ? "; its sides follow from the stride, with which PyTorch refuses “same”"
    : "";
  return `TensorFlow: padding="SAME"${cause}`;
}
