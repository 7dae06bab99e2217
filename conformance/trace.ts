import type { Case, Numbers } from "./case.ts";

/** A recorded run: what was asked, and all that came of it, as deep as it lies. */
export type Trace = Readonly<Record<string, unknown>>;

/**
 * What of a trace is the question, or says how it was recorded. All else is an answer, to be compared.
 * centralDifferenceFloat32 is what an engine of float32 finds; this one has none.
 */
const QUESTION = new Set([
  "name",
  "config",
  "data",
  "init",
  "order",
  "inputs",
  "batchIndices",
  "tolerance",
  "engineAgreement",
  "centralDifferenceFloat32",
]);

const isTensor = (value: object): value is Numbers => "shape" in value && "data" in value;

/** Every number below `value`, under its path: `steps/0/grads/convW`. A plain number is a scalar. */
function flat(path: string, value: unknown): [string, Numbers][] {
  if (typeof value === "number") return [[path, { shape: [], data: [value] }]];
  if (typeof value !== "object" || value === null)
    throw new Error(`${path} is no number, and holds none`);
  if (isTensor(value)) return [[path, value]];
  return Object.entries(value).flatMap(([name, below]) => flat(`${path}/${name}`, below));
}

/** The case of a trace: its question as attributes, its answers as outputs. */
export function caseOf(op: string, trace: Trace): Case {
  const entries = Object.entries(trace);
  const answers = entries.filter(([name]) => !QUESTION.has(name));
  return {
    op,
    name: String(trace.name),
    attrs: Object.fromEntries(entries.filter(([name]) => QUESTION.has(name))),
    outputs: Object.fromEntries(answers.flatMap(([name, value]) => flat(name, value))),
  };
}
