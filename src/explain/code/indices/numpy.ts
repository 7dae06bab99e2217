import type { Answer } from "../../../forward.ts";
import type { Geometry } from "../../../geometry.ts";
import type { Layer } from "../../../layer.ts";
import { hasPadding } from "../../cell.ts";
import { flatKernels } from "../../conventions.ts";
import { GATHERED } from "../../narration/indices.ts";
import type { Way } from "../../rows.ts";
import { numpyFold } from "../back/fold.ts";
import { bound, isWhole, type Parts, partsOf } from "../back/parts.ts";
import { ACTIVATED, numpyKernels } from "../im2col/numpy.ts";
import { LANGUAGES, lines, marked } from "../languages.ts";
import { checkWritable, tolerancesFor } from "../limits.ts";
import type { CodeLine, Program, ProgramOptions } from "../program.ts";
import { biasLines, comparison, MODES, outLength, padWidths } from "../window/numpy.ts";
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

/** k, i and j by repeat and tile; one fancy index, one product; back with np.add.at, and with the += that loses. */
export function numpyIndices(
  g: Geometry,
  layer: Layer,
  answer: Answer,
  options: ProgramOptions = {},
): Program {
  checkWritable(layer, answer);
  const style = styleOf(g, options);
  const parts = partsOf(layer, answer);
  return [
    ...lines("data", ...LANGUAGES.numpy.imports, ""),
    ...lines("data", ...tensorLines("numpy", "X", layer.x)),
    ...lines("data", ...tensorLines("numpy", "W", layer.w)),
    ...lines("data", ...biasLines(layer)),
    ...lines("data", ...tensorLines("numpy", "delta", parts.delta), ""),
    ...arrays(g, style),
    ...forward(g, style),
    ...lines("body", ""),
    ...backward(g, style),
    ...numpyFold(g, false),
    ...lines("check", "", ...tensorLines("numpy", "expected", answer.y)),
    ...lines("check", `assert ${comparison(g, layer, answer)}`),
    ...lines("check", ...tensorLines("numpy", "expected", parts.dx)),
    ...lines("check", `assert ${gradientComparison(g, parts)}`),
  ];
}

function gradientComparison(g: Geometry, parts: Parts): string {
  if (isWhole(g, parts)) return "np.array_equal(dX, expected)";
  const { relative, absolute } = tolerancesFor(bound(g, parts));
  return `np.allclose(dX, expected, rtol=${relative}, atol=${absolute})`;
}

const CALLS: Calls = {
  range: (length) => `np.arange(${length})`,
  repeat: (text, count) => `np.repeat(${text}, ${count})`,
  tile: (text, count) => `np.tile(${text}, ${count})`,
};

function arrays(g: Geometry, style: Style): CodeLine[] {
  const { rows, columns, spec } = g;
  const { x } = sizesOf(g);
  const { k, i0, j0 } = columnsOf(g, style, CALLS);
  const laid = LAID[style.way];
  const built = [
    `k = ${k}${laid.k}`,
    `i0 = ${times(rows.dilation, i0)}`,
    `i1 = ${times(rows.stride, "np.repeat(np.arange(out_h), out_w)")}`,
    `j0 = ${times(columns.dilation, j0)}`,
    `j1 = ${times(columns.stride, "np.tile(np.arange(out_w), out_h)")}`,
    `i = ${laid.i}`,
    `j = ${laid.j}`,
  ];
  return [
    ...lines(
      "body",
      ...(hasPadding(g) ? [`Xp = np.pad(X, ${padWidths(g, 4)}${MODES[spec.padMode]})`] : []),
      ...numpyKernels(g, style.weights, false),
      `out_h = ${outLength(rows, `${x}.shape[2]`)}`,
      `out_w = ${outLength(columns, `${x}.shape[3]`)}`,
    ),
    ...built.map((text) => marked(text, "index")),
  ];
}

/** The kernels as rows, a matrix for each group. */
function kernelsOf({ spec, filtersPerGroup }: Geometry, style: Style): string {
  const w = spec.flip ? "flipped" : style.weights === "HWIO" ? "hwio" : "W";
  if (spec.groups === 1) return flatKernels({ ...style, w, filters: spec.F, way: "columns" });
  return `${w}.reshape(${spec.groups}, ${filtersPerGroup}, -1)`;
}

/** What is gathered, the product, and Y: with windows as columns, or as rows. */
const FORWARD: Readonly<
  Record<Way, (g: Geometry) => { gather: string[]; product: string[]; image: string }>
> = {
  columns(g) {
    const { F, N, groups } = g.spec;
    const { x, cells } = sizesOf(g);
    const b = F === 1 ? "b" : "b[:, None]";
    return {
      gather: [`cols = ${x}[:, k, i, j]`, `cols = cols.transpose(1, 2, 0).reshape(${cells}, -1)`],
      product:
        groups === 1
          ? [`out = W_row @ cols + ${b}`]
          : [
              `out = W_row @ cols.reshape(${groups}, ${g.window}, -1)`,
              `out = out.reshape(${F}, -1) + ${b}`,
            ],
      image: `out.reshape(${F}, out_h, out_w, ${N}).transpose(3, 0, 1, 2)`,
    };
  },
  rows(g) {
    const { F, N, groups } = g.spec;
    const { x, cells } = sizesOf(g);
    return {
      gather: [`col = ${x}[:, k, i, j].reshape(-1, ${cells})`],
      product:
        groups === 1
          ? ["out = col @ W_row.T + b"]
          : [
              `parts = col.reshape(-1, ${groups}, ${g.window}).transpose(1, 0, 2)`,
              "out = parts @ W_row.transpose(0, 2, 1)",
              `out = out.transpose(1, 0, 2).reshape(-1, ${F}) + b`,
            ],
      image: `out.reshape(${N}, out_h, out_w, ${F}).transpose(0, 3, 1, 2)`,
    };
  },
};

function forward(g: Geometry, style: Style): CodeLine[] {
  const { spec } = g;
  const { gather, product, image } = FORWARD[style.way](g);
  const { name } = spec.activation;
  return [
    ...gather.map((text) => marked(text, "gather")),
    ...lines("body", `W_row = ${kernelsOf(g, style)}`),
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
      `dout = delta.transpose(1, 2, 3, 0).reshape(${F}, -1)`,
      ...(groups === 1
        ? ["dcols = W_row.T @ dout"]
        : [
            `dout = dout.reshape(${groups}, ${filtersPerGroup}, -1)`,
            "dcols = W_row.transpose(0, 2, 1) @ dout",
          ]),
      `dcols = dcols.reshape(${shapes.R[1]}, -1, ${N}).transpose(2, 0, 1)`,
    ];
  },
  rows({ spec: { F, N, groups }, filtersPerGroup, shapes }) {
    return [
      `dout = delta.transpose(0, 2, 3, 1).reshape(-1, ${F})`,
      ...(groups === 1
        ? ["dcol = dout @ W_row"]
        : [
            `dout = dout.reshape(-1, ${groups}, ${filtersPerGroup}).transpose(1, 0, 2)`,
            "dcol = (dout @ W_row).transpose(1, 0, 2)",
          ]),
      `dcol = dcol.reshape(${N}, -1, ${shapes.R[1]})`,
    ];
  },
};

function backward(g: Geometry, { way }: Style): CodeLine[] {
  const { x, dx } = sizesOf(g);
  const { dcol } = GATHERED[way];
  return [
    ...BACK[way](g).map((text) => marked(text, "back")),
    ...lines("body", `${dx} = np.zeros(${x}.shape)`),
    marked(`np.add.at(${dx}, (slice(None), k, i, j), ${dcol})`, "add"),
    ...lines("body", `lossy = np.zeros(${x}.shape)`),
    marked(`lossy[:, k, i, j] += ${dcol}  # one number a cell is left`, "plain"),
  ];
}
