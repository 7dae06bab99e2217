import { readFile } from "node:fs/promises";
import {
  beginRun,
  type Dataset,
  DEFAULT_NETWORK,
  DIGITS,
  decodeDigits,
  digitsDataset,
  type Run,
} from "#engine";

/** What every contender trains: the same network from the same weights, on the same batches in the same order. */
export interface Task {
  readonly data: Dataset;
  readonly start: Run;
}

/** A contender: one more epoch, and the loss of each of its batches. */
export interface Trainer {
  readonly name: string;
  readonly epoch: () => number[] | Promise<number[]>;
}

const SEED = 1;

/** The default network of the page over all 1,797 digits, as they lie in the file: every epoch the same batches. */
export async function task(): Promise<Task> {
  const file = await readFile(new URL(`../../public/${DIGITS.file}`, import.meta.url));
  const data = digitsDataset(decodeDigits(new Uint8Array(file)));
  return { data, start: beginRun({ ...DEFAULT_NETWORK, shuffled: false }, SEED, data) };
}
