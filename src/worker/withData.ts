import { ConvError } from "../errors.ts";
import type { Dataset } from "../network/dataset.ts";
import type { Engine } from "./client.ts";

/**
 * Asks about data that the worker keeps under a name: it is sent when a worker does not know it, be it the first
 * one or one that took the place of another, and the question is asked again. What was kept under `instead` is let
 * go of then.
 */
export function withData(
  engine: Engine,
  name: string,
  data: Dataset,
  instead: string | null = null,
): Engine["ask"] {
  /** On its way; two questions do not send it twice. */
  let sending: Promise<unknown> | null = null;
  async function send(error: unknown): Promise<void> {
    if (!(error instanceof ConvError) || error.field !== "data") throw error;
    sending ??= engine.ask("keep", { name, data, instead }).finally(() => {
      sending = null;
    });
    await sending;
  }
  return (job, question) =>
    engine.ask(job, question).catch((error) => send(error).then(() => engine.ask(job, question)));
}
