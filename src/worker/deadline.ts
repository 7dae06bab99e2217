import { geometryOf } from "../geometry.ts";
import { checkSpec } from "../spec.ts";

const BASE_MS = 4_000;
/** Half a microsecond: ten times what a tap takes the slowest algorithm, for a slow machine and jobs that run several. */
const MS_PER_MULTIPLY_ADD = 0.0005;
/** A microsecond: ten times what a letter of a file takes to be read. */
const MS_PER_LETTER = 0.001;
/** Longer is no use to anyone, and a timer beyond 2³¹ ms would fire at once. */
const MOST_MS = 3_600_000;

/** How long an answer may take, in ms, before the worker counts as hung. */
export function deadlineFor(question: unknown): number {
  const work = multiplyAddsOf(question) * MS_PER_MULTIPLY_ADD + lettersOf(question) * MS_PER_LETTER;
  return Math.min(MOST_MS, BASE_MS + work);
}

/** Letters, or bytes, of the files that a question is about. */
function lettersOf(question: unknown): number {
  if (!isObject(question)) return 0;
  if ("text" in question && typeof question.text === "string") return question.text.length;
  if (!("files" in question) || !Array.isArray(question.files)) return 0;
  return question.files.reduce<number>(
    (sum, file) => sum + (file?.bytes instanceof Uint8Array ? file.bytes.length : 0),
    0,
  );
}

/** Multiply-adds of the layer that a question is, or of the layers it holds. */
function multiplyAddsOf(question: unknown): number {
  if (!isObject(question)) return 0;
  if (!("spec" in question))
    return Object.values(question)
      .filter((part) => isObject(part) && "spec" in part)
      .reduce<number>((sum, layer) => sum + multiplyAddsOf(layer), 0);
  try {
    return geometryOf(checkSpec(question.spec)).multiplyAdds;
  } catch {
    return 0; // an impossible layer: the job refuses it at once
  }
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
