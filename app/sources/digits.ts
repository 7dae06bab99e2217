import { type Dataset, DIGITS, decodeDigits, digitsDataset } from "#engine";

/** The digits, fetched when there is a network to train. @throws Error, ConvError where they cannot be had. */
export async function fetchDigits(): Promise<Dataset> {
  const answer = await fetch(DIGITS.file).catch(() => null);
  if (!answer?.ok)
    throw new Error("The digits to learn from could not be fetched; with a connection, try again.");
  return digitsDataset(decodeDigits(new Uint8Array(await answer.arrayBuffer())));
}
