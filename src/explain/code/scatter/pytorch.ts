import type { Answer } from "../../../forward.ts";
import type { Geometry } from "../../../geometry.ts";
import type { Layer } from "../../../layer.ts";
import { hasPadding } from "../../cell.ts";
import { pytorchFold } from "../back/fold.ts";
import { aroundBody, partsOf } from "../back/parts.ts";
import { lines, marked } from "../languages.ts";
import type { Program } from "../program.ts";
import { option } from "../window/pytorch.ts";

/** The library calls it transposed convolution; its output padding is the remainder. */
export function pytorchScatter(g: Geometry, layer: Layer, answer: Answer): Program {
  const { rows, columns, spec } = g;
  // The library itself crops only what was padded with zeros, and alike on opposite sides.
  const alike = rows.before === rows.after && columns.before === columns.after;
  const crops = spec.padMode === "zeros" && alike;
  const separate = hasPadding(g) && !crops;
  const call = [
    "delta",
    spec.flip ? "flipped" : "W",
    ...option("stride", spec.stride, 1),
    ...option("padding", separate ? [0, 0] : [rows.before, columns.before], 0),
    ...option("output_padding", [rows.remainder, columns.remainder], 0),
    ...option("groups", [spec.groups, spec.groups], 1),
    ...option("dilation", spec.dilation, 1),
  ];
  return aroundBody("pytorch", g, partsOf(layer, answer), [
    ...lines("body", ...(spec.flip ? ["flipped = torch.flip(W, (2, 3))"] : [])),
    marked(
      `${separate ? "dXp" : "dX"} = F.conv_transpose2d(${call.join(", ")})`,
      "gather",
      "multiply",
      "write",
    ),
    ...(separate ? pytorchFold(g) : []),
  ]);
}
