import type { Answer } from "../../../forward.ts";
import type { Geometry } from "../../../geometry.ts";
import type { Layer } from "../../../layer.ts";
import { hasPadding } from "../../cell.ts";
import { wayIn } from "../../conventions.ts";
import { typescriptFold, typescriptGrid, typescriptGrids } from "../back/fold.ts";
import { aroundBody, isPlain, partsOf } from "../back/parts.ts";
import { cellsOfRow } from "../im2col/parts.ts";
import { kernelsInRows } from "../im2col/typescript.ts";
import { lines } from "../languages.ts";
import type { CodeLine, Program, ProgramOptions } from "../program.ts";
import { position, writer } from "../window/typescript.ts";

/** A row of dcol is made and added back at once: window by window, or tap by tap. No packages. */
export function typescriptCol2im(
  g: Geometry,
  layer: Layer,
  answer: Answer,
  options: ProgramOptions,
): Program {
  const name = hasPadding(g) ? "dXp" : "dX";
  const { rows, columns, shapes } = g;
  const grids = typescriptGrids(g, shapes.P, rows.padded, columns.padded);
  return aroundBody("typescript", g, partsOf(layer, answer), [
    ...typescriptGrid(),
    ...lines("body", ...`const ${name} = ${grids};`.split("\n")),
    ...lines("body", `const kernels = ${kernelsInRows(g)};`),
    ...(wayIn(options) === "rows" ? byWindows : byTaps)(g, name),
    ...typescriptFold(g),
  ]);
}

/** Where a window is a row. */
function byWindows(g: Geometry, name: string): CodeLine[] {
  const { rows, columns, spec, filtersPerGroup, window } = g;
  const plain = isPlain(g);
  const block = writer();
  const group = filtersPerGroup === 1 ? "f" : `Math.floor(f / ${filtersPerGroup})`;
  const cell = spec.groups === 1 ? "k" : `${group} * ${window} + k`;
  if (!plain) block.open("n", String(spec.N));
  block.open("i", String(rows.out));
  block.open("j", String(columns.out));
  if (plain) block.line("const row = kernels[0].map((w) => delta[i][j] * w);", "multiply");
  else {
    block.line(`const row: number[] = new Array(${cellsOfRow(g)}).fill(0);`, "multiply");
    block.line("kernels.forEach((kernel, f) =>", "multiply");
    block.line("  kernel.forEach((w, k) => {", "multiply");
    block.line(`    row[${cell}] += delta[n][f][i][j] * w;`, "multiply");
    block.line("  }));", "multiply");
  }
  block.line("let k = 0;");
  if (!plain) block.open("c", String(spec.C));
  block.open("u", String(rows.k));
  block.open("v", String(columns.k));
  const at = `[${position("i", "u", rows)}][${position("j", "v", columns)}]`;
  block.line(`${name}${plain ? "" : "[n][c]"}${at} += row[k++];`, "write");
  block.close(plain ? 4 : 6);
  return block.written;
}

/** Where a window is a column, a row is one tap of all windows. */
function byTaps(g: Geometry, name: string): CodeLine[] {
  const { rows, columns, spec, filtersPerGroup, window } = g;
  const plain = isPlain(g);
  const block = writer();
  const windows = () => {
    block.open("i", String(rows.out));
    block.open("j", String(columns.out));
    if (!plain) block.open("n", String(spec.N));
  };
  const deep = plain ? 2 : 3;
  block.line("let k = 0;");
  if (!plain) block.open("c", String(spec.C));
  block.open("u", String(rows.k));
  block.open("v", String(columns.k));
  block.line("const row: number[] = [];");
  if (spec.groups > 1) {
    const group = `Math.floor(k / ${window})`;
    block.line(`const first = ${group}${filtersPerGroup === 1 ? "" : ` * ${filtersPerGroup}`};`);
    block.line(`const own = kernels.slice(first, first + ${filtersPerGroup});`);
  }
  windows();
  if (plain) block.line("row.push(kernels[0][k] * delta[i][j]);", "multiply");
  else {
    const [own, f, cell] =
      spec.groups > 1 ? ["own", "first + f", `k % ${window}`] : ["kernels", "f", "k"];
    block.line(`row.push(${own}.reduce((sum, kernel, f) =>`, "multiply");
    block.line(`  sum + kernel[${cell}] * delta[n][${f}][i][j], 0));`, "multiply");
  }
  block.close(deep);
  block.line("let q = 0;");
  windows();
  const at = `[${position("i", "u", rows)}][${position("j", "v", columns)}]`;
  block.line(`${name}${plain ? "" : "[n][c]"}${at} += row[q++];`, "write");
  block.close(deep);
  block.line("k++;");
  block.close(plain ? 2 : 3);
  return block.written;
}
