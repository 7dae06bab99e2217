import { ConvError } from "../errors.ts";
import type { JobName } from "./jobs.ts";
import type { Parcels } from "./parcels.ts";

// Every message between page and worker. The page asks one thing at a time; each ask gets one reply.

/** Page → worker. Cloned, but for what is called by a number (`parcels.ts`): the page keeps its tensors. */
export interface Ask {
  /** Counts from 1, never used twice. */
  readonly id: number;
  readonly job: JobName;
  /** A `Question` of the job, packed. */
  readonly question: unknown;
  /** Absent where nothing is packed. */
  readonly parcels?: Parcels;
}

/** Worker → page. An answer's buffers are transferred: they belong to the page from then on. */
export type Reply =
  /** Once, first of all: the script has loaded and listens. */
  | { readonly ready: true }
  | { readonly id: number; readonly answer: unknown }
  /** `id` 0 where the message was no ask and so had no id. */
  | { readonly id: number; readonly error: Failure };

/** An error as data; the last three where it was a ConvError. */
export interface Failure {
  readonly name: string;
  readonly message: string;
  readonly field?: string;
  readonly reason?: string;
  readonly accepted?: string;
}

/** Worker's side: an error on its way out. */
export function failureOf(error: unknown): Failure {
  if (error instanceof ConvError) {
    const { name, message, field, reason, accepted } = error;
    return { name, message, field, reason, accepted };
  }
  if (error instanceof Error) return { name: error.name, message: error.message };
  return { name: "Error", message: String(error) };
}

/** Page's side: the same error again, a ConvError if it was one. */
export function errorOf({ name, message, field, reason, accepted }: Failure): Error {
  if (field !== undefined && reason !== undefined && accepted !== undefined)
    return new ConvError(field, reason, accepted);
  const error = new Error(message);
  error.name = name;
  return error;
}
