import type { Answer } from "../../../forward.ts";
import type { Geometry } from "../../../geometry.ts";
import type { Layer } from "../../../layer.ts";
import { hasPadding } from "../../cell.ts";
import { typescriptFold, typescriptGrid, typescriptGrids } from "../back/fold.ts";
import { aroundBody, isPlain, partsOf } from "../back/parts.ts";
import { cellsOfRow } from "../im2col/parts.ts";
import { kernelsInRows } from "../im2col/typescript.ts";
import { lines } from "../languages.ts";
import type { CodeLine, Program } from "../program.ts";
import { position, writer } from "../window/typescript.ts";

/** A row of dcol is made and added back at once, window by window. No packages. */
export function typescriptCol2im(g: Geometry, layer: Layer, answer: Answer): Program {
  const name = hasPadding(g) ? "dXp" : "dX";
  const { rows, columns, shapes } = g;
  const grids = typescriptGrids(g, shapes.P, rows.padded, columns.padded);
  return aroundBody("typescript", g, partsOf(layer, answer), [
    ...typescriptGrid(),
    ...lines("body", ...`const ${name} = ${grids};`.split("\n")),
    ...lines("body", `const kernels = ${kernelsInRows(g)};`),
    ...loops(g, name),
    ...typescriptFold(g),
  ]);
}

function loops(g: Geometry, name: string): CodeLine[] {
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
