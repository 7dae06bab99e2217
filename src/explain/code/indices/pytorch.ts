import type { Answer } from "../../../forward.ts";
import type { Geometry } from "../../../geometry.ts";
import type { Layer } from "../../../layer.ts";
import { hasPadding } from "../../cell.ts";
import { flatKernels } from "../../conventions.ts";
import { GATHERED } from "../../narration/indices.ts";
import type { Way } from "../../rows.ts";
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
  LAID,
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
    ...backward(g, style),
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
  const laid = LAID[style.way];
  const hwio = style.weights === "HWIO";
  const built = [
    `k = ${k}${laid.k}`,
    `i0 = ${times(rows.dilation, i0)}`,
    `i1 = ${times(rows.stride, "torch.arange(out_h).repeat_interleave(out_w)")}`,
    `j0 = ${times(columns.dilation, j0)}`,
    `j1 = ${times(columns.stride, "torch.arange(out_w).repeat(out_h)")}`,
    `i = ${laid.i}`,
    `j = ${laid.j}`,
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

/** What is gathered, the product, and Y: with windows as columns, or as rows. */
const FORWARD: Readonly<
  Record<Way, (g: Geometry) => { gather: string; product: string[]; image: string }>
> = {
  columns(g) {
    const { F, N, groups } = g.spec;
    const { x, cells } = sizesOf(g);
    return {
      gather: `cols = ${x}[:, k, i, j].permute(1, 2, 0).reshape(${cells}, -1)`,
      product:
        groups === 1
          ? ["out = W_row @ cols + b[:, None]"]
          : [
              `out = W_row @ cols.reshape(${groups}, ${g.window}, -1)`,
              `out = out.reshape(${F}, -1) + b[:, None]`,
            ],
      image: `out.reshape(${F}, out_h, out_w, ${N}).permute(3, 0, 1, 2)`,
    };
  },
  rows(g) {
    const { F, N, groups } = g.spec;
    const { x, cells } = sizesOf(g);
    return {
      gather: `col = ${x}[:, k, i, j].reshape(-1, ${cells})`,
      product:
        groups === 1
          ? ["out = col @ W_row.T + b"]
          : [
              `parts = col.reshape(-1, ${groups}, ${g.window}).transpose(0, 1)`,
              "out = parts @ W_row.transpose(1, 2)",
              `out = out.transpose(0, 1).reshape(-1, ${F}) + b`,
            ],
      image: `out.reshape(${N}, out_h, out_w, ${F}).permute(0, 3, 1, 2)`,
    };
  },
};

function forward(g: Geometry, style: Style): CodeLine[] {
  const { spec, filtersPerGroup } = g;
  const { F, groups } = spec;
  const w = spec.flip ? "flipped" : style.weights === "HWIO" ? "hwio" : "W";
  const kernels =
    groups === 1
      ? flatKernels({ ...style, w, filters: F, way: "columns" })
      : `${w}.reshape(${groups}, ${filtersPerGroup}, -1)`;
  const { gather, product, image } = FORWARD[style.way](g);
  const { name } = spec.activation;
  return [
    marked(gather, "gather"),
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

/** δ as a matrix, times the kernels, and laid out as the arrays are. */
const BACK: Readonly<Record<Way, (g: Geometry) => string[]>> = {
  columns({ spec: { F, N, groups }, filtersPerGroup, shapes }) {
    return [
      `dout = delta.permute(1, 2, 3, 0).reshape(${F}, -1)`,
      ...(groups === 1
        ? ["dcols = W_row.T @ dout"]
        : [
            `dout = dout.reshape(${groups}, ${filtersPerGroup}, -1)`,
            "dcols = W_row.transpose(1, 2) @ dout",
          ]),
      `dcols = dcols.reshape(${shapes.R[1]}, -1, ${N}).permute(2, 0, 1)`,
    ];
  },
  rows({ spec: { F, N, groups }, filtersPerGroup, shapes }) {
    return [
      `dout = delta.permute(0, 2, 3, 1).reshape(-1, ${F})`,
      ...(groups === 1
        ? ["dcol = dout @ W_row"]
        : [
            `dout = dout.reshape(-1, ${groups}, ${filtersPerGroup}).transpose(0, 1)`,
            "dcol = (dout @ W_row).transpose(0, 1)",
          ]),
      `dcol = dcol.reshape(${N}, -1, ${shapes.R[1]})`,
    ];
  },
};

function backward(g: Geometry, { way }: Style): CodeLine[] {
  const { shapes, spec } = g;
  const { dx } = sizesOf(g);
  const { dcol } = GATHERED[way];
  const zeros = `torch.zeros(${shapes.P.join(", ")}, dtype=torch.float64)`;
  return [
    ...BACK[way](g).map((text) => marked(text, "back")),
    ...lines("body", `n = torch.arange(${spec.N})[:, None, None]`, `${dx} = ${zeros}`),
    marked(`${dx}.index_put_((n, k, i, j), ${dcol}, accumulate=True)`, "add"),
    ...lines("body", `lossy = ${zeros}`),
    marked(`lossy[:, k, i, j] += ${dcol}  # one number a cell is left`, "plain"),
  ];
}
