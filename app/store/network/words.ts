import { ConvError, keyOf, NETWORK_PRESETS, type NetworkPreset } from "#engine";
import type { PageWords } from "../figureState.ts";

/** Seeds that fit a field. */
export const MOST_SEED = 999_999;

/** What a run begins with. */
export interface Beginning {
  readonly preset: NetworkPreset;
  readonly seed: number;
  /** Learning rate. */
  readonly rate: number;
}

/** What is begun with where nothing is said. */
const SILENT = { preset: "default", seed: 1 } as const satisfies Partial<Beginning>;

/** The learning rate of a preset. */
export function rateOf(preset: NetworkPreset): number {
  return NETWORK_PRESETS[preset].settings.sgd.lr;
}

function refused(field: string, text: string, what: string, accepted: string): ConvError {
  return new ConvError(field, `“${text}” is not ${what}`, accepted);
}

/** The words of a link that say what a run begins with: each a text that means the same wherever it is read. */
export const RUN_WORDS: PageWords = {
  preset: {
    accepts: Object.keys(NETWORK_PRESETS).join(", "),
    read: (text) => keyOf("preset", NETWORK_PRESETS, text),
    write: (text) => text,
  },
  seed: {
    accepts: `a whole number from 0 to ${MOST_SEED}`,
    read(text) {
      const seed = Number(text);
      if (text.trim() === "" || !Number.isInteger(seed) || seed < 0 || seed > MOST_SEED)
        throw refused("seed", text, "a seed", `a whole number from 0 to ${MOST_SEED}`);
      return String(seed);
    },
    write: (text) => text,
  },
  rate: {
    accepts: "a learning rate, above 0",
    read(text) {
      const rate = Number(text);
      if (!Number.isFinite(rate) || rate <= 0)
        throw refused("rate", text, "a learning rate", "a number above 0, as 0.1");
      return String(rate);
    },
    write: (text) => text,
  },
};

/** What the words of a link mean, those that are there. */
export function beginningOf(words: Readonly<Record<string, string>>): Beginning {
  const preset = (words.preset ?? SILENT.preset) as NetworkPreset;
  return {
    preset,
    seed: Number(words.seed ?? SILENT.seed),
    rate: Number(words.rate ?? rateOf(preset)),
  };
}

/** The words for a beginning, but for those that silence means. */
export function wordsOf({ preset, seed, rate }: Beginning): Readonly<Record<string, string>> {
  return {
    ...(preset === SILENT.preset ? {} : { preset }),
    ...(seed === SILENT.seed ? {} : { seed: String(seed) }),
    ...(rate === rateOf(preset) ? {} : { rate: String(rate) }),
  };
}
