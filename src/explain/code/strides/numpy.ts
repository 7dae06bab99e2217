import type { Answer } from "../../../forward.ts";
import type { Geometry } from "../../../geometry.ts";
import type { Layer } from "../../../layer.ts";
import { hasPadding } from "../../cell.ts";
import { isPlain, tensorLines } from "../back/parts.ts";
import { ACTIVATED, numpyKernels } from "../im2col/numpy.ts";
import { LANGUAGES, lines, marked } from "../languages.ts";
import { checkWritable } from "../limits.ts";
import type { CodeLine, Program, ProgramOptions } from "../program.ts";
import { biasLines, comparison, MODES, outLength, padWidths } from "../window/numpy.ts";
import {
  kernels,
  letters,
  ownStrides,
  padded,
  rowAxis,
  viewArguments,
  viewed,
  type Way,
  wayOf,
} from "./parts.ts";

/** All windows as a view of the padded input, then one einsum. */
export function numpyStrides(
  g: Geometry,
  layer: Layer,
  answer: Answer,
  options: ProgramOptions = {},
): Program {
  checkWritable(layer, answer);
  const way = wayOf(g, isPlain(g), options);
  return [
    ...lines("data", ...LANGUAGES.numpy.imports, ""),
    ...lines("data", ...tensorLines("numpy", g, "X", layer.x)),
    ...lines("data", ...tensorLines("numpy", g, "W", layer.w)),
    ...lines("data", ...biasLines(layer), ""),
    ...look(g, way),
    ...multiply(g, way),
    ...lines("check", "", ...tensorLines("numpy", g, "expected", answer.y)),
    ...lines("check", `assert ${comparison(g, layer, answer)}`),
  ];
}

/** Where the windows stand: shape and strides, and nothing copied. */
function look(g: Geometry, way: Way): CodeLine[] {
  const { rows, columns, spec } = g;
  const x = viewed(g, way);
  const axis = rowAxis(way);
  const { shape, strides } = viewArguments(g, way);
  const pad = `np.pad(X, ${padWidths(g, way.plain ? 2 : 4)}${MODES[spec.padMode]})`;
  const last = `np.ascontiguousarray(${padded(g)}.transpose(0, 2, 3, 1))`;
  return [
    ...lines(
      "body",
      ...(hasPadding(g) ? [`Xp = ${pad}`] : []),
      ...(way.memory === "NHWC" ? [`memory = ${last}`] : []),
      ...numpyKernels(g, way.weights, way.plain),
      `out_h = ${outLength(rows, `${x}.shape[${axis}]`)}`,
      `out_w = ${outLength(columns, `${x}.shape[${axis + 1}]`)}`,
      `${ownStrides(way)} = ${x}.strides  # in bytes`,
    ),
    marked("view = np.lib.stride_tricks.as_strided(", "gather"),
    marked(`  ${x}, ${shape},`, "gather"),
    marked(`  ${strides})`, "gather"),
  ];
}

function multiply(g: Geometry, way: Way): CodeLine[] {
  const { spec, shapes } = g;
  const sum = `np.einsum("${letters(g, way)}", view, ${kernels(g, way)})`;
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
