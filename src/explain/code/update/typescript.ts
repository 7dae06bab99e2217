import type { Answer } from "../../../forward.ts";
import type { Geometry } from "../../../geometry.ts";
import type { Layer } from "../../../layer.ts";
import { axesShown } from "../../cell.ts";
import { arrayLines, lines, literal, marked } from "../languages.ts";
import type { CodeLine, Program } from "../program.ts";
import { askedTensors, givenTensors, type Parts, partsOf, tolerancesOf } from "./parts.ts";

/** The rule as a function of one number, mapped over all weights and all biases. No packages. */
export function typescriptUpdate(_g: Geometry, _layer: Layer, answer: Answer): Program {
  const parts = partsOf(answer);
  const flat = flatOf(parts);
  return [
    ...givenTensors(parts).flatMap(([name, values]) =>
      lines("data", ...arrayLines(`const ${name} = ${flat(name)[0]}`, values, `${flat(name)[1]};`)),
    ),
    ...lines("data", ""),
    ...rule(parts),
    ...check(parts),
  ];
}

/** What stands before and after the numbers of a tensor so that it is one row of them. */
function flatOf({ update: { w, b } }: Parts) {
  const around = (axes: number): [string, string] => {
    if (axes === 0) return ["[", "]"];
    if (axes === 1) return ["", ""];
    return ["", `.flat(${axes === 2 ? "" : axes - 1})`];
  };
  const weights = around(axesShown(w.before.parameters.shape));
  const biases = around(axesShown(b.before.parameters.shape));
  return (name: string) => (name.endsWith("b") ? biases : weights);
}

function rule({ gradient, velocity, parameter, keeps, constants, divisor }: Parts): CodeLine[] {
  const constant = ([name, value]: readonly [string, string]) => `${name} = ${value}`;
  const names = keeps ? ["p", "g", "v"] : ["p", "g"];
  const given = names.map((name) => `${name}: number`).join(", ");
  const call = (g: string, v: string) => `update(p, ${g}[i]${keeps ? `, ${v}[i]` : ""})`;
  const fixed = constants.filter(([name]) => name !== "lr");
  return [
    marked(`let ${constants.filter(([name]) => name === "lr").map(constant)};`),
    ...(fixed.length > 0 ? [marked(`const ${fixed.map(constant).join(", ")};`)] : []),
    marked(`function update(${given}): [number, number] {`),
    ...(gradient === null ? [] : [marked(`  g = ${gradient};`, "multiply")]),
    marked(keeps ? `  v = ${velocity};` : `  const v = ${velocity};`, "multiply"),
    marked(`  return [${parameter}, v];`, "write"),
    marked("}"),
    marked(`const newW = W.map((p, i) => ${call("dW", "V")});`, "gather"),
    marked(`const newB = b.map((p, i) => ${call("db", "Vb")});`, "bias"),
    ...(divisor === null ? [] : [marked(`lr /= ${divisor};`)]),
  ];
}

function check(parts: Parts): CodeLine[] {
  const flat = flatOf(parts);
  const { relative, absolute } = tolerancesOf(parts);
  const lr = parts.update.w.after.lr;
  return lines(
    "check",
    "",
    ...askedTensors(parts).flatMap(([name, values]) =>
      arrayLines(`const expected${name} = ${flat(name)[0]}`, values, `${flat(name)[1]};`),
    ),
    "const found = [...newW, ...newB].flat();",
    "const expected = [",
    "  ...expectedW.flatMap((p, i) => [p, expectedV[i]]),",
    "  ...expectedb.flatMap((p, i) => [p, expectedVb[i]]),",
    "];",
    "expected.forEach((p, k) => {",
    `  if (!(Math.abs(found[k] - p) <= ${absolute} + ${relative} * Math.abs(p)))`,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the program's own template.
    "    throw new Error(`the update holds ${found[k]} where ${p} was expected`);",
    "});",
    ...(parts.divisor === null
      ? []
      : [
          `if (!(Math.abs(lr - ${literal(lr)}) <= 1e-9 * lr))`,
          `  throw new Error(\`lr is \${lr} where ${literal(lr)} was expected\`);`,
        ]),
  );
}
