import type { ActivationChoice, ActivationName } from "../../../activation.ts";
import type { WindowOrder } from "../../../conv/view.ts";
import type { Answer } from "../../../forward.ts";
import type { Geometry } from "../../../geometry.ts";
import type { Layer } from "../../../layer.ts";
import { hasPadding } from "../../cell.ts";
import type { WeightsName } from "../../conventions.ts";
import { isPlain, tensorLines } from "../back/parts.ts";
import { LANGUAGES, lines, literal, marked } from "../languages.ts";
import { checkWritable } from "../limits.ts";
import type { CodeLine, Program, ProgramOptions } from "../program.ts";
import { sliceOf } from "../weights/parts.ts";
import { biasLines, comparison, MODES, outLength, padWidths } from "../window/numpy.ts";
import { cellsOfRow, kernelsAs, ofGroup, type Style, styleOf } from "./parts.ts";

/** im2col by one strided slice a tap, then one matrix product, then reshape. */
export function numpyIm2col(
  g: Geometry,
  layer: Layer,
  answer: Answer,
  options: ProgramOptions = {},
): Program {
  checkWritable(layer, answer);
  const style = styleOf(g, options);
  return [
    ...lines("data", ...LANGUAGES.numpy.imports, ""),
    ...lines("data", ...tensorLines("numpy", g, "X", layer.x)),
    ...lines("data", ...tensorLines("numpy", g, "W", layer.w)),
    ...lines("data", ...biasLines(layer), ""),
    ...prepare(g, style),
    ...gather(g, style),
    ...multiply(g, style),
    ...layOut(g, style),
    ...lines("check", "", ...tensorLines("numpy", g, "expected", answer.y)),
    ...lines("check", `assert ${comparison(g, layer, answer)}`),
  ];
}

/** The array that is read: padded, and with its channels last where they lie so. */
function readFrom(g: Geometry, { order }: Style): string {
  return order === "kh kw c" ? "memory" : hasPadding(g) ? "Xp" : "X";
}

export function prepare(g: Geometry, style: Style): CodeLine[] {
  const { rows, columns, spec } = g;
  const axes = isPlain(g) ? 2 : 4;
  const last = style.order === "kh kw c";
  const x = readFrom(g, style);
  const row = last ? 1 : axes - 2;
  const padded = hasPadding(g) ? "Xp" : "X";
  return lines(
    "body",
    ...(hasPadding(g) ? [`Xp = np.pad(X, ${padWidths(g, axes)}${MODES[spec.padMode]})`] : []),
    ...(last ? [`memory = ${padded}.transpose(0, 2, 3, 1)`] : []),
    ...numpyKernels(g, style.weights, axes === 2),
    `out_h = ${outLength(rows, `${x}.shape[${row}]`)}`,
    `out_w = ${outLength(columns, `${x}.shape[${row + 1}]`)}`,
  );
}

/** W as products take it: with its axes in the order that is asked for, and turned where the layer flips it. */
export function numpyKernels({ spec }: Geometry, weights: WeightsName, plain: boolean): string[] {
  const hwio = weights === "HWIO";
  const axes = plain ? "" : `, axis=${hwio ? "(0, 1)" : "(-2, -1)"}`;
  return [
    ...(hwio ? ["hwio = W.transpose(2, 3, 1, 0)"] : []),
    ...(spec.flip ? [`flipped = np.flip(${hwio ? "hwio" : "W"}${axes})`] : []),
  ];
}

/** Where the taps of a slice stand in col, and how the axes of the slice are brought there. */
const PLACES = {
  "c kh kw": {
    rows: { at: "..., u, v", transpose: ".transpose(0, 2, 3, 1)" },
    columns: { at: ":, u, v", transpose: ".transpose(1, 2, 3, 0)" },
  },
  "kh kw c": {
    rows: { at: ":, :, :, u, v", transpose: "" },
    columns: { at: "u, v", transpose: ".transpose(3, 1, 2, 0)" },
  },
} as const satisfies Record<WindowOrder, unknown>;

export function gather(g: Geometry, style: Style): CodeLine[] {
  const { rows, columns, spec } = g;
  const { way, order } = style;
  const plain = isPlain(g);
  const kernel = [rows.k, columns.k];
  const window = plain ? kernel : order === "c kh kw" ? [spec.C, ...kernel] : [...kernel, spec.C];
  const place = ["out_h", "out_w"];
  const shape =
    way === "rows"
      ? [...(plain ? [] : ["len(X)"]), ...place, ...window]
      : [...window, ...place, ...(plain ? [] : ["len(X)"])];
  const read = `${sliceOf("u", "out_h", rows)}, ${sliceOf("v", "out_w", columns)}`;
  const { at, transpose } = PLACES[order][way];
  const x = readFrom(g, style);
  const taken = plain ? read : order === "c kh kw" ? `:, :, ${read}` : `:, ${read}`;
  const into = `    col[${plain && way === "columns" ? "u, v" : at}]`;
  const flat = way === "rows" ? `-1, ${cellsOfRow(g)}` : `${cellsOfRow(g)}, -1`;
  return [
    ...lines("body", `col = np.zeros((${shape.join(", ")}))`),
    marked(`for u in range(${rows.k}):`),
    marked(`  for v in range(${columns.k}):`),
    ...(plain || transpose === ""
      ? [marked(`${into} = ${x}[${taken}]`, "gather")]
      : [
          marked(`    part = ${x}[${taken}]`, "gather"),
          marked(`${into} = part${transpose}`, "gather"),
        ]),
    ...lines("body", `col = col.reshape(${flat})`),
  ];
}

function multiply(g: Geometry, style: Style): CodeLine[] {
  const { spec, filtersPerGroup, window } = g;
  const kernels = kernelsAs(g, style);
  const rows = style.way === "rows";
  const b = rows || spec.F === 1 ? "b" : "b[:, None]";
  if (spec.groups === 1)
    return [marked(`out = ${rows ? `col @ ${kernels}` : `${kernels} @ col`} + ${b}`, "multiply")];
  const filters = ofGroup(filtersPerGroup);
  const cells = ofGroup(window);
  const size = rows ? `len(col), ${spec.F}` : `${spec.F}, col.shape[1]`;
  return [
    ...lines("body", `out = np.zeros((${size}))`),
    marked(`for g in range(${spec.groups}):`, "multiply"),
    marked(`  Wg = ${kernels}`, "multiply"),
    rows
      ? marked(`  out[:, ${filters}] = col[:, ${cells}] @ Wg`, "multiply")
      : marked(`  out[${filters}] = Wg @ col[${cells}]`, "multiply"),
    marked(`out += ${b}`, "multiply"),
  ];
}

function layOut(g: Geometry, { way }: Style): CodeLine[] {
  const { spec } = g;
  const [shape, axes] =
    way === "rows"
      ? [`len(X), out_h, out_w, ${spec.F}`, "0, 3, 1, 2"]
      : [`${spec.F}, out_h, out_w, len(X)`, "3, 0, 1, 2"];
  const image = isPlain(g)
    ? "out.reshape(out_h, out_w)"
    : `out.reshape(${shape}).transpose(${axes})`;
  const { name } = spec.activation;
  if (name === "linear") return [marked(`Y = ${image}`, "write")];
  return [
    marked(`Z = ${image}`, "write"),
    marked(`Y = ${ACTIVATED[name](spec.activation)}`, "activate", "write"),
  ];
}

/** The activation of the whole array Z. */
export const ACTIVATED: Readonly<Record<ActivationName, (choice: ActivationChoice) => string>> = {
  linear: () => "Z",
  relu: () => "np.maximum(Z, 0)",
  "leaky-relu": ({ alpha }) => `np.where(Z > 0, Z, ${literal(alpha)} * Z)`,
  sigmoid: () => "1 / (1 + np.exp(-Z))",
  tanh: () => "np.tanh(Z)",
};
