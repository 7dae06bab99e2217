import type { Dataset } from "./dataset.ts";
import { DIGITS } from "./digits.ts";
import { checkNetworkSpec } from "./network.ts";
import type { TrainingSettings } from "./presets.ts";

/** Labelled images to train a network on: those to learn from come first, those held out after them. */
export interface Collection {
  /** What it is called: "digits", or a file. */
  readonly name: string;
  readonly data: Dataset;
  /** How many there are to learn from. */
  readonly train: number;
  readonly classes: number;
}

/** The digits, in their customary split. */
export function digitsCollection(data: Dataset): Collection {
  return { name: DIGITS.name, data, train: DIGITS.train, classes: DIGITS.classes };
}

/** Settings made for the digits, for images of another size in other classes. @throws ConvError where they do not fit. */
export function settingsFor(
  settings: TrainingSettings,
  { data, classes }: Collection,
): TrainingSettings {
  const [, , H, W] = data.images.shape;
  return { ...settings, network: checkNetworkSpec({ ...settings.network, H, W, classes }) };
}
