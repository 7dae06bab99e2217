import type { Answer } from "../../../forward.ts";
import type { Geometry } from "../../../geometry.ts";
import type { Layer } from "../../../layer.ts";
import { pytorchFold } from "../back/fold.ts";
import { aroundBody, partsOf } from "../back/parts.ts";
import { lines, marked } from "../languages.ts";
import type { Program } from "../program.ts";
import { option } from "../window/pytorch.ts";
import { dilates, everyStride, spreadOf } from "./spread.ts";

/** The same convolution as the library has it; its F.pad crops where the padding is negative. */
export function pytorchRotate(g: Geometry, layer: Layer, answer: Answer): Program {
  const { spec } = g;
  const { rows, columns, dilated, target } = spreadOf(g);
  const sides = [columns.before, columns.after, rows.before, rows.after];
  const shape = [spec.N, spec.F, ...dilated].join(", ");
  const call = [
    "D",
    "R",
    ...option("dilation", spec.dilation, 1),
    ...option("groups", [spec.groups, spec.groups], 1),
  ];
  return aroundBody("pytorch", g, partsOf(layer, answer), [
    ...lines(
      "body",
      ...(dilates(g)
        ? [`D = torch.zeros(${shape}, dtype=torch.float64)`, `D[:, :, ${everyStride(g)}] = delta`]
        : ["D = delta"]),
      ...(sides.some((n) => n !== 0) ? [`D = F.pad(D, (${sides.join(", ")}))`] : []),
      ...turned(g),
    ),
    marked(`${target} = F.conv2d(${call.join(", ")})`, "gather", "multiply", "write"),
    ...(target === "dXp" ? pytorchFold(g) : []),
  ]);
}

/** Turned by 180°, and in- and out-channels exchanged, in every group by itself. */
function turned({ spec, filtersPerGroup, depth }: Geometry): string[] {
  const { C, F, kH, kW, groups, flip } = spec;
  const turn = flip
    ? "R = W  # true convolution turned it going forward"
    : "R = torch.flip(W, (2, 3))";
  if (C === 1 && F === 1) return [turn];
  if (groups === 1) return [turn, "R = R.transpose(0, 1)"];
  return [
    turn,
    `R = R.reshape(${groups}, ${filtersPerGroup}, ${depth}, ${kH}, ${kW}).transpose(1, 2)`,
    `R = R.reshape(${C}, ${filtersPerGroup}, ${kH}, ${kW})`,
  ];
}
