import type { DilatedAxis } from "../../../conv/dilated.ts";
import type { Answer } from "../../../forward.ts";
import type { Geometry } from "../../../geometry.ts";
import type { Layer } from "../../../layer.ts";
import { typescriptFold, typescriptGrid, typescriptGrids } from "../back/fold.ts";
import { aroundBody, indexOf, isPlain, partsOf } from "../back/parts.ts";
import { lines } from "../languages.ts";
import type { CodeLine, Program } from "../program.ts";
import { position, writer } from "../window/typescript.ts";
import { firstFilter } from "./numpy.ts";
import { type SpreadNumbers, spreadOf } from "./spread.ts";

/** Every loop written out: δ spread, then windows at stride 1 over it. No packages. */
export function typescriptRotate(g: Geometry, layer: Layer, answer: Answer): Program {
  const spread = spreadOf(g);
  return aroundBody("typescript", g, partsOf(layer, answer), [
    ...typescriptGrid(),
    ...prepare(g, spread),
    ...loops(g, spread),
    ...(spread.target === "dXp" ? typescriptFold(g) : []),
  ]);
}

function prepare(g: Geometry, { rows, columns, zeros, target }: SpreadNumbers): CodeLine[] {
  const [[top], [left]] = zeros;
  const at = (index: string, stride: number, before: number) => {
    const scaled = stride === 1 ? index : `${stride} * ${index}`;
    return before === 0 ? scaled : `${scaled} + ${before}`;
  };
  const [sh, sw] = g.spec.stride;
  const row = at("i", sh, top);
  const column = at("j", sw, left);
  const all = ({ cropBefore, walked, cropAfter }: DilatedAxis) => cropBefore + walked + cropAfter;
  const crop = [rows, columns].some(({ cropBefore, cropAfter }) => cropBefore + cropAfter > 0);
  const part = ({ cropBefore, walked }: DilatedAxis) => `${cropBefore}, ${cropBefore + walked}`;
  const plain = isPlain(g);
  const grids = typescriptGrids(g, [g.spec.N, g.spec.C], rows.out, columns.out);
  const turn = "[...plane].reverse().map((row) => [...row].reverse())";
  return lines(
    "body",
    "const spread = (plane: number[][]) => {",
    `  const wide = grid(${all(rows)}, ${all(columns)});`,
    "  plane.forEach((row, i) => {",
    "    row.forEach((d, j) => {",
    `      wide[${row}][${column}] = d;`,
    "    });",
    "  });",
    crop
      ? `  return wide.slice(${part(rows)}).map((row) => row.slice(${part(columns)}));`
      : "  return wide;",
    "};",
    ...(g.spec.flip ? [] : ["const turn = (plane: number[][]) =>", `  ${turn};`]),
    `const D = ${plain ? "spread(delta)" : "delta.map((planes) => planes.map(spread))"};`,
    g.spec.flip
      ? "const R = W; // true convolution turned it going forward"
      : `const R = ${plain ? "turn(W)" : "W.map((planes) => planes.map(turn))"};`,
    ...`const ${target} = ${grids};`.split("\n"),
  );
}

function loops(g: Geometry, { rows, columns, target }: SpreadNumbers): CodeLine[] {
  const { spec, depth, filtersPerGroup } = g;
  const block = writer();
  let open = 0;
  const loop = (index: string, length: number) => {
    block.open(index, String(length));
    open++;
  };
  const plain = isPlain(g);
  const grouped = spec.groups > 1;
  if (spec.N > 1) loop("n", spec.N);
  if (spec.C > 1) loop("c", spec.C);
  if (grouped) block.line(`const first = ${firstFilter(depth, filtersPerGroup, "floor")};`);
  loop("i", rows.out);
  loop("j", columns.out);
  block.line("let sum = 0;");
  const inner = filtersPerGroup > 1 ? 3 : 2;
  if (filtersPerGroup > 1) block.open("f", String(filtersPerGroup));
  block.open("u", String(g.rows.k));
  block.open("v", String(g.columns.k));
  const [n, c] = [indexOf("n", g), indexOf("c", g)];
  const own = filtersPerGroup > 1 ? "f" : "0";
  const filter = grouped ? (filtersPerGroup > 1 ? "first + f" : "first") : own;
  const local = grouped ? (depth > 1 ? `c % ${depth}` : "0") : c;
  const at = `[${position("i", "u", { ...g.rows, stride: 1 })}][${position("j", "v", { ...g.columns, stride: 1 })}]`;
  block.line(`const d = D${plain ? "" : `[${n}][${filter}]`}${at};`, "gather");
  block.line(`sum += d * R${plain ? "" : `[${filter}][${local}]`}[u][v];`, "multiply");
  block.close(inner);
  block.line(`${target}${plain ? "" : `[${n}][${c}]`}[i][j] = sum;`, "write");
  block.close(open);
  return block.written;
}
