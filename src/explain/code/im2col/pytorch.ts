import type { Answer } from "../../../forward.ts";
import type { Geometry } from "../../../geometry.ts";
import type { Layer } from "../../../layer.ts";
import { tensorLines } from "../back/parts.ts";
import { LANGUAGES, lines, literal, marked } from "../languages.ts";
import { checkWritable, tolerances } from "../limits.ts";
import type { CodeLine, Program } from "../program.ts";
import { ACTIVATED, option, padLine, padsSeparately } from "../window/pytorch.ts";

/** The library has im2col as F.unfold: its windows stand side by side, one matrix a sample. */
export function pytorchIm2col(g: Geometry, layer: Layer, answer: Answer): Program {
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
    ...body(g),
    ...lines("check", "", ...tensorLines("pytorch", g, "expected", answer.y)),
    ...lines("check", `assert torch.allclose(Y, expected, rtol=${relative}, atol=${absolute})`),
  ];
}

function body(g: Geometry): CodeLine[] {
  const { spec, rows, columns, filtersPerGroup, window, shapes } = g;
  const { N, groups, F, kH, kW } = spec;
  const separate = padsSeparately(g);
  const call = [
    separate ? "Xp" : "X",
    kH === kW ? `${kH}` : `(${kH}, ${kW})`,
    ...option("dilation", spec.dilation, 1),
    ...option("padding", separate ? [0, 0] : [rows.before, columns.before], 0),
    ...option("stride", spec.stride, 1),
  ];
  const w = spec.flip ? "flipped" : "W";
  const { name } = spec.activation;
  const image = `out.reshape(${shapes.Y.join(", ")})`;
  return [
    ...lines("body", ...(separate ? [padLine(g)] : [])),
    ...lines("body", ...(spec.flip ? ["flipped = torch.flip(W, (2, 3))"] : [])),
    marked(`col = F.unfold(${call.join(", ")})`, "gather"),
    ...(groups === 1
      ? [marked(`out = ${w}.reshape(${F}, -1) @ col + b[:, None]`, "multiply")]
      : [
          marked(`col = col.reshape(${N}, ${groups}, ${window}, -1)`, "multiply"),
          marked(`out = ${w}.reshape(${groups}, ${filtersPerGroup}, -1) @ col`, "multiply"),
          marked(`out = out.reshape(${N}, ${F}, -1) + b[:, None]`, "multiply"),
        ]),
    ...(name === "linear"
      ? [marked(`Y = ${image}`, "write")]
      : [
          marked(`Z = ${image}`, "write"),
          marked(`Y = ${ACTIVATED[name](spec.activation)}`, "activate", "write"),
        ]),
  ];
}
