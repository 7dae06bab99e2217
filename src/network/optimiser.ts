import { type SgdOptions, type SgdState, startSgd, stepSgd } from "../sgd.ts";
import type { Tensor } from "../tensor.ts";
import type { Parameters } from "./layers.ts";
import type { Network } from "./network.ts";

/** How a network is updated, and what updates leave for the next one. Never changed in place. */
export interface Optimiser {
  readonly options: SgdOptions;
  /** Step length of the next update. */
  readonly lr: number;
  /** Updates made. */
  readonly updates: number;
  /** Shaped like the parameters. */
  readonly velocities: readonly Parameters[];
}

/** Before the first update: at rest. */
export function startOptimiser(options: SgdOptions, { parameters }: Network): Optimiser {
  const rest = (t: Tensor) => startSgd(options, t).velocity;
  const velocities = parameters.map(({ w, b }) => ({ w: rest(w), b: rest(b) }));
  return { options, lr: options.lr, updates: 0, velocities };
}

/** The same with the step length times `factor`: decay from one epoch to the next. */
export function slowed(optimiser: Optimiser, factor: number): Optimiser {
  return factor === 1 ? optimiser : { ...optimiser, lr: optimiser.lr * factor };
}

/** The same with another step length from now on; velocities stay as they are. */
export function withRate(optimiser: Optimiser, lr: number): Optimiser {
  return { ...optimiser, options: { ...optimiser.options, lr }, lr };
}

/** One update of every parameter by its gradient, by the rule of `optimiser.options`. */
export function updateNetwork(
  network: Network,
  optimiser: Optimiser,
  gradients: readonly Parameters[],
): { readonly network: Network; readonly optimiser: Optimiser } {
  const { options, lr, updates, velocities } = optimiser;
  const after = network.parameters.map((parameters, i) => {
    const step = (name: "w" | "b"): SgdState => {
      const before = {
        parameters: parameters[name],
        velocity: velocities[i]![name],
        lr,
        updates,
      };
      return stepSgd(options, before, gradients[i]![name]);
    };
    return { w: step("w"), b: step("b") };
  });
  return {
    network: {
      ...network,
      parameters: after.map(({ w, b }) => ({ w: w.parameters, b: b.parameters })),
    },
    optimiser: {
      options,
      lr: after[0]!.w.lr,
      updates: updates + 1,
      velocities: after.map(({ w, b }) => ({ w: w.velocity, b: b.velocity })),
    },
  };
}
