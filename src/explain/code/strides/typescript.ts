import type { Answer } from "../../../forward.ts";
import type { Geometry } from "../../../geometry.ts";
import type { Layer } from "../../../layer.ts";
import { hasPadding } from "../../cell.ts";
import { viewAxes } from "../../view.ts";
import { isPlain, tensorLines } from "../back/parts.ts";
import { kernelsInRows } from "../im2col/typescript.ts";
import { lines, literal } from "../languages.ts";
import { checkWritable } from "../limits.ts";
import type { CodeLine, Mark, Program, ProgramOptions } from "../program.ts";
import { scaled } from "../window/nest.ts";
import { comparison, FUNCTIONS, outLength, paddedInput, writer } from "../window/typescript.ts";
import { type Way, wayOf } from "./parts.ts";

/** One flat array and the strides of the view: an offset a window, and from there a jump a tap. No packages. */
export function typescriptStrides(
  g: Geometry,
  layer: Layer,
  answer: Answer,
  options: ProgramOptions = {},
): Program {
  checkWritable(layer, answer);
  const way = wayOf(g, isPlain(g), options);
  return [
    ...lines("data", ...tensorLines("typescript", g, "X", layer.x)),
    ...lines("data", ...tensorLines("typescript", g, "W", layer.w)),
    ...lines("data", `const b = [${Array.from(layer.b.data, literal).join(", ")}];`, ""),
    ...memory(g, way),
    ...prepare(g, way),
    ...windows(g),
    ...lines("check", "", ...tensorLines("typescript", g, "expected", answer.y)),
    ...lines("check", ...comparison(g, layer, answer, isPlain(g) ? 2 : 4)),
  ];
}

/** The padded input as one row of numbers; without a ring, and channel by channel, X as it is. */
function memory(g: Geometry, way: Way): CodeLine[] {
  const { spec, rows, columns } = g;
  const last = way.memory === "NHWC";
  if (!hasPadding(g) && !last)
    return lines("body", `const memory = X.flat(${way.plain ? "" : 3});`);
  const block = writer();
  block.line("const memory: number[] = [];");
  if (!way.plain) block.open("n", String(spec.N));
  if (!way.plain && !last) block.open("c", String(spec.C));
  block.open("row", String(rows.padded));
  block.open("column", String(columns.padded));
  if (last) block.open("c", String(spec.C));
  const at = [...(way.plain ? [] : ["n", "c"]), "row", "column"];
  const x = hasPadding(g) ? `Xp(${at.join(", ")})` : `X${at.map((i) => `[${i}]`).join("")}`;
  block.line(`memory.push(${x});`);
  block.close(way.plain ? 2 : 4);
  const padding = hasPadding(g) ? paddedInput(g, way.plain ? [] : ["n", "c"]) : [];
  return [...lines("body", ...padding), ...block.written];
}

function prepare(g: Geometry, way: Way): CodeLine[] {
  const { name, value } = FUNCTIONS[g.spec.activation.name](g.spec.activation);
  const stride = Object.fromEntries(
    viewAxes(g, way.memory).map((axis) => [axis.name, axis.stride]),
  );
  const { n, oh, ow, c, kh, kw } = stride;
  const own = isPlain(g) ? { oh, ow, kh, kw } : { n, oh, ow, c, kh, kw };
  const entries = Object.entries(own).map(([axis, step]) => `${axis}: ${step}`);
  return lines(
    "body",
    ...(value === undefined ? [] : [`const ${name} = (z: number) => ${value};`]),
    `const stride = { ${entries.join(", ")} };`,
    `const kernels = ${kernelsInRows(g)};`,
    `const outH = ${outLength(g.rows)};`,
    `const outW = ${outLength(g.columns)};`,
    `const Y: number${isPlain(g) ? "[][]" : "[][][][]"} = [];`,
  );
}

/** The offset of every window, the products of its cells, the sum. */
function windows(g: Geometry): CodeLine[] {
  const { spec, filtersPerGroup, depth, rows, columns } = g;
  const plain = isPlain(g);
  const block = writer();
  const loop = (index: string, length: string, cell: string) => {
    block.open(index, length);
    block.line(`${cell} = [];`);
  };
  if (!plain) {
    loop("n", String(spec.N), "Y[n]");
    loop("f", String(spec.F), "Y[n][f]");
  }
  const plane = plain ? "Y" : "Y[n][f]";
  loop("i", "outH", `${plane}[i]`);
  block.open("j", "outW");
  const group = filtersPerGroup === 1 ? "f" : `Math.floor(f / ${filtersPerGroup})`;
  const first = spec.groups === 1 ? "" : ` + ${scaled(depth, group, " * ")} * stride.c`;
  const sample = plain ? "" : "n * stride.n + ";
  block.line(`const first = ${sample}i * stride.oh + j * stride.ow${first};`, "gather");
  block.line(`let z = b[${plain ? 0 : "f"}];`, "gather");
  block.line("let k = 0;");
  if (!plain) block.open("c", String(depth));
  block.open("u", String(rows.k));
  block.open("v", String(columns.k));
  const jump = `${plain ? "" : "c * stride.c + "}u * stride.kh + v * stride.kw`;
  block.line(`const x = memory[first + ${jump}];`, "gather");
  block.line(`z += x * kernels[${plain ? 0 : "f"}][k++];`, "multiply");
  block.close(plain ? 2 : 3);
  const { name } = FUNCTIONS[spec.activation.name](spec.activation);
  const marks: Mark[] = name === "" ? ["write"] : ["activate", "write"];
  block.line(`${plane}[i][j] = ${name === "" ? "z" : `${name}(z)`};`, ...marks);
  block.close(plain ? 2 : 4);
  return block.written;
}
