import type { Answer } from "../../../forward.ts";
import type { Geometry } from "../../../geometry.ts";
import type { Layer } from "../../../layer.ts";
import { hasPadding } from "../../cell.ts";
import { isPlain, tensorLines } from "../back/parts.ts";
import { ACTIVATED } from "../im2col/numpy.ts";
import { LANGUAGES, lines, marked } from "../languages.ts";
import { checkWritable } from "../limits.ts";
import type { CodeLine, Program } from "../program.ts";
import { biasLines, comparison, MODES, outLength, padWidths } from "../window/numpy.ts";
import { kernels, letters, ownStrides, viewArguments, viewed } from "./parts.ts";

/** All windows as a view of the padded input, then one einsum. */
export function numpyStrides(g: Geometry, layer: Layer, answer: Answer): Program {
  checkWritable(layer, answer);
  return [
    ...lines("data", ...LANGUAGES.numpy.imports, ""),
    ...lines("data", ...tensorLines("numpy", g, "X", layer.x)),
    ...lines("data", ...tensorLines("numpy", g, "W", layer.w)),
    ...lines("data", ...biasLines(layer), ""),
    ...look(g),
    ...multiply(g),
    ...lines("check", "", ...tensorLines("numpy", g, "expected", answer.y)),
    ...lines("check", `assert ${comparison(g, layer, answer)}`),
  ];
}

/** Where the windows stand: shape and strides, and nothing copied. */
function look(g: Geometry): CodeLine[] {
  const { rows, columns, spec } = g;
  const axes = isPlain(g) ? 2 : 4;
  const x = viewed(g);
  const { shape, strides } = viewArguments(g, isPlain(g));
  return [
    ...lines(
      "body",
      ...(hasPadding(g) ? [`Xp = np.pad(X, ${padWidths(g, axes)}${MODES[spec.padMode]})`] : []),
      ...(spec.flip ? [`flipped = np.flip(W${axes === 2 ? "" : ", axis=(-2, -1)"})`] : []),
      `out_h = ${outLength(rows, `${x}.shape[${axes - 2}]`)}`,
      `out_w = ${outLength(columns, `${x}.shape[${axes - 1}]`)}`,
      `${ownStrides(isPlain(g))} = ${x}.strides  # in bytes`,
    ),
    marked("view = np.lib.stride_tricks.as_strided(", "gather"),
    marked(`  ${x}, ${shape},`, "gather"),
    marked(`  ${strides})`, "gather"),
  ];
}

function multiply(g: Geometry): CodeLine[] {
  const { spec, shapes } = g;
  const sum = `np.einsum("${letters(g, isPlain(g))}", view, ${kernels(g)})`;
  const bias = spec.F === 1 ? "b" : "b[:, None, None]";
  const { name } = spec.activation;
  const made = name === "linear" ? "Y" : "Z";
  const results =
    spec.groups === 1
      ? [marked(`${made} = ${sum} + ${bias}`, "multiply", "write")]
      : [
          marked(`out = ${sum}`, "multiply"),
          marked(`${made} = out.reshape(${shapes.Y.join(", ")}) + ${bias}`, "multiply", "write"),
        ];
  if (name === "linear") return results;
  return [...results, marked(`Y = ${ACTIVATED[name](spec.activation)}`, "activate", "write")];
}
