import type { Answer } from "../../../forward.ts";
import type { Geometry } from "../../../geometry.ts";
import type { Layer } from "../../../layer.ts";
import { hasPadding } from "../../cell.ts";
import { isPlain, tensorLines } from "../back/parts.ts";
import { lines, literal, marked } from "../languages.ts";
import { checkWritable } from "../limits.ts";
import type { CodeLine, Mark, Program, ProgramOptions } from "../program.ts";
import {
  comparison,
  FUNCTIONS,
  outLength,
  paddedInput,
  position,
  writer,
} from "../window/typescript.ts";
import { type Style, styleOf } from "./parts.ts";

/** The rows of col gathered window by window, each then multiplied with every kernel. No packages. */
export function typescriptIm2col(
  g: Geometry,
  layer: Layer,
  answer: Answer,
  options: ProgramOptions = {},
): Program {
  checkWritable(layer, answer);
  const style = styleOf(g, options);
  return [
    ...lines("data", ...tensorLines("typescript", g, "X", layer.x)),
    ...lines("data", ...tensorLines("typescript", g, "W", layer.w)),
    ...lines("data", `const b = [${Array.from(layer.b.data, literal).join(", ")}];`, ""),
    ...prepare(g),
    ...gather(g, style),
    ...multiply(g, style),
    ...layOut(g, style),
    ...lines("check", "", ...tensorLines("typescript", g, "expected", answer.y)),
    ...lines("check", ...comparison(g, layer, answer, isPlain(g) ? 2 : 4)),
  ];
}

function prepare(g: Geometry): CodeLine[] {
  const { rows, columns, spec } = g;
  const { name, value } = FUNCTIONS[spec.activation.name](spec.activation);
  return lines(
    "body",
    ...(hasPadding(g) ? paddedInput(g, isPlain(g) ? [] : ["n", "c"]) : []),
    ...(value === undefined ? [] : [`const ${name} = (z: number) => ${value};`]),
    `const outH = ${outLength(rows)};`,
    `const outW = ${outLength(columns)};`,
    "const col: number[][] = [];",
  );
}

/** The loops over a window's cells, or over the windows. */
function loops(block: ReturnType<typeof writer>, of: readonly (readonly [string, string])[]) {
  for (const [index, length] of of) block.open(index, length);
}

function gather(g: Geometry, { way, order }: Style): CodeLine[] {
  const { rows, columns, spec } = g;
  const plain = isPlain(g);
  const kernel = [["u", String(rows.k)] as const, ["v", String(columns.k)] as const];
  const channel = plain ? [] : [["c", String(spec.C)] as const];
  const sample = plain ? [] : [["n", String(spec.N)] as const];
  const place = [["i", "outH"] as const, ["j", "outW"] as const];
  const window = order === "c kh kw" ? [...channel, ...kernel] : [...kernel, ...channel];
  const [outer, inner] =
    way === "rows" ? [[...sample, ...place], window] : [window, [...place, ...sample]];
  const block = writer();
  loops(block, outer);
  block.line("const row: number[] = [];");
  loops(block, inner);
  const at = [...(plain ? [] : ["n", "c"]), position("i", "u", rows), position("j", "v", columns)];
  const x = hasPadding(g) ? `Xp(${at.join(", ")})` : `X${at.map((i) => `[${i}]`).join("")}`;
  block.line(`row.push(${x});`, "gather");
  block.close(inner.length);
  block.line("col.push(row);", "gather");
  block.close(outer.length);
  return block.written;
}

/** Every kernel as one row, in the order in which windows meet it. */
export function kernelsInRows(g: Geometry, matrices = isPlain(g)): string {
  const { spec } = g;
  if (matrices) return `[W.flat()${spec.flip ? ".reverse()" : ""}]`;
  if (!spec.flip) return "W.map((kernel) => kernel.flat(2))";
  return "W.map((kernel) => kernel.flatMap((plane) => plane.flat().reverse()))";
}

/** The same with the channels of a tap side by side. */
export function kernelsInOrder(
  g: Geometry,
  { order }: Pick<Style, "order">,
  matrices = isPlain(g),
): string[] {
  if (order === "c kh kw") return [`const kernels = ${kernelsInRows(g, matrices)};`];
  const { flip, kH, kW } = g.spec;
  const at = flip ? `[${kH - 1} - u][${kW - 1} - v]` : "[u][v]";
  return [
    "const kernels = W.map((kernel) => kernel[0].flatMap((line, u) =>",
    `  line.flatMap((_, v) => kernel.map((plane) => plane${at}))));`,
  ];
}

function multiply(g: Geometry, style: Style): CodeLine[] {
  const { filtersPerGroup, window, spec } = g;
  const group = filtersPerGroup === 1 ? "f" : `Math.floor(f / ${filtersPerGroup})`;
  const cell = spec.groups === 1 ? "k" : `${group} * ${window} + k`;
  const product =
    style.way === "rows"
      ? [
          "const out = col.map((row) =>",
          "  kernels.map((kernel, f) =>",
          `    kernel.reduce((z, w, k) => z + row[${cell}] * w, b[f])));`,
        ]
      : [
          "const out = kernels.map((kernel, f) =>",
          "  col[0].map((_, q) =>",
          `    kernel.reduce((z, w, k) => z + w * col[${cell}][q], b[f])));`,
        ];
  return [
    ...lines("body", ...kernelsInOrder(g, style)),
    ...product.map((text) => marked(text, "multiply")),
  ];
}

function layOut(g: Geometry, { way }: Style): CodeLine[] {
  const { name } = FUNCTIONS[g.spec.activation.name](g.spec.activation);
  const marks: Mark[] = name === "" ? ["write"] : ["activate", "write"];
  const made = (z: string) => (name === "" ? z : `${name}(${z})`);
  const rows = way === "rows";
  const texts = isPlain(g)
    ? [
        "const Y = Array.from({ length: outH }, (_, i) =>",
        "  Array.from({ length: outW }, (_, j) =>",
        `    ${made(rows ? "out[i * outW + j][0]" : "out[0][i * outW + j]")}));`,
      ]
    : [
        "const Y = X.map((_, n) => W.map((_, f) =>",
        "  Array.from({ length: outH }, (_, i) =>",
        "    Array.from({ length: outW }, (_, j) =>",
        `      ${made(rows ? "out[(n * outH + i) * outW + j][f]" : `out[f][(i * outW + j) * ${g.spec.N} + n]`)}))));`,
      ];
  return texts.map((text) => marked(text, ...marks));
}
