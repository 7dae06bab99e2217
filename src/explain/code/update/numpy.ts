import type { Answer } from "../../../forward.ts";
import type { Geometry } from "../../../geometry.ts";
import type { Layer } from "../../../layer.ts";
import type { Tensor } from "../../../tensor.ts";
import { arrayLines, LANGUAGES, lines, literal } from "../languages.ts";
import type { Program } from "../program.ts";
import { askedTensors, givenTensors, partsOf, pythonRule, tolerancesOf } from "./parts.ts";

/** The rule by hand: the same few lines for the weights and for the biases. */
export function numpyUpdate(_g: Geometry, _layer: Layer, answer: Answer): Program {
  const parts = partsOf(answer);
  const array = (name: string, values: Tensor) =>
    arrayLines(`${name} = np.array(`, values, ", dtype=float)");
  const { relative, absolute } = tolerancesOf(parts);
  return [
    ...lines("data", ...LANGUAGES.numpy.imports, ""),
    ...lines("data", ...givenTensors(parts).flatMap(([name, values]) => array(name, values)), ""),
    ...pythonRule(parts),
    ...askedTensors(parts).flatMap(([name, values]) =>
      lines(
        "check",
        ...array(`expected_${name}`, values),
        `assert np.allclose(${name}, expected_${name}, rtol=${relative}, atol=${absolute})`,
      ),
    ),
    ...lines(
      "check",
      ...(parts.divisor === null
        ? []
        : [`assert np.isclose(lr, ${literal(parts.update.w.after.lr)}, rtol=1e-9, atol=0)`]),
    ),
  ];
}
