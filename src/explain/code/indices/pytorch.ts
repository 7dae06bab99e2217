import type { Answer } from "../../../forward.ts";
import type { Geometry } from "../../../geometry.ts";
import type { Layer } from "../../../layer.ts";
import { hasPadding } from "../../cell.ts";
import { flatKernels } from "../../conventions.ts";
import { pytorchFold } from "../back/fold.ts";
import { bound, partsOf } from "../back/parts.ts";
import { LANGUAGES, lines, literal, marked } from "../languages.ts";
import { checkWritable, tolerances, tolerancesFor } from "../limits.ts";
import type { CodeLine, Program, ProgramOptions } from "../program.ts";
import { outLength } from "../window/numpy.ts";
import { ACTIVATED, padLine } from "../window/pytorch.ts";
import {
  type Calls,
  columnsOf,
  type Style,
  sizesOf,
  styleOf,
  tensorLines,
  times,
} from "./parts.ts";

/** The same arrays by repeat_interleave and repeat; on the way back index_put_, which can accumulate. */
export function pytorchIndices(
  g: Geometry,
  layer: Layer,
  answer: Answer,
  options: ProgramOptions = {},
): Program {
  checkWritable(layer, answer);
  const style = styleOf(g, options);
  const parts = partsOf(layer, answer);
  const y = tolerances(g, layer);
  const dx = tolerancesFor(bound(g, parts));
  const b = Array.from(layer.b.data, literal).join(", ");
  return [
    ...lines("data", ...LANGUAGES.pytorch.imports, ""),
    ...lines("data", ...tensorLines("pytorch", "X", layer.x)),
    ...lines("data", ...tensorLines("pytorch", "W", layer.w)),
    ...lines("data", `b = torch.tensor([${b}], dtype=torch.float64)`),
    ...lines("data", ...tensorLines("pytorch", "delta", parts.delta), ""),
    ...arrays(g, style),
    ...forward(g, style),
    ...lines("body", ""),
    ...backward(g),
    ...pytorchFold(g),
    ...lines("check", "", ...tensorLines("pytorch", "expected", answer.y)),
    ...lines("check", `assert torch.allclose(Y, expected, rtol=${y.relative}, atol=${y.absolute})`),
    ...lines("check", ...tensorLines("pytorch", "expected", parts.dx)),
    ...lines(
      "check",
      `assert torch.allclose(dX, expected, rtol=${dx.relative}, atol=${dx.absolute})`,
    ),
  ];
}

const CALLS: Calls = {
  range: (length) => `torch.arange(${length})`,
  repeat: (text, count) => `${text}.repeat_interleave(${count})`,
  tile: (text, count) => `${text}.repeat(${count})`,
};

function arrays(g: Geometry, style: Style): CodeLine[] {
  const { rows, columns, spec } = g;
  const { x } = sizesOf(g);
  const { k, i0, j0 } = columnsOf(g, style, CALLS);
  const hwio = style.weights === "HWIO";
  const built = [
    `k = ${k}[:, None]`,
    `i0 = ${times(rows.dilation, i0)}`,
    `i1 = ${times(rows.stride, "torch.arange(out_h).repeat_interleave(out_w)")}`,
    `j0 = ${times(columns.dilation, j0)}`,
    `j1 = ${times(columns.stride, "torch.arange(out_w).repeat(out_h)")}`,
    "i = i0[:, None] + i1",
    "j = j0[:, None] + j1",
  ];
  return [
    ...lines(
      "body",
      ...(hasPadding(g) ? [padLine(g)] : []),
      ...(hwio ? ["hwio = W.permute(2, 3, 1, 0)"] : []),
      ...(spec.flip ? [`flipped = torch.flip(${hwio ? "hwio, (0, 1)" : "W, (2, 3)"})`] : []),
      `out_h = ${outLength(rows, `${x}.shape[2]`)}`,
      `out_w = ${outLength(columns, `${x}.shape[3]`)}`,
    ),
    ...built.map((text) => marked(text, "index")),
  ];
}

function forward(g: Geometry, style: Style): CodeLine[] {
  const { spec, filtersPerGroup, window } = g;
  const { F, groups } = spec;
  const { x, cells } = sizesOf(g);
  const w = spec.flip ? "flipped" : style.weights === "HWIO" ? "hwio" : "W";
  const [kernels, product] =
    groups === 1
      ? [
          flatKernels({ ...style, w, filters: F, way: "columns" }),
          ["out = W_row @ cols + b[:, None]"],
        ]
      : [
          `${w}.reshape(${groups}, ${filtersPerGroup}, -1)`,
          [
            `out = W_row @ cols.reshape(${groups}, ${window}, -1)`,
            `out = out.reshape(${F}, -1) + b[:, None]`,
          ],
        ];
  const image = `out.reshape(${F}, out_h, out_w, ${spec.N}).permute(3, 0, 1, 2)`;
  const { name } = spec.activation;
  return [
    marked(`cols = ${x}[:, k, i, j].permute(1, 2, 0).reshape(${cells}, -1)`, "gather"),
    ...lines("body", `W_row = ${kernels}`),
    ...product.map((text) => marked(text, "multiply")),
    ...(name === "linear"
      ? [marked(`Y = ${image}`, "write")]
      : [
          marked(`Z = ${image}`, "write"),
          marked(`Y = ${ACTIVATED[name](spec.activation)}`, "activate", "write"),
        ]),
  ];
}

function backward(g: Geometry): CodeLine[] {
  const { spec, filtersPerGroup, shapes } = g;
  const { F, N, groups } = spec;
  const { dx, cells } = sizesOf(g);
  const product =
    groups === 1
      ? ["dcols = W_row.T @ dout"]
      : [
          `dout = dout.reshape(${groups}, ${filtersPerGroup}, -1)`,
          "dcols = W_row.transpose(1, 2) @ dout",
        ];
  const zeros = `torch.zeros(${shapes.P.join(", ")}, dtype=torch.float64)`;
  return [
    marked(`dout = delta.permute(1, 2, 3, 0).reshape(${F}, -1)`, "back"),
    ...product.map((text) => marked(text, "back")),
    marked(`dcols = dcols.reshape(${cells}, -1, ${N}).permute(2, 0, 1)`, "back"),
    ...lines("body", `n = torch.arange(${N})[:, None, None]`, `${dx} = ${zeros}`),
    marked(`${dx}.index_put_((n, k, i, j), dcols, accumulate=True)`, "add"),
    ...lines("body", `lossy = ${zeros}`),
    marked("lossy[:, k, i, j] += dcols  # one number a cell is left", "plain"),
  ];
}
