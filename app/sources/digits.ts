import { type Dataset, DIGITS, decodeDigits, digitsDataset } from "#engine";

/** The digits, fetched when there is a network to train. @throws Error, ConvError where they cannot be had. */
export async function fetchDigits(): Promise<Dataset> {
  const answer = await fetch(DIGITS.file);
  if (!answer.ok) throw new Error(`The digits could not be fetched: ${answer.statusText}.`);
  return digitsDataset(decodeDigits(new Uint8Array(await answer.arrayBuffer())));
}
