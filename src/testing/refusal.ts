import { ConvError } from "../errors.ts";

/** The refusal that `ask` ends with; anything else, an answer or a crash, fails the test. */
export function refusalOf(ask: () => unknown): ConvError {
  let answer: unknown;
  try {
    answer = ask();
  } catch (error) {
    if (error instanceof ConvError) return error;
    throw error;
  }
  throw new Error(`was accepted: ${JSON.stringify(answer)}`);
}
