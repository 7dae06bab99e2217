import type { Answer } from "../../../forward.ts";
import type { Geometry } from "../../../geometry.ts";
import type { Layer } from "../../../layer.ts";
import { tensorLines } from "../back/parts.ts";
import { LANGUAGES, lines, literal, marked } from "../languages.ts";
import { checkWritable, tolerances } from "../limits.ts";
import type { CodeLine, Program, ProgramOptions } from "../program.ts";
import { ACTIVATED, option, padLine, padsSeparately } from "../window/pytorch.ts";
import { kernelsAs, kernelsName, type Style, styleOf } from "./parts.ts";

/** The library has im2col as F.unfold: its windows stand side by side, one matrix a sample. */
export function pytorchIm2col(
  g: Geometry,
  layer: Layer,
  answer: Answer,
  options: ProgramOptions = {},
): Program {
  checkWritable(layer, answer);
  const { relative, absolute } = tolerances(g, layer);
  const { data } = layer.b;
  return [
    ...lines("data", ...LANGUAGES.pytorch.imports, ""),
    ...lines("data", ...tensorLines("pytorch", g, "X", layer.x)),
    ...lines("data", ...tensorLines("pytorch", g, "W", layer.w)),
    ...lines(
      "data",
      `b = torch.tensor([${Array.from(data, literal).join(", ")}], dtype=torch.float64)`,
      "",
    ),
    ...body(g, styleOf(g, options)),
    ...lines("check", "", ...tensorLines("pytorch", g, "expected", answer.y)),
    ...lines("check", `assert torch.allclose(Y, expected, rtol=${relative}, atol=${absolute})`),
  ];
}

function body(g: Geometry, style: Style): CodeLine[] {
  const { spec } = g;
  const hwio = style.weights === "HWIO";
  const { name } = spec.activation;
  const out = style.way === "rows" ? "out.transpose(1, 2)" : "out";
  const image = `${out}.reshape(${g.shapes.Y.join(", ")})`;
  return [
    ...lines(
      "body",
      ...(padsSeparately(g) ? [padLine(g)] : []),
      ...(hwio ? ["hwio = W.permute(2, 3, 1, 0)"] : []),
      ...(spec.flip ? [`flipped = torch.flip(${hwio ? "hwio, (0, 1)" : "W, (2, 3)"})`] : []),
    ),
    ...unfold(g, style),
    ...multiply(g, style),
    ...(name === "linear"
      ? [marked(`Y = ${image}`, "write")]
      : [
          marked(`Z = ${image}`, "write"),
          marked(`Y = ${ACTIVATED[name](spec.activation)}`, "activate", "write"),
        ]),
  ];
}

/** F.unfold has windows as columns and goes channel by channel: what else is wanted is made of that. */
function unfold(g: Geometry, { way, order }: Style): CodeLine[] {
  const { spec, rows, columns } = g;
  const { N, C, kH, kW } = spec;
  const separate = padsSeparately(g);
  const call = [
    separate ? "Xp" : "X",
    kH === kW ? `${kH}` : `(${kH}, ${kW})`,
    ...option("dilation", spec.dilation, 1),
    ...option("padding", separate ? [0, 0] : [rows.before, columns.before], 0),
    ...option("stride", spec.stride, 1),
  ];
  const turned = way === "rows" ? ".transpose(1, 2)" : "";
  const unfolded = `col = F.unfold(${call.join(", ")})`;
  if (order === "c kh kw") return [marked(`${unfolded}${turned}`, "gather")];
  const last = `col.reshape(${N}, ${C}, ${kH * kW}, -1).transpose(1, 2)`;
  return [
    marked(unfolded, "gather"),
    marked(`col = ${last}.reshape(${N}, ${C * kH * kW}, -1)${turned}`, "gather"),
  ];
}

function multiply(g: Geometry, style: Style): CodeLine[] {
  const { spec, filtersPerGroup, window } = g;
  const { N, F, groups } = spec;
  const rows = style.way === "rows";
  if (groups === 1) {
    const kernels = kernelsAs(g, style, "permute");
    const product = rows ? `col @ ${kernels} + b` : `${kernels} @ col + b[:, None]`;
    return [marked(`out = ${product}`, "multiply")];
  }
  const w = kernelsName(g, style);
  const oihw = style.weights === "HWIO" ? `${w}.permute(3, 2, 0, 1)` : w;
  const kernels = `${oihw}.reshape(${groups}, ${filtersPerGroup}, -1)`;
  const columns = `col${rows ? ".transpose(1, 2)" : ""}.reshape(${N}, ${groups}, ${window}, -1)`;
  const out = `out.reshape(${N}, ${F}, -1)`;
  return [
    marked(`parts = ${columns}`, "multiply"),
    marked(`out = ${kernels} @ parts`, "multiply"),
    marked(`out = ${rows ? `${out}.transpose(1, 2) + b` : `${out} + b[:, None]`}`, "multiply"),
  ];
}
