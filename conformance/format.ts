import type { Case } from "./case.ts";
import { caseOf, type Trace } from "./trace.ts";

type File = Readonly<Record<string, unknown>>;
type ReadCases = (file: File) => Case[];

const inCases: ReadCases = (file) => file.cases as Case[];

/** Whole training runs and gradient checks carry no op of their own: they are given one here. */
function traced(op: string, list: string): ReadCases {
  return (file) => (file[list] as Trace[]).map((trace) => caseOf(op, trace));
}

/** Every format there is, and where its cases stand in the file. */
const FORMATS: Readonly<Record<string, ReadCases>> = {
  "conv-oracle/cases-1": inCases,
  "conv-oracle/conformance-1": inCases,
  "conv-oracle/specs-1": (file) => [...(file.cases as Case[]), ...(file.valid as Case[])],
  "conv-oracle/seed000-1": inCases,
  "conv-oracle/seed001-1": inCases,
  "conv-oracle/seed004-1": inCases,
  "conv-oracle/training-1": traced("training", "traces"),
  "conv-oracle/training-tiny-1": traced("trainingTiny", "traces"),
  "conv-oracle/gradcheck-1": traced("gradcheck", "nets"),
};

/** The numbers JSON cannot write. */
const NOT_FINITE: Readonly<Record<string, number>> = {
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  "-Infinity": Number.NEGATIVE_INFINITY,
};

function decode(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || !("$num" in value)) return value;
  const word = String(value.$num);
  if (!Object.hasOwn(NOT_FINITE, word)) throw new Error(`"$num": "${word}" is not a number`);
  return NOT_FINITE[word];
}

/** The list of the recorded files with their checksums stands among them; it holds no cases. */
function isManifest(file: File): boolean {
  const rows = Object.values(file);
  return rows.length > 0 && rows.every((row) => Object.hasOwn(Object(row), "sha256"));
}

/**
 * The cases in a file's text.
 * @throws Error of one sentence when the text is no file of a known format.
 */
export function casesIn(text: string): Case[] {
  const file: unknown = JSON.parse(text, decode);
  if (typeof file !== "object" || file === null) throw new Error("the file holds no object");
  if (isManifest(file as File)) return [];
  const { format } = file as File;
  if (typeof format !== "string" || !Object.hasOwn(FORMATS, format))
    throw new Error(
      `the format ${JSON.stringify(format) ?? "(none)"} is not known; known are ${Object.keys(FORMATS).join(", ")}`,
    );
  return FORMATS[format]!(file as File);
}
