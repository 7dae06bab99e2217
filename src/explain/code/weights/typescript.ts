import type { Axis } from "../../../axis.ts";
import type { Answer } from "../../../forward.ts";
import type { Geometry } from "../../../geometry.ts";
import type { Layer } from "../../../layer.ts";
import type { Tensor } from "../../../tensor.ts";
import { hasPadding } from "../../cell.ts";
import { isPlain, tensorLines } from "../back/parts.ts";
import { arrayLines, lines, marked } from "../languages.ts";
import type { CodeLine, Program } from "../program.ts";
import { scaled } from "../window/nest.ts";
import { paddedInput, writer } from "../window/typescript.ts";
import { isWhole, type Parts, partsOf, tolerancesOf } from "./parts.ts";

/** Every loop written out: weights outside, the outputs that each was met for inside. No packages. */
export function typescriptWeights(g: Geometry, layer: Layer, answer: Answer): Program {
  const parts = partsOf(layer, answer);
  return [
    ...lines("data", ...array(g, "X", parts.x), ...array(g, "delta", parts.delta), ""),
    ...lines("body", ...(hasPadding(g) ? paddedInput(g, isPlain(g) ? [] : ["n", "c"]) : [])),
    ...weights(g),
    ...biases(g),
    ...lines("check", "", ...array(g, "expectedW", parts.dw), ...expectedBias(g, parts)),
    ...lines("check", ...comparison(g, parts)),
  ];
}

const array = (g: Geometry, name: string, values: Tensor) =>
  tensorLines("typescript", g, name, values);

/** A number in the plain case, else one a filter, be it only one. */
function expectedBias(g: Geometry, { db }: Parts): string[] {
  const [open, close] = isPlain(g) || db.data.length > 1 ? ["", ""] : ["[", "]"];
  return arrayLines(`const expectedB = ${open}`, db, `${close};`);
}

function comparison(g: Geometry, parts: Parts): string[] {
  const plain = isPlain(g);
  const { relative, absolute } = tolerancesOf(parts);
  const wrong = isWhole(parts)
    ? "found[k] !== d"
    : `!(Math.abs(found[k] - d) <= ${absolute} + ${relative} * Math.abs(d))`;
  return [
    `const found = [${plain ? "...dW.flat(), db" : "...dW.flat(3), ...db"}];`,
    `[${plain ? "...expectedW.flat(), expectedB" : "...expectedW.flat(3), ...expectedB"}].forEach((d, k) => {`,
    `  if (${wrong})`,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the program's own template.
    "    throw new Error(`a gradient holds ${found[k]} where ${d} was expected`);",
    "});",
  ];
}

function weights(g: Geometry): CodeLine[] {
  const { spec, rows, columns, depth } = g;
  const plain = isPlain(g);
  const block = writer();
  block.line(`const dW: number${plain ? "[][]" : "[][][][]"} = [];`);
  let cell = "dW";
  const outer = (index: string, length: number) => {
    block.open(index, String(length));
    cell += `[${index}]`;
    block.line(`${cell} = [];`);
  };
  if (!plain) {
    outer("f", spec.F);
    outer("c", depth);
  }
  outer("u", rows.k);
  block.open("v", String(columns.k));
  block.line("let sum = 0;");
  if (!plain) block.open("n", String(spec.N));
  block.open("i", String(rows.out));
  block.open("j", String(columns.out));
  block.line(`const x = ${input(g, plain)};`, "gather");
  block.line(`sum += delta${plain ? "" : "[n][f]"}[i][j] * x;`, "multiply");
  block.close(plain ? 2 : 3);
  block.line(`${cell}[v] = sum;`, "write");
  block.close(plain ? 2 : 4);
  return block.written;
}

/** The cell of X that weight (u, v) meets for output (i, j). */
function input(g: Geometry, plain: boolean): string {
  const { spec, depth, filtersPerGroup, rows, columns } = g;
  const group = filtersPerGroup === 1 ? "f" : `Math.floor(f / ${filtersPerGroup})`;
  const first = depth === 1 ? group : `${group} * ${depth} + c`;
  const channel = spec.groups === 1 ? "c" : first;
  const at = [
    ...(plain ? [] : ["n", channel]),
    position("i", "u", rows, spec.flip),
    position("j", "v", columns, spec.flip),
  ];
  return hasPadding(g) ? `Xp(${at.join(", ")})` : `X${at.map((i) => `[${i}]`).join("")}`;
}

/** A flipped kernel's weight stands at the far end of the window. */
function position(output: string, weight: string, axis: Axis, flip: boolean): string {
  const { stride, dilation, k } = axis;
  const turned = dilation === 1 ? `${k - 1} - ${weight}` : `(${k - 1} - ${weight})`;
  const tap = scaled(dilation, flip ? turned : weight, " * ");
  return `${scaled(stride, output, " * ")} + ${tap}`;
}

function biases(g: Geometry): CodeLine[] {
  const add = "reduce((sum, d) => sum + d, 0)";
  if (isPlain(g)) return [marked(`const db = delta.flat().${add};`, "bias")];
  return [
    marked("const db = delta[0].map((_, f) =>", "bias"),
    marked(`  delta.flatMap((sample) => sample[f].flat()).${add});`, "bias"),
  ];
}
