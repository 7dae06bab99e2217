import type { Answer } from "../../../forward.ts";
import type { Geometry } from "../../../geometry.ts";
import type { Layer } from "../../../layer.ts";
import { pytorchFold } from "../back/fold.ts";
import { aroundBody, partsOf } from "../back/parts.ts";
import { cellsOfRow } from "../im2col/parts.ts";
import { lines, marked } from "../languages.ts";
import type { Program } from "../program.ts";
import { option, padsSeparately } from "../window/pytorch.ts";

/** The library has col2im as F.fold: what overlaps is added. */
export function pytorchCol2im(g: Geometry, layer: Layer, answer: Answer): Program {
  const { spec, rows, columns, filtersPerGroup, window, shapes } = g;
  const { N, F, H, W, groups, kH, kW } = spec;
  const separate = padsSeparately(g);
  const size = separate ? shapes.P.slice(2) : [H, W];
  const call = [
    "dcol",
    `(${size.join(", ")})`,
    kH === kW ? `${kH}` : `(${kH}, ${kW})`,
    ...option("dilation", spec.dilation, 1),
    ...option("padding", separate ? [0, 0] : [rows.before, columns.before], 0),
    ...option("stride", spec.stride, 1),
  ];
  const w = spec.flip ? "flipped" : "W";
  return aroundBody("pytorch", g, partsOf(layer, answer), [
    ...lines("body", ...(spec.flip ? ["flipped = torch.flip(W, (2, 3))"] : [])),
    ...(groups === 1
      ? [marked(`dcol = ${w}.reshape(${F}, -1).T @ delta.reshape(${N}, ${F}, -1)`, "multiply")]
      : [
          marked(
            `Wg = ${w}.reshape(${groups}, ${filtersPerGroup}, ${window}).transpose(1, 2)`,
            "multiply",
          ),
          marked(`dcol = Wg @ delta.reshape(${N}, ${groups}, ${filtersPerGroup}, -1)`, "multiply"),
          marked(`dcol = dcol.reshape(${N}, ${cellsOfRow(g)}, -1)`, "multiply"),
        ]),
    marked(`${separate ? "dXp" : "dX"} = F.fold(${call.join(", ")})`, "write"),
    ...(separate ? pytorchFold(g) : []),
  ]);
}
