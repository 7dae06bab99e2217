import type { ActivationChoice, ActivationName } from "../../../activation.ts";
import type { Answer } from "../../../forward.ts";
import type { Geometry } from "../../../geometry.ts";
import type { Layer } from "../../../layer.ts";
import { hasPadding } from "../../cell.ts";
import { isPlain, tensorLines } from "../back/parts.ts";
import { LANGUAGES, lines, literal, marked } from "../languages.ts";
import { checkWritable } from "../limits.ts";
import type { CodeLine, Program } from "../program.ts";
import { sliceOf } from "../weights/parts.ts";
import { biasLines, comparison, MODES, outLength, padWidths } from "../window/numpy.ts";
import { cellsOfRow, ofGroup } from "./parts.ts";

/** im2col by one strided slice a tap, then one matrix product, then reshape. */
export function numpyIm2col(g: Geometry, layer: Layer, answer: Answer): Program {
  checkWritable(layer, answer);
  return [
    ...lines("data", ...LANGUAGES.numpy.imports, ""),
    ...lines("data", ...tensorLines("numpy", g, "X", layer.x)),
    ...lines("data", ...tensorLines("numpy", g, "W", layer.w)),
    ...lines("data", ...biasLines(layer), ""),
    ...gather(g),
    ...multiply(g),
    ...layOut(g),
    ...lines("check", "", ...tensorLines("numpy", g, "expected", answer.y)),
    ...lines("check", `assert ${comparison(g, layer, answer)}`),
  ];
}

function gather(g: Geometry): CodeLine[] {
  const { rows, columns, spec } = g;
  const plain = isPlain(g);
  const x = hasPadding(g) ? "Xp" : "X";
  const axes = plain ? 2 : 4;
  const read = `${sliceOf("u", "out_h", rows)}, ${sliceOf("v", "out_w", columns)}`;
  const outer = plain ? "out_h, out_w" : `len(X), out_h, out_w, ${spec.C}`;
  return [
    ...lines(
      "body",
      ...(hasPadding(g) ? [`Xp = np.pad(X, ${padWidths(g, axes)}${MODES[spec.padMode]})`] : []),
      ...(spec.flip ? [`flipped = np.flip(W${plain ? "" : ", axis=(-2, -1)"})`] : []),
      `out_h = ${outLength(rows, `${x}.shape[${axes - 2}]`)}`,
      `out_w = ${outLength(columns, `${x}.shape[${axes - 1}]`)}`,
      `col = np.zeros((${outer}, ${rows.k}, ${columns.k}))`,
    ),
    marked(`for u in range(${rows.k}):`),
    marked(`  for v in range(${columns.k}):`),
    ...(plain
      ? [marked(`    col[..., u, v] = ${x}[${read}]`, "gather")]
      : [
          marked(`    part = ${x}[:, :, ${read}]`, "gather"),
          marked("    col[..., u, v] = part.transpose(0, 2, 3, 1)", "gather"),
        ]),
    ...lines("body", `col = col.reshape(-1, ${cellsOfRow(g)})`),
  ];
}

function multiply(g: Geometry): CodeLine[] {
  const { spec, filtersPerGroup, window } = g;
  const w = spec.flip ? "flipped" : "W";
  if (spec.groups === 1)
    return [marked(`out = col @ ${w}.reshape(${spec.F}, -1).T + b`, "multiply")];
  const filters = ofGroup(filtersPerGroup);
  return [
    ...lines("body", `out = np.zeros((len(col), ${spec.F}))`),
    marked(`for g in range(${spec.groups}):`, "multiply"),
    marked(`  Wg = ${w}[${filters}].reshape(${filtersPerGroup}, -1)`, "multiply"),
    marked(`  out[:, ${filters}] = col[:, ${ofGroup(window)}] @ Wg.T`, "multiply"),
    marked("out += b", "multiply"),
  ];
}

function layOut(g: Geometry): CodeLine[] {
  const { spec } = g;
  const image = isPlain(g)
    ? "out.reshape(out_h, out_w)"
    : `out.reshape(len(X), out_h, out_w, ${spec.F}).transpose(0, 3, 1, 2)`;
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
