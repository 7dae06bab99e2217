import type { ActivationChoice, ActivationName } from "../../../activation.ts";
import type { Axis } from "../../../axis.ts";
import type { Answer } from "../../../forward.ts";
import type { Geometry } from "../../../geometry.ts";
import type { Layer } from "../../../layer.ts";
import type { PadMode } from "../../../padding.ts";
import { axesShown, hasPadding } from "../../cell.ts";
import { arrayLines, LANGUAGES, lines, literal, marked } from "../languages.ts";
import { checkWritable, isWhole, tolerances } from "../limits.ts";
import type { CodeLine, Program } from "../program.ts";
import { firstChannel, type Nest, nestOf, scaled } from "./nest.ts";

/** Loops over the outputs; each takes its window as a slice of the padded input. */
export function numpyWindow(g: Geometry, layer: Layer, answer: Answer): Program {
  checkWritable(layer, answer);
  return [
    ...lines("data", ...LANGUAGES.numpy.imports, ""),
    ...lines("data", ...arrayLines("X = np.array(", layer.x, ", dtype=float)")),
    ...lines("data", ...arrayLines("W = np.array(", layer.w, ", dtype=float)")),
    ...lines("data", ...biasLines(layer), ""),
    ...prepare(g),
    ...loops(g, nestOf(g)),
    ...lines("check", "", ...arrayLines("expected = np.array(", answer.y, ")")),
    ...lines("check", `assert ${comparison(g, layer, answer)}`),
  ];
}

export function biasLines({ b }: Layer): string[] {
  return b.data.length === 1
    ? arrayLines("b = ", b, "")
    : arrayLines("b = np.array(", b, ", dtype=float)");
}

export function comparison(g: Geometry, layer: Layer, answer: Answer): string {
  if (isWhole(g, layer, answer)) return "np.array_equal(Y, expected)";
  const { relative, absolute } = tolerances(g, layer);
  return `np.allclose(Y, expected, rtol=${relative}, atol=${absolute})`;
}

/** np.pad's names for what stands in the ring; zeros are its default. */
export const MODES: Readonly<Record<PadMode, string>> = {
  zeros: "",
  reflect: ', mode="reflect"',
  replicate: ', mode="edge"',
  circular: ', mode="wrap"',
};

/** All that is done once: the padded input, the turned kernel, the sizes, room for Y. */
function prepare(g: Geometry): CodeLine[] {
  const { rows, columns, spec } = g;
  const padding = hasPadding(g);
  const axes = axesShown(g.shapes.X);
  const shape = `${padding ? "Xp" : "X"}.shape`;
  const outer = nestOf(g).output.map((index) => ({ n: "len(X)", f: "len(W)" })[index] ?? "1");
  return lines(
    "body",
    ...(padding ? [`Xp = np.pad(X, ${padWidths(g, axes)}${MODES[spec.padMode]})`] : []),
    ...(spec.flip ? [`flipped = np.flip(W${flipAxes(g)})`] : []),
    `out_h = ${outLength(rows, `${shape}[${axes - 2}]`)}`,
    `out_w = ${outLength(columns, `${shape}[${axes - 1}]`)}`,
    `Y = np.zeros((${[...outer, "out_h", "out_w"].join(", ")}))`,
  );
}

export function padWidths({ rows, columns }: Geometry, axes: number): string {
  const sides = [rows.before, rows.after, columns.before, columns.after];
  if (axes === 2 && sides.every((p) => p === sides[0])) return String(sides[0]);
  const widths = [
    ...new Array<string>(axes - 2).fill("(0, 0)"),
    `(${rows.before}, ${rows.after})`,
    `(${columns.before}, ${columns.after})`,
  ];
  return `(${widths.join(", ")})`;
}

/** np.flip turns every axis unless told which. */
function flipAxes(g: Geometry): string {
  return axesShown(g.shapes.W) === 2 ? "" : ", axis=(-2, -1)";
}

export function outLength({ effective, stride }: Axis, length: string): string {
  return stride === 1
    ? `${length} - ${effective} + 1`
    : `(${length} - ${effective}) // ${stride} + 1`;
}

function loops(g: Geometry, nest: Nest): CodeLine[] {
  const { spec, rows, columns } = g;
  const texts: CodeLine[] = [];
  let indent = "";
  const loop = (index: string, length: string) => {
    texts.push(marked(`${indent}for ${index} in range(${length}):`));
    indent += "  ";
  };
  for (const { index, over } of nest.loops) loop(index, `len(${over})`);
  if (nest.first === "first")
    texts.push(marked(`${indent}first = ${firstChannel(g, `f // ${g.filtersPerGroup}`)}`));
  loop("i", "out_h");
  loop("j", "out_w");
  const at = [
    ...nest.sample,
    ...(nest.hasChannels ? [channels(g, nest)] : []),
    slice("i", rows),
    slice("j", columns),
  ];
  texts.push(marked(`${indent}win = ${hasPadding(g) ? "Xp" : "X"}[${at.join(", ")}]`, "gather"));
  const sum = `(win * ${kernel(g, nest)}).sum() + ${nest.bias}`;
  const cell = `Y[${[...nest.output, "i", "j"].join(", ")}]`;
  const { name } = spec.activation;
  if (name === "linear") texts.push(marked(`${indent}${cell} = ${sum}`, "multiply", "write"));
  else {
    texts.push(marked(`${indent}z = ${sum}`, "multiply"));
    texts.push(
      marked(`${indent}${cell} = ${ACTIVATED[name](spec.activation)}`, "activate", "write"),
    );
  }
  return texts;
}

/** The activation of one number z. */
const ACTIVATED: Readonly<Record<ActivationName, (choice: ActivationChoice) => string>> = {
  linear: () => "z",
  relu: () => "max(z, 0)",
  "leaky-relu": ({ alpha }) => `z if z > 0 else ${literal(alpha)} * z`,
  sigmoid: () => "1 / (1 + np.exp(-z))",
  tanh: () => "np.tanh(z)",
};

function channels({ spec, depth }: Geometry, { first }: Nest): string {
  if (depth === 1) return first;
  return spec.groups === 1 ? ":" : `${first}:${first}+${depth}`;
}

function kernel({ spec, depth }: Geometry, { filter }: Nest): string {
  const at = filter.length > 0 && depth === 1 ? [...filter, "0"] : filter;
  return (spec.flip ? "flipped" : "W") + (at.length > 0 ? `[${at.join(", ")}]` : "");
}

/** The rows (or columns) of window `index`: "2*i:2*i+3", with dilation "2*i:2*i+5:2". */
export function slice(index: string, { stride, effective, dilation }: Axis): string {
  const from = scaled(stride, index, "*");
  return `${from}:${from}+${effective}${dilation > 1 ? `:${dilation}` : ""}`;
}
