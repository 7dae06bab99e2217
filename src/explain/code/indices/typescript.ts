import type { Answer } from "../../../forward.ts";
import type { Geometry } from "../../../geometry.ts";
import type { Layer } from "../../../layer.ts";
import { hasPadding } from "../../cell.ts";
import { GATHERED } from "../../narration/indices.ts";
import type { Way } from "../../rows.ts";
import { typescriptFold, typescriptGrid, typescriptGrids } from "../back/fold.ts";
import { bound, isWhole, type Parts, partsOf } from "../back/parts.ts";
import { kernelsInOrder } from "../im2col/typescript.ts";
import { lines, literal, marked } from "../languages.ts";
import { checkWritable, tolerancesFor } from "../limits.ts";
import type { CodeLine, Program, ProgramOptions } from "../program.ts";
import { comparison, FUNCTIONS, outLength, paddedInput } from "../window/typescript.ts";
import { type Calls, columnsOf, type Style, sizesOf, styleOf, tensorLines } from "./parts.ts";

/** repeat and tile written out, then the same arrays, product and addition. No packages. */
export function typescriptIndices(
  g: Geometry,
  layer: Layer,
  answer: Answer,
  options: ProgramOptions = {},
): Program {
  checkWritable(layer, answer);
  const style = styleOf(g, options);
  const parts = partsOf(layer, answer);
  return [
    ...lines("data", ...tensorLines("typescript", "X", layer.x)),
    ...lines("data", ...tensorLines("typescript", "W", layer.w)),
    ...lines("data", `const b = [${Array.from(layer.b.data, literal).join(", ")}];`),
    ...lines("data", ...tensorLines("typescript", "delta", parts.delta), ""),
    ...prepare(g),
    ...arrays(g, style),
    ...forward(g, style),
    ...lines("body", ""),
    ...typescriptGrid(),
    ...backward(g, style),
    // what stands in the ring has been asked for before, by the padded input
    ...typescriptFold(g, false).filter(({ text }) => !text.startsWith("const source ")),
    ...lines("check", "", ...tensorLines("typescript", "expected", answer.y)),
    ...lines("check", ...comparison(g, layer, answer, 4)),
    ...lines("check", ...tensorLines("typescript", "gradient", parts.dx)),
    ...lines("check", ...gradientComparison(g, parts)),
  ];
}

function gradientComparison(g: Geometry, parts: Parts): string[] {
  const { relative, absolute } = tolerancesFor(bound(g, parts));
  const wrong = isWhole(g, parts)
    ? "found[m] !== d"
    : `!(Math.abs(found[m] - d) <= ${absolute} + ${relative} * Math.abs(d))`;
  return [
    "const found = dX.flat(3);",
    "gradient.flat(3).forEach((d, m) => {",
    `  if (${wrong})`,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the program's own template.
    "    throw new Error(`dX holds ${found[m]} where ${d} was expected`);",
    "});",
  ];
}

function prepare(g: Geometry): CodeLine[] {
  const { rows, columns, spec } = g;
  const { name, value } = FUNCTIONS[spec.activation.name](spec.activation);
  return lines(
    "body",
    ...(hasPadding(g) ? paddedInput(g, ["n", "c"]) : []),
    ...(value === undefined ? [] : [`const ${name} = (z: number) => ${value};`]),
    `const outH = ${outLength(rows)};`,
    `const outW = ${outLength(columns)};`,
    "const range = (n: number) => Array.from({ length: n }, (_, v) => v);",
    "const repeat = (a: number[], times: number) =>",
    "  a.flatMap((v) => new Array<number>(times).fill(v));",
    "const tile = (a: number[], times: number) =>",
    "  new Array<number[]>(times).fill(a).flat();",
  );
}

/** "text.map((v) => 2 * v)", or the text alone where the factor is 1. */
function scaled(factor: number, text: string): string {
  return factor === 1 ? text : `${text}.map((v) => ${factor} * v)`;
}

const CALLS: Calls = {
  range: (length) => `range(${length})`,
  repeat: (text, count) => `repeat(${text}, ${count})`,
  tile: (text, count) => `tile(${text}, ${count})`,
};

function arrays(g: Geometry, style: Style): CodeLine[] {
  const { rows, columns } = g;
  const { k, i0, j0 } = columnsOf(g, style, CALLS);
  const built = [
    `const k = ${k};`,
    `const i0 = ${scaled(rows.dilation, i0)};`,
    `const i1 = ${scaled(rows.stride, "repeat(range(outH), outW)")};`,
    `const j0 = ${scaled(columns.dilation, j0)};`,
    `const j1 = ${scaled(columns.stride, "tile(range(outW), outH)")};`,
    ...["i", "j"].map((a) => {
      const [down, along] = style.way === "columns" ? [`${a}0`, `${a}1`] : [`${a}1`, `${a}0`];
      return `const ${a} = ${down}.map((down) => ${along}.map((along) => down + along));`;
    }),
  ];
  return built.map((text) => marked(text, "index"));
}

/** The place in i and j of a tap of a window. */
const PLACE = { columns: "[r][q]", rows: "[q][r]" } as const satisfies Record<Way, string>;

function forward(g: Geometry, style: Style): CodeLine[] {
  const { spec } = g;
  const columns = style.way === "columns";
  const at = PLACE[style.way];
  const x = hasPadding(g) ? `Xp(n, c, i${at}, j${at})` : `X[n][c][i${at}][j${at}]`;
  const { name } = FUNCTIONS[spec.activation.name](spec.activation);
  const row = rowOf(g, "f");
  const [gather, product, z] = columns
    ? [
        ["const cols = k.map((c, r) => i1.flatMap((_, q) =>", `  X.map((_, n) => ${x})));`],
        [
          "const out = kernels.map((kernel, f) => cols[0].map((_, q) =>",
          `  kernel.reduce((z, w, m) => z + w * cols[${row}][q], b[f])));`,
        ],
        `out[f][(oh * outW + ow) * ${spec.N} + n]`,
      ]
    : [
        ["const col = X.flatMap((_, n) => i1.map((_, q) =>", `  k.map((c, r) => ${x})));`],
        [
          "const out = col.map((taps) => kernels.map((kernel, f) =>",
          `  kernel.reduce((z, w, m) => z + w * taps[${row}], b[f])));`,
        ],
        "out[(n * outH + oh) * outW + ow][f]",
      ];
  const marks = name === "" ? (["write"] as const) : (["activate", "write"] as const);
  return [
    ...gather.map((text) => marked(text, "gather")),
    ...lines("body", ...kernelsInOrder(g, style, false)),
    ...product.map((text) => marked(text, "multiply")),
    marked("const Y = X.map((_, n) => W.map((_, f) => range(outH).map((oh) =>", ...marks),
    marked(`  range(outW).map((ow) => ${name === "" ? z : `${name}(${z})`}))));`, ...marks),
  ];
}

/** The tap in the arrays that weight m of filter f meets: a group has taps of its own. */
function rowOf({ spec, filtersPerGroup, window }: Geometry, f: string): string {
  if (spec.groups === 1) return "m";
  return `${filtersPerGroup === 1 ? f : `Math.floor(${f} / ${filtersPerGroup})`} * ${window} + m`;
}

function backward(g: Geometry, { way }: Style): CodeLine[] {
  const { spec, rows, columns, shapes } = g;
  const { dx } = sizesOf(g);
  const grids = typescriptGrids(g, shapes.P, rows.padded, columns.padded, false);
  const { col, dcol } = GATHERED[way];
  const at = PLACE[way];
  const place = `[n][k[r]][i${at}][j${at}]`;
  // one after the other as NumPy writes them: of numbers for one cell the last stays
  const [loops, one, sum] =
    way === "columns"
      ? [
          "k.forEach((_, r) => i1.forEach((_, q) => X.forEach((_, n) => {",
          `${dcol}[r][q * ${spec.N} + n]`,
          `${dcol}[${rowOf(g, "f")}][q * ${spec.N} + n]`,
        ]
      : [
          "X.forEach((_, n) => i1.forEach((_, q) => k.forEach((_, r) => {",
          `${dcol}[n * i1.length + q][r]`,
          `${dcol}[n * i1.length + q][${rowOf(g, "f")}]`,
        ];
  const d = "delta[n][f][Math.floor(q / outW)][q % outW]";
  return [
    ...lines("body", `const ${dcol} = ${col}.map((row) => row.map(() => 0));`),
    marked("kernels.forEach((kernel, f) => kernel.forEach((w, m) =>", "back"),
    marked("  i1.forEach((_, q) => X.forEach((_, n) => {", "back"),
    marked(`    ${sum} += w * ${d};`, "back"),
    marked("  }))));", "back"),
    ...lines("body", ...`const ${dx} = ${grids};`.split("\n")),
    ...lines("body", ...`const lossy = ${grids};`.split("\n")),
    ...lines("body", loops),
    marked(`  ${dx}${place} += ${one}; // one by one: add.at`, "add"),
    marked(`  lossy${place} = 0 + ${one}; // every 0 was read before`, "plain"),
    ...lines("body", "})));"),
  ];
}
