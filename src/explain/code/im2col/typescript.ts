import type { Answer } from "../../../forward.ts";
import type { Geometry } from "../../../geometry.ts";
import type { Layer } from "../../../layer.ts";
import { hasPadding } from "../../cell.ts";
import { isPlain, tensorLines } from "../back/parts.ts";
import { lines, literal, marked } from "../languages.ts";
import { checkWritable } from "../limits.ts";
import type { CodeLine, Mark, Program } from "../program.ts";
import {
  comparison,
  FUNCTIONS,
  outLength,
  paddedInput,
  position,
  writer,
} from "../window/typescript.ts";

/** The rows of col gathered window by window, each then multiplied with every kernel. No packages. */
export function typescriptIm2col(g: Geometry, layer: Layer, answer: Answer): Program {
  checkWritable(layer, answer);
  return [
    ...lines("data", ...tensorLines("typescript", g, "X", layer.x)),
    ...lines("data", ...tensorLines("typescript", g, "W", layer.w)),
    ...lines("data", `const b = [${Array.from(layer.b.data, literal).join(", ")}];`, ""),
    ...prepare(g),
    ...gather(g),
    ...multiply(g),
    ...layOut(g),
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

function gather(g: Geometry): CodeLine[] {
  const { rows, columns, spec } = g;
  const plain = isPlain(g);
  const block = writer();
  if (!plain) block.open("n", String(spec.N));
  block.open("i", "outH");
  block.open("j", "outW");
  block.line("const row: number[] = [];");
  if (!plain) block.open("c", String(spec.C));
  block.open("u", String(rows.k));
  block.open("v", String(columns.k));
  const at = [...(plain ? [] : ["n", "c"]), position("i", "u", rows), position("j", "v", columns)];
  const x = hasPadding(g) ? `Xp(${at.join(", ")})` : `X${at.map((i) => `[${i}]`).join("")}`;
  block.line(`row.push(${x});`, "gather");
  block.close(plain ? 2 : 3);
  block.line("col.push(row);", "gather");
  block.close(plain ? 2 : 3);
  return block.written;
}

/** Every kernel as one row, in the order in which windows meet it. */
export function kernelsInRows(g: Geometry): string {
  const { spec } = g;
  if (isPlain(g)) return `[W.flat()${spec.flip ? ".reverse()" : ""}]`;
  if (!spec.flip) return "W.map((kernel) => kernel.flat(2))";
  return "W.map((kernel) => kernel.flatMap((plane) => plane.flat().reverse()))";
}

function multiply(g: Geometry): CodeLine[] {
  const { filtersPerGroup, window, spec } = g;
  const group = filtersPerGroup === 1 ? "f" : `Math.floor(f / ${filtersPerGroup})`;
  const cell = spec.groups === 1 ? "row[k]" : `row[${group} * ${window} + k]`;
  return [
    ...lines("body", `const kernels = ${kernelsInRows(g)};`),
    marked("const out = col.map((row) =>", "multiply"),
    marked("  kernels.map((kernel, f) =>", "multiply"),
    marked(`    kernel.reduce((z, w, k) => z + ${cell} * w, b[f])));`, "multiply"),
  ];
}

function layOut(g: Geometry): CodeLine[] {
  const { name } = FUNCTIONS[g.spec.activation.name](g.spec.activation);
  const marks: Mark[] = name === "" ? ["write"] : ["activate", "write"];
  const made = (z: string) => (name === "" ? z : `${name}(${z})`);
  const texts = isPlain(g)
    ? [
        "const Y = Array.from({ length: outH }, (_, i) =>",
        "  Array.from({ length: outW }, (_, j) =>",
        `    ${made("out[i * outW + j][0]")}));`,
      ]
    : [
        "const Y = X.map((_, n) => W.map((_, f) =>",
        "  Array.from({ length: outH }, (_, i) =>",
        "    Array.from({ length: outW }, (_, j) =>",
        `      ${made("out[(n * outH + i) * outW + j][f]")}))));`,
      ];
  return texts.map((text) => marked(text, ...marks));
}
