import type { Answer } from "../../../forward.ts";
import type { Geometry } from "../../../geometry.ts";
import type { Layer } from "../../../layer.ts";
import { wayIn } from "../../conventions.ts";
import { pytorchFold } from "../back/fold.ts";
import { aroundBody, partsOf } from "../back/parts.ts";
import { cellsOfRow } from "../im2col/parts.ts";
import { lines, marked } from "../languages.ts";
import type { Program, ProgramOptions } from "../program.ts";
import { option, padsSeparately } from "../window/pytorch.ts";

/** The library has col2im as F.fold: what overlaps is added. It wants windows as columns, one matrix a sample. */
export function pytorchCol2im(
  g: Geometry,
  layer: Layer,
  answer: Answer,
  options: ProgramOptions,
): Program {
  const { spec, rows, columns, shapes } = g;
  const { H, W, kH, kW } = spec;
  const inRows = wayIn(options) === "rows";
  const separate = padsSeparately(g);
  const size = separate ? shapes.P.slice(2) : [H, W];
  const call = [
    inRows ? "dcol.transpose(1, 2)" : "dcol",
    `(${size.join(", ")})`,
    kH === kW ? `${kH}` : `(${kH}, ${kW})`,
    ...option("dilation", spec.dilation, 1),
    ...option("padding", separate ? [0, 0] : [rows.before, columns.before], 0),
    ...option("stride", spec.stride, 1),
  ];
  const w = spec.flip ? "flipped" : "W";
  return aroundBody("pytorch", g, partsOf(layer, answer), [
    ...lines("body", ...(spec.flip ? ["flipped = torch.flip(W, (2, 3))"] : [])),
    ...(inRows ? rowsOf(g, w) : columnsOf(g, w)).map((text) => marked(text, "multiply")),
    marked(`${separate ? "dXp" : "dX"} = F.fold(${call.join(", ")})`, "write"),
    ...(separate ? pytorchFold(g) : []),
  ]);
}

/** dcol with one window a column. */
function columnsOf(g: Geometry, w: string): string[] {
  const { spec, filtersPerGroup, window } = g;
  const { N, F, groups } = spec;
  if (groups === 1) return [`dcol = ${w}.reshape(${F}, -1).T @ delta.reshape(${N}, ${F}, -1)`];
  return [
    `Wg = ${w}.reshape(${groups}, ${filtersPerGroup}, ${window}).transpose(1, 2)`,
    `dcol = Wg @ delta.reshape(${N}, ${groups}, ${filtersPerGroup}, -1)`,
    `dcol = dcol.reshape(${N}, ${cellsOfRow(g)}, -1)`,
  ];
}

/** dcol with one window a row. */
function rowsOf(g: Geometry, w: string): string[] {
  const { spec, filtersPerGroup, window } = g;
  const { N, F, groups } = spec;
  if (groups === 1)
    return [
      `deltas = delta.reshape(${N}, ${F}, -1).transpose(1, 2)`,
      `dcol = deltas @ ${w}.reshape(${F}, -1)`,
    ];
  return [
    `Wg = ${w}.reshape(${groups}, ${filtersPerGroup}, ${window})`,
    `deltas = delta.reshape(${N}, ${groups}, ${filtersPerGroup}, -1).transpose(2, 3)`,
    `dcol = (deltas @ Wg).transpose(1, 2).reshape(${N}, -1, ${cellsOfRow(g)})`,
  ];
}
