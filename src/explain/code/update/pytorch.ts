import type { Answer } from "../../../forward.ts";
import type { Geometry } from "../../../geometry.ts";
import type { Layer } from "../../../layer.ts";
import type { Tensor } from "../../../tensor.ts";
import { arrayLines, lines, literal, marked } from "../languages.ts";
import type { CodeLine, Program } from "../program.ts";
import {
  askedTensors,
  givenTensors,
  type Parts,
  partsOf,
  pythonRule,
  tolerancesOf,
} from "./parts.ts";

/** torch.optim.SGD where the rule is its own, else the rule by hand. */
export function pytorchUpdate(_g: Geometry, _layer: Layer, answer: Answer): Program {
  const parts = partsOf(answer);
  const own = parts.update.options.rule === "torch";
  const array = (name: string, values: Tensor) =>
    arrayLines(`${name} = torch.tensor(`, values, ", dtype=torch.float64)");
  const { relative, absolute } = tolerancesOf(parts);
  const lr = own ? 'optimizer.param_groups[0]["lr"]' : "lr";
  return [
    ...lines("data", "import torch", ""),
    ...lines("data", ...givenTensors(parts).flatMap(([name, values]) => array(name, values)), ""),
    ...(own ? byOptimizer(parts) : pythonRule(parts)),
    ...askedTensors(parts)
      // without momentum the optimizer has no velocity
      .filter(([name]) => !own || hasBuffer(parts) || !name.startsWith("V"))
      .flatMap(([name, values]) =>
        lines(
          "check",
          ...array(`expected_${name}`, values),
          `assert torch.allclose(${name}, expected_${name}, rtol=${relative}, atol=${absolute})`,
        ),
      ),
    ...lines(
      "check",
      ...(parts.divisor === null
        ? []
        : [`assert abs(${lr} - ${literal(parts.update.w.after.lr)}) <= 1e-9 * abs(${lr})`]),
    ),
  ];
}

function hasBuffer({ update: { options } }: Parts): boolean {
  return options.momentum > 0;
}

function byOptimizer(parts: Parts): CodeLine[] {
  const { options, w } = parts.update;
  const set = [
    "[W, b]",
    `lr=${literal(w.before.lr)}`,
    ...(options.momentum > 0 ? [`momentum=${literal(options.momentum)}`] : []),
    ...(options.weightDecay > 0 ? [`weight_decay=${literal(options.weightDecay)}`] : []),
    ...(options.nesterov ? ["nesterov=True"] : []),
  ];
  const buffer = (p: string) => `optimizer.state[${p}]["momentum_buffer"]`;
  return [
    ...lines("data", "W.requires_grad_()", "b.requires_grad_()"),
    marked("W.grad = dW", "gather"),
    marked("b.grad = db", "bias"),
    marked(`optimizer = torch.optim.SGD(${set.join(", ")})`, "multiply"),
    ...(parts.keeps
      ? [marked(`${buffer("W")} = V`, "gather"), marked(`${buffer("b")} = Vb`, "bias")]
      : []),
    marked("optimizer.step()", "write"),
    ...(hasBuffer(parts) ? [marked(`V, Vb = ${buffer("W")}, ${buffer("b")}`)] : []),
    ...(parts.divisor === null
      ? []
      : [marked(`optimizer.param_groups[0]["lr"] /= ${parts.divisor}`)]),
  ];
}
