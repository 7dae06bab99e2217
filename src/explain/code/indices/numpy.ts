import type { Answer } from "../../../forward.ts";
import type { Geometry } from "../../../geometry.ts";
import type { Layer } from "../../../layer.ts";
import { hasPadding } from "../../cell.ts";
import { flatKernels } from "../../conventions.ts";
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
    ...backward(g),
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
  const built = [
    `k = ${k}[:, None]`,
    `i0 = ${times(rows.dilation, i0)}`,
    `i1 = ${times(rows.stride, "np.repeat(np.arange(out_h), out_w)")}`,
    `j0 = ${times(columns.dilation, j0)}`,
    `j1 = ${times(columns.stride, "np.tile(np.arange(out_w), out_h)")}`,
    "i = i0[:, None] + i1",
    "j = j0[:, None] + j1",
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

function forward(g: Geometry, style: Style): CodeLine[] {
  const { spec, window } = g;
  const { F, groups } = spec;
  const { x, cells } = sizesOf(g);
  const b = F === 1 ? "b" : "b[:, None]";
  const product =
    groups === 1
      ? [`out = W_row @ cols + ${b}`]
      : [
          `out = W_row @ cols.reshape(${groups}, ${window}, -1)`,
          `out = out.reshape(${F}, -1) + ${b}`,
        ];
  const image = `out.reshape(${F}, out_h, out_w, ${spec.N}).transpose(3, 0, 1, 2)`;
  const { name } = spec.activation;
  return [
    marked(`cols = ${x}[:, k, i, j]`, "gather"),
    marked(`cols = cols.transpose(1, 2, 0).reshape(${cells}, -1)`, "gather"),
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

function backward(g: Geometry): CodeLine[] {
  const { spec, filtersPerGroup } = g;
  const { F, N, groups } = spec;
  const { x, dx, cells } = sizesOf(g);
  const product =
    groups === 1
      ? ["dcols = W_row.T @ dout"]
      : [
          `dout = dout.reshape(${groups}, ${filtersPerGroup}, -1)`,
          "dcols = W_row.transpose(0, 2, 1) @ dout",
        ];
  return [
    marked(`dout = delta.transpose(1, 2, 3, 0).reshape(${F}, -1)`, "back"),
    ...product.map((text) => marked(text, "back")),
    marked(`dcols = dcols.reshape(${cells}, -1, ${N}).transpose(2, 0, 1)`, "back"),
    ...lines("body", `${dx} = np.zeros(${x}.shape)`),
    marked(`np.add.at(${dx}, (slice(None), k, i, j), dcols)`, "add"),
    ...lines("body", `lossy = np.zeros(${x}.shape)`),
    marked("lossy[:, k, i, j] += dcols  # one number a cell is left", "plain"),
  ];
}
