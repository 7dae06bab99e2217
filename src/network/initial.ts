import { normal, randomOf } from "../presets/random.ts";
import { type Tensor, tensor } from "../tensor.ts";
import { rowOf } from "./layers.ts";
import { layersOf, type Network, type NetworkSpec, networkOf } from "./network.ts";

interface InitialRow {
  readonly label: string;
  readonly formula: string;
  readonly source: string;
  /** Standard deviation of the weights. */
  readonly spread: (fanIn: number, fanOut: number) => number;
  /** Standard deviation of the biases. */
  readonly biases: number;
}

/** Where training begins: weights drawn from a normal distribution of mean 0. */
export const INITIALISATIONS = {
  he: {
    label: "He",
    formula: "w ~ N(0, 2 / fan in), b = 0",
    source: "He, Zhang, Ren & Sun 2015",
    spread: (fanIn) => Math.sqrt(2 / fanIn),
    biases: 0,
  },
  xavier: {
    label: "Xavier",
    formula: "w ~ N(0, 2 / (fan in + fan out)), b = 0",
    source: "Glorot & Bengio 2010",
    spread: (fanIn, fanOut) => Math.sqrt(2 / (fanIn + fanOut)),
    biases: 0,
  },
  normal: {
    label: "N(0, 1)",
    formula: "w ~ N(0, 1), b ~ N(0, 1)",
    source: "as in many first tutorials, whatever the sizes",
    spread: () => 1,
    biases: 1,
  },
} as const satisfies Record<string, InitialRow>;

export type Initialisation = keyof typeof INITIALISATIONS;

/** Numbers of one tensor, from a stream of its own: another hidden size leaves the filters as they are. */
function drawn(shape: readonly number[], spread: number, ...seed: readonly number[]): Tensor {
  const random = randomOf(...seed);
  const t = tensor(shape);
  if (spread > 0) for (let i = 0; i < t.data.length; i++) t.data[i] = spread * normal(random);
  return t;
}

/** The network before its first update; the same for a seed in every browser. */
export function initialNetwork(spec: NetworkSpec, initial: Initialisation, seed: number): Network {
  const row: InitialRow = INITIALISATIONS[initial];
  const parameters = layersOf(spec).map((layer, i) => {
    const { w, b, fanIn, fanOut } = rowOf(layer).parameters(layer);
    return {
      w: drawn(w, row.spread(fanIn, fanOut), seed, i, 0),
      b: drawn(b, row.biases, seed, i, 1),
    };
  });
  return networkOf(spec, parameters);
}
