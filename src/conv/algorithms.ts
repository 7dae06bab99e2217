import type { Geometry } from "../geometry.ts";
import type { Layer } from "../layer.ts";
import type { Tensor } from "../tensor.ts";
import { direct } from "./direct.ts";
import { type Gradients, gradientsByTaps } from "./gradients.ts";
import { reference } from "./reference.ts";

interface Row<Run> {
  readonly label: string;
  readonly run: Run;
}

/** Every way to compute Z (before the activation). The first is the definition. */
export const FORWARD = {
  reference: { label: "taps summed", run: reference },
  direct: { label: "nested loops", run: direct },
} as const satisfies Record<string, Row<(g: Geometry, layer: Layer) => Tensor>>;

/** Every way to compute the gradients from δ = ∂L/∂Z. The first is the definition. */
export const BACKWARD = {
  taps: { label: "taps summed backward", run: gradientsByTaps },
} as const satisfies Record<string, Row<(g: Geometry, layer: Layer, delta: Tensor) => Gradients>>;
