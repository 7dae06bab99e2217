import type { ActivationChoice, ActivationName } from "../../activation.ts";
import { ConvError } from "../../errors.ts";
import type { Answer } from "../../forward.ts";
import type { Geometry } from "../../geometry.ts";
import type { Layer } from "../../layer.ts";
import type { Tensor } from "../../tensor.ts";
import { axesShown } from "../cell.ts";
import { arrayLines, LANGUAGES, type LanguageName, lines, literal, marked } from "./languages.ts";
import { checkWritable } from "./limits.ts";
import type { Program } from "./program.ts";
import type { ProgramRow } from "./window.ts";

/** activation′ in each language: of the array Z (NumPy, PyTorch), or of one number z (TypeScript). */
const SLOPES: Readonly<
  Record<ActivationName, (choice: ActivationChoice) => Readonly<Record<LanguageName, string>>>
> = {
  linear: () => ({
    numpy: "np.ones_like(Z)",
    pytorch: "torch.ones_like(Z)",
    typescript: "1",
  }),
  relu: () => ({
    numpy: "(Z > 0).astype(float)",
    pytorch: "(Z > 0).double()",
    typescript: "z > 0 ? 1 : 0",
  }),
  // ones_like, since torch.where makes of two Python numbers a tensor in single precision
  "leaky-relu": ({ alpha }) => ({
    numpy: `np.where(Z > 0, 1, ${literal(alpha)})`,
    pytorch: `torch.where(Z > 0, torch.ones_like(Z), ${literal(alpha)})`,
    typescript: `z > 0 ? 1 : ${literal(alpha)}`,
  }),
  sigmoid: () => ({
    numpy: "1 / (1 + np.exp(-Z)) / (1 + np.exp(Z))",
    pytorch: "torch.sigmoid(Z) * torch.sigmoid(-Z)",
    typescript: "1 / (1 + Math.exp(-z)) / (1 + Math.exp(z))",
  }),
  tanh: () => ({
    numpy: "1 - np.tanh(Z) ** 2",
    pytorch: "1 - torch.tanh(Z) ** 2",
    typescript: "1 - Math.tanh(z) ** 2",
  }),
};

/** The numbers of a program about δ; refused where they are too many or not finite. */
function numbersOf(layer: Layer, answer: Answer) {
  if (!answer.back) throw new ConvError("δ", "the way back has not been gone", "an answer with it");
  checkWritable(layer, answer);
  return { z: answer.z, dy: answer.back.upstream, delta: answer.back.delta };
}

const slopeIn = (layer: Layer, language: LanguageName) =>
  SLOPES[layer.spec.activation.name](layer.spec.activation)[language];

function numpy(_g: Geometry, layer: Layer, answer: Answer): Program {
  const { z, dy, delta } = numbersOf(layer, answer);
  const array = (name: string, tensor: Tensor) =>
    lines("data", ...arrayLines(`${name} = np.array(`, tensor, ", dtype=float)"));
  return [
    ...lines("data", ...LANGUAGES.numpy.imports, ""),
    ...array("Z", z),
    ...array("dY", dy),
    ...lines("data", ""),
    marked(`slope = ${slopeIn(layer, "numpy")}`, "activate"),
    marked("delta = dY * slope", "multiply", "write"),
    ...lines("check", "", ...arrayLines("expected = np.array(", delta, ")")),
    ...lines("check", "assert np.allclose(delta, expected, rtol=1e-9, atol=1e-12)"),
  ];
}

function pytorch(_g: Geometry, layer: Layer, answer: Answer): Program {
  const { z, dy, delta } = numbersOf(layer, answer);
  const array = (name: string, tensor: Tensor) =>
    lines("data", ...arrayLines(`${name} = torch.tensor(`, tensor, ", dtype=torch.float64)"));
  return [
    ...lines("data", "import torch", ""),
    ...array("Z", z),
    ...array("dY", dy),
    ...lines("data", ""),
    marked(`slope = ${slopeIn(layer, "pytorch")}`, "activate"),
    marked("delta = dY * slope", "multiply", "write"),
    ...array("expected", delta).map((line) => ({ ...line, part: "check" as const })),
    ...lines("check", "assert torch.allclose(delta, expected, rtol=1e-9, atol=1e-12)"),
  ];
}

function typescript(g: Geometry, layer: Layer, answer: Answer): Program {
  const { z, dy, delta } = numbersOf(layer, answer);
  const depth = axesShown(g.shapes.Y) - 1;
  const flat = `.flat(${depth === 1 ? "" : depth})`;
  return [
    ...lines("data", ...arrayLines("const Z = ", z, ";")),
    ...lines("data", ...arrayLines("const dY = ", dy, ";"), ""),
    ...lines("body", `const upstream = dY${flat};`),
    marked(`const slope = (z: number) => ${slopeIn(layer, "typescript")};`, "activate"),
    marked(`const delta = Z${flat}.map((z, i) => upstream[i] * slope(z));`, "multiply", "write"),
    ...lines("check", "", ...arrayLines("const expected = ", delta, ";")),
    ...lines(
      "check",
      `expected${flat}.forEach((d, k) => {`,
      "  if (!(Math.abs(delta[k] - d) <= 1e-12 + 1e-9 * Math.abs(d)))",
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the program's own template.
      "    throw new Error(`delta holds ${delta[k]} where ${d} was expected`);",
      "});",
    ),
  ];
}

/** δ = ∂L/∂Y ⊙ activation′(Z). */
export const DELTA_PROGRAMS = {
  numpy: { label: LANGUAGES.numpy.label, program: numpy },
  pytorch: { label: LANGUAGES.pytorch.label, program: pytorch },
  typescript: { label: LANGUAGES.typescript.label, program: typescript },
} as const satisfies Record<LanguageName, ProgramRow>;
