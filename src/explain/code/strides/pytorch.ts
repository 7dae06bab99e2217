import type { Answer } from "../../../forward.ts";
import type { Geometry } from "../../../geometry.ts";
import type { Layer } from "../../../layer.ts";
import { hasPadding } from "../../cell.ts";
import { tensorLines } from "../back/parts.ts";
import { LANGUAGES, lines, literal, marked } from "../languages.ts";
import { checkWritable, tolerances } from "../limits.ts";
import type { CodeLine, Program, ProgramOptions } from "../program.ts";
import { outLength } from "../window/numpy.ts";
import { ACTIVATED, padLine } from "../window/pytorch.ts";
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

/** The same with torch.as_strided, whose strides count numbers. All tensors have four axes. */
export function pytorchStrides(
  g: Geometry,
  layer: Layer,
  answer: Answer,
  options: ProgramOptions = {},
): Program {
  checkWritable(layer, answer);
  const { relative, absolute } = tolerances(g, layer);
  const b = Array.from(layer.b.data, literal).join(", ");
  return [
    ...lines("data", ...LANGUAGES.pytorch.imports, ""),
    ...lines("data", ...tensorLines("pytorch", g, "X", layer.x)),
    ...lines("data", ...tensorLines("pytorch", g, "W", layer.w)),
    ...lines("data", `b = torch.tensor([${b}], dtype=torch.float64)`, ""),
    ...body(g, wayOf(g, false, options)),
    ...lines("check", "", ...tensorLines("pytorch", g, "expected", answer.y)),
    ...lines("check", `assert torch.allclose(Y, expected, rtol=${relative}, atol=${absolute})`),
  ];
}

function body(g: Geometry, way: Way): CodeLine[] {
  const { rows, columns, spec, shapes } = g;
  const x = viewed(g, way);
  const axis = rowAxis(way);
  const { shape, strides } = viewArguments(g, way);
  const sum = `torch.einsum("${letters(g, way)}", view, ${kernels(g, way)})`;
  const { name } = spec.activation;
  const made = name === "linear" ? "Y" : "Z";
  const hwio = way.weights === "HWIO";
  const whole = spec.groups === 1 ? sum : `out.reshape(${shapes.Y.join(", ")})`;
  return [
    ...lines(
      "body",
      ...(hasPadding(g) ? [padLine(g)] : []),
      ...(way.memory === "NHWC" ? [`memory = ${padded(g)}.permute(0, 2, 3, 1).contiguous()`] : []),
      ...(hwio ? ["hwio = W.permute(2, 3, 1, 0)"] : []),
      ...(spec.flip ? [`flipped = torch.flip(${hwio ? "hwio, (0, 1)" : "W, (2, 3)"})`] : []),
      `out_h = ${outLength(rows, `${x}.shape[${axis}]`)}`,
      `out_w = ${outLength(columns, `${x}.shape[${axis + 1}]`)}`,
      `${ownStrides(way)} = ${x}.stride()  # in numbers`,
    ),
    marked(`view = torch.as_strided(${x}, ${shape},`, "gather"),
    marked(`  ${strides})`, "gather"),
    ...(spec.groups === 1 ? [] : [marked(`out = ${sum}`, "multiply")]),
    marked(`${made} = ${whole} + b[:, None, None]`, "multiply", "write"),
    ...(name === "linear"
      ? []
      : [marked(`Y = ${ACTIVATED[name](spec.activation)}`, "activate", "write")]),
  ];
}
