import type { ActivationChoice, ActivationName } from "../../../activation.ts";
import type { Axis } from "../../../axis.ts";
import type { Answer } from "../../../forward.ts";
import type { Geometry } from "../../../geometry.ts";
import type { Layer } from "../../../layer.ts";
import type { PadMode } from "../../../padding.ts";
import { axesShown, hasPadding } from "../../cell.ts";
import { arrayLines, lines, literal, marked } from "../languages.ts";
import { checkWritable, isWhole, tolerances } from "../limits.ts";
import type { CodeLine, Mark, Program } from "../program.ts";
import { firstChannel, type Nest, nestOf, scaled } from "./nest.ts";

/** Every loop written out: outputs outside, the products of one window inside. No packages. */
export function typescriptWindow(g: Geometry, layer: Layer, answer: Answer): Program {
  checkWritable(layer, answer);
  return [
    ...lines("data", ...arrayLines("const X = ", layer.x, ";")),
    ...lines("data", ...arrayLines("const W = ", layer.w, ";")),
    ...lines("data", ...arrayLines("const b = ", layer.b, ";"), ""),
    ...prepare(g),
    ...loops(g, nestOf(g)),
    ...lines("check", "", ...arrayLines("const expected = ", answer.y, ";")),
    ...lines("check", ...comparison(g, layer, answer)),
  ];
}

export function comparison(
  g: Geometry,
  layer: Layer,
  answer: Answer,
  axes = axesShown(g.shapes.Y),
): string[] {
  const depth = axes - 1;
  const flat = `.flat(${depth === 1 ? "" : depth})`;
  const { relative, absolute } = tolerances(g, layer);
  const wrong = isWhole(g, layer, answer)
    ? "computed[k] !== y"
    : `!(Math.abs(computed[k] - y) <= ${absolute} + ${relative} * Math.abs(y))`;
  return [
    `const computed = Y${flat};`,
    `expected${flat}.forEach((y, k) => {`,
    `  if (${wrong})`,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the program's own template.
    "    throw new Error(`Y holds ${computed[k]} where ${y} was expected`);",
    "});",
  ];
}

/** The input index that stands at index i of a padded axis of n cells. */
export const SOURCES: Readonly<Record<Exclude<PadMode, "zeros">, string>> = {
  reflect: "n - 1 - Math.abs(n - 1 - Math.abs(i))",
  replicate: "Math.min(Math.max(i, 0), n - 1)",
  circular: "(i + n) % n",
};

export const FUNCTIONS: Readonly<
  Record<ActivationName, (choice: ActivationChoice) => { name: string; value?: string }>
> = {
  linear: () => ({ name: "" }),
  relu: () => ({ name: "relu", value: "Math.max(z, 0)" }),
  "leaky-relu": ({ alpha }) => ({
    name: "leakyRelu",
    value: `(z > 0 ? z : ${literal(alpha)} * z)`,
  }),
  sigmoid: () => ({ name: "sigmoid", value: "1 / (1 + Math.exp(-z))" }),
  tanh: () => ({ name: "Math.tanh" }),
};

/** All that is said once: what the ring holds, the activation, the sizes, room for Y. */
function prepare(g: Geometry): CodeLine[] {
  const { rows, columns, spec } = g;
  const { name, value } = FUNCTIONS[spec.activation.name](spec.activation);
  return lines(
    "body",
    ...(hasPadding(g) ? paddedInput(g) : []),
    ...(value === undefined ? [] : [`const ${name} = (z: number) => ${value};`]),
    `const outH = ${outLength(rows)};`,
    `const outW = ${outLength(columns)};`,
    `const Y: number${"[]".repeat(axesShown(g.shapes.Y))} = [];`,
  );
}

/** A function in place of a padded copy: an index outside the image is answered at once. */
export function paddedInput(
  g: Geometry,
  outer: readonly string[] = ["n", "c"].slice(4 - axesShown(g.shapes.X)),
): string[] {
  const { rows, columns, spec } = g;
  const parameters = [...outer, "row", "column"].map((name) => `${name}: number`).join(", ");
  const plane = `X${outer.map((name) => `[${name}]`).join("")}`;
  const row = shifted("row", rows);
  const column = shifted("column", columns);
  const head = `const Xp = (${parameters}) =>`;
  if (spec.padMode === "zeros") return [head, `  ${plane}[${row}]?.[${column}] ?? 0;`];
  return [
    `const source = (i: number, n: number) => ${SOURCES[spec.padMode]};`,
    head,
    `  ${plane}[source(${row}, ${rows.n})][source(${column}, ${columns.n})];`,
  ];
}

function shifted(index: string, { before }: Axis): string {
  return before === 0 ? index : `${index} - ${before}`;
}

export function outLength({ n, before, after, effective, stride }: Axis): string {
  const inner = `${n}${before + after > 0 ? ` + ${before + after}` : ""} - ${effective}`;
  return stride === 1 ? `${inner} + 1` : `Math.floor((${inner}) / ${stride}) + 1`;
}

function loops(g: Geometry, nest: Nest): CodeLine[] {
  const { rows, columns, depth } = g;
  const block = writer();
  let cell = "Y";
  for (const { index, over } of nest.loops) {
    block.open(index, `${over}.length`);
    cell += `[${index}]`;
    block.line(`${cell} = [];`);
  }
  // A batch of one filter: the axis of filters has no loop, but its place.
  if (nest.output.at(-1) === "0") {
    cell += "[0]";
    block.line(`${cell} = [];`);
  }
  if (nest.first === "first")
    block.line(`const first = ${firstChannel(g, `Math.floor(f / ${g.filtersPerGroup})`)};`);
  block.open("i", "outH");
  block.line(`${cell}[i] = [];`);
  block.open("j", "outW");
  block.line("let z = 0;");
  if (depth > 1) block.open("c", String(depth));
  block.open("u", String(rows.k));
  block.open("v", String(columns.k));
  block.line(`const x = ${input(g, nest)};`, "gather");
  block.line(`z += x * ${weight(g, nest)};`, "multiply");
  block.close(depth > 1 ? 3 : 2);
  const { name } = FUNCTIONS[g.spec.activation.name](g.spec.activation);
  if (name === "") block.line(`${cell}[i][j] = z + ${nest.bias};`, "write");
  else block.line(`${cell}[i][j] = ${name}(z + ${nest.bias});`, "activate", "write");
  block.close(2 + nest.loops.length);
  return block.written;
}

/** Lines with their indents; every block that is opened is a loop. */
export function writer() {
  const written: CodeLine[] = [];
  let indent = "";
  const line = (text: string, ...marks: Mark[]) => {
    written.push(marked(indent + text, ...marks));
  };
  return {
    written,
    line,
    open(index: string, length: string) {
      line(`for (let ${index} = 0; ${index} < ${length}; ${index}++) {`);
      indent += "  ";
    },
    close(times: number) {
      for (let i = 0; i < times; i++) {
        indent = indent.slice(2);
        line("}");
      }
    },
  };
}

/** The cell of X that tap (c, u, v) of the window reads. */
function input(g: Geometry, nest: Nest): string {
  const channel = g.depth === 1 ? nest.first : g.spec.groups === 1 ? "c" : `${nest.first} + c`;
  const at = [
    ...nest.sample,
    ...(nest.hasChannels ? [channel] : []),
    position("i", "u", g.rows),
    position("j", "v", g.columns),
  ];
  return hasPadding(g) ? `Xp(${at.join(", ")})` : `X${at.map((i) => `[${i}]`).join("")}`;
}

export function position(output: string, tap: string, { stride, dilation }: Axis): string {
  return `${scaled(stride, output, " * ")} + ${scaled(dilation, tap, " * ")}`;
}

/** The weight it meets; a flipped kernel is read from its far corner. */
function weight(g: Geometry, nest: Nest): string {
  const turned = (tap: string, { k }: Axis) => (g.spec.flip ? `${k - 1} - ${tap}` : tap);
  const at = [
    ...nest.filter,
    ...(nest.hasDepth ? [g.depth > 1 ? "c" : "0"] : []),
    turned("u", g.rows),
    turned("v", g.columns),
  ];
  return `W${at.map((i) => `[${i}]`).join("")}`;
}
