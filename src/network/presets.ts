import { checkSgd, type SgdOptions } from "../sgd.ts";
import { DEFAULTS } from "../spec.ts";
import type { Dataset } from "./dataset.ts";
import { DIGITS } from "./digits.ts";
import { type Initialisation, initialNetwork } from "./initial.ts";
import { checkNetworkSpec, type NetworkSpec, type PoolSettings } from "./network.ts";
import { type Course, type Run, startRun } from "./run.ts";

/** All that is set before a run begins, but for its seed. */
export interface TrainingSettings {
  readonly network: NetworkSpec;
  readonly initial: Initialisation;
  readonly sgd: SgdOptions;
  /** Shuffled by the seed of the run, or not at all. */
  readonly shuffled: boolean;
  readonly course: Omit<Course, "shuffle">;
}

const { stride, dilation, padding, padMode, flip } = DEFAULTS;

const relu = { name: "relu", alpha: 0 } as const satisfies NetworkSpec["activation"];

/** What a run on the digits is when nothing else is said: it learns, whatever the seed (`npm run seeds`). */
export const DEFAULT_NETWORK: TrainingSettings = {
  network: {
    ...{ H: DIGITS.size, W: DIGITS.size, F: 4, kH: 3, kW: 3 },
    ...{ stride, dilation, padding, padMode, flip },
    activation: relu,
    pool: null,
    hidden: 16,
    classes: DIGITS.classes,
  },
  initial: "he",
  sgd: checkSgd({ lr: 0.1 }),
  shuffled: true,
  course: { batch: 16, epochFactor: 1 },
};

/** The default with other settings of the network, or of the optimiser. */
function changed(network: Partial<NetworkSpec>, sgd: Partial<SgdOptions> = {}): TrainingSettings {
  return {
    ...DEFAULT_NETWORK,
    network: checkNetworkSpec({ ...DEFAULT_NETWORK.network, ...network }),
    sgd: checkSgd({ ...DEFAULT_NETWORK.sgd, ...sgd }),
  };
}

const MAX_POOLING: PoolSettings = {
  kind: "max",
  kernel: [2, 2],
  stride: [2, 2],
  dilation: [1, 1],
  padding: [0, 0, 0, 0],
  ceilMode: false,
  countIncludePad: false,
};

interface PresetRow {
  readonly label: string;
  /** One sentence: what to look for. */
  readonly why: string;
  readonly settings: TrainingSettings;
}

/** Named beginnings. */
export const NETWORK_PRESETS = {
  default: {
    label: "4 filters, He",
    why: "Weights drawn for their fan in, as He et al. have them: it learns, whatever the seed.",
    settings: DEFAULT_NETWORK,
  },
  article: {
    label: "the article’s setup: one filter, N(0, 1)",
    why: "Weights of spread 1 make the first loss huge and the first step too long; it often fails: watch the ReLU die.",
    settings: {
      ...changed({ F: 1, hidden: 10 }),
      initial: "normal",
      shuffled: false,
      course: { batch: 64, epochFactor: 1 },
    },
  },
  "rate-1": {
    label: "learning rate 1",
    why: "Steps ten times as long overshoot: the loss jumps about, and units die.",
    settings: changed({}, { lr: 1 }),
  },
  momentum: {
    label: "momentum 0.9",
    why: "The velocity adds up ten gradients, so the step length is a tenth of the default’s.",
    settings: changed({}, { lr: 0.01, momentum: 0.9 }),
  },
  padding: {
    label: "with padding",
    why: "One ring of zeros keeps the feature maps at 8 × 8: every pixel is read nine times.",
    settings: changed({ padding: 1 }),
  },
  "max-pooling": {
    label: "with max pooling",
    why: "Only the largest of each 2 × 2 cells goes on, and only to it does δ come back: a quarter of the weights.",
    settings: changed({ pool: MAX_POOLING }),
  },
} as const satisfies Record<string, PresetRow>;

export type NetworkPreset = keyof typeof NETWORK_PRESETS;

/** A run of these settings before its first step: the same for a seed in every browser. */
export function beginRun(settings: TrainingSettings, seed: number, train: Dataset): Run {
  const { network, initial, sgd, shuffled, course } = settings;
  const start = initialNetwork(network, initial, seed);
  return startRun(start, sgd, { ...course, shuffle: shuffled ? seed : null }, train);
}
