import { ConvError } from "#engine";
import type { Case } from "./case.ts";
import type { Comparison } from "./compare.ts";
import { casesIn } from "./format.ts";
import { OPS } from "./ops.ts";

/** What came of one file. */
export interface Report {
  readonly lines: readonly string[];
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** What came of one case: the comparisons made, what is wrong with it, or why it was left out. */
type Result =
  | { readonly kind: "checked"; readonly comparisons: Comparison[]; readonly faults: string[] }
  | { readonly kind: "skipped"; readonly what: string };

const message = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** Checks every case of a file by every algorithm that applies, and says so in lines. Never throws. */
export function checkFile(name: string, text: string): Report {
  try {
    return reportOf(name, casesIn(text));
  } catch (error) {
    return { lines: [`FAILED ${name}: ${message(error)}`], passed: 0, failed: 1, skipped: 0 };
  }
}

function reportOf(name: string, cases: readonly Case[]): Report {
  if (cases.length === 0)
    return { lines: [`${name}: holds no cases`], passed: 0, failed: 0, skipped: 0 };
  const algorithms = new Tally();
  const skips = new Map<string, number>();
  const failures: string[] = [];
  let passed = 0;
  for (const [i, recorded] of cases.entries()) {
    const result = checkCase(recorded);
    if (result.kind === "skipped") {
      skips.set(result.what, (skips.get(result.what) ?? 0) + 1);
      continue;
    }
    for (const comparison of result.comparisons) algorithms.add(comparison, i);
    const which = recorded.id ?? recorded.name ?? `case ${i}`;
    failures.push(...result.faults.map((fault) => `FAILED ${name}: ${which}: ${fault}`));
    if (result.faults.length === 0) passed++;
  }
  const skipped = [...skips.values()].reduce((a, b) => a + b, 0);
  return {
    lines: [
      ...algorithms.lines().map((line) => `${name}: ${line}`),
      ...failures,
      ...[...skips].map(([what, count]) => `${name}: skipped ${count} ${what}`),
    ],
    passed,
    failed: cases.length - passed - skipped,
    skipped,
  };
}

function checkCase(recorded: Case): Result {
  const isQuestion = recorded.mustRefuse !== undefined || recorded.outShape !== undefined;
  try {
    return isQuestion ? checkLegality(recorded) : checkNumbers(recorded);
  } catch (error) {
    return { kind: "checked", comparisons: [], faults: [message(error)] };
  }
}

function checkNumbers(recorded: Case): Result {
  const comparisons = rowOf(recorded)?.compare?.(recorded) ?? [];
  if (comparisons.length === 0) return skip(recorded);
  const faults = comparisons.flatMap(({ algorithm, output, fault }) =>
    fault === null ? [] : [`${algorithm}: ${output} ${fault}`],
  );
  return { kind: "checked", comparisons, faults: [...faults, ...missed(recorded, comparisons)] };
}

/** Outputs that were recorded but not compared: what is held against the files is held against all of them. */
function missed({ outputs = {} }: Case, comparisons: readonly Comparison[]): string[] {
  const compared = new Set(comparisons.map(({ output }) => output.split(".")[0]));
  return Object.keys(outputs)
    .filter((output) => !compared.has(output))
    .map((output) => `${output} was recorded, but nothing was compared with it`);
}

function checkLegality(asked: Case): Result {
  const outShape = rowOf(asked)?.outShape;
  if (!outShape) return skip(asked);
  const fault = legalityFault(
    asked,
    answerOrRefusal(() => outShape(asked)),
  );
  const output = asked.mustRefuse ? "illegal specs refused" : "legal specs accepted";
  return {
    kind: "checked",
    comparisons: [{ algorithm: asked.op, output, error: 0, tolerance: 0, fault }],
    faults: fault === null ? [] : [fault],
  };
}

/** A refusal is a ConvError; any other throw is a crash, even where a refusal is due. */
function answerOrRefusal<Answer>(ask: () => Answer): Answer | ConvError {
  try {
    return ask();
  } catch (error) {
    if (error instanceof ConvError) return error;
    throw error;
  }
}

function legalityFault(asked: Case, found: readonly number[] | ConvError): string | null {
  const shape = (of: readonly number[]) => `[${of.join(" ")}]`;
  if (found instanceof ConvError)
    return asked.mustRefuse ? null : `should be accepted, was refused: ${found.message}`;
  if (asked.mustRefuse) return `should be refused, was accepted with the shape ${shape(found)}`;
  if (asked.outShape && shape(found) !== shape(asked.outShape))
    return `has the output shape ${shape(found)}, expected ${shape(asked.outShape)}`;
  return null;
}

function rowOf({ op }: Case) {
  return Object.hasOwn(OPS, op) ? OPS[op] : undefined;
}

function skip({ op, attrs }: Case): Result {
  const detail = typeof attrs?.fn === "string" ? ` ${attrs.fn}` : "";
  return { kind: "skipped", what: op + detail };
}

/** Per algorithm: how many cases, which outputs, and the largest error. */
class Tally {
  readonly #rows = new Map<
    string,
    { readonly cases: Set<number>; readonly outputs: Set<string>; error: number }
  >();

  add({ algorithm, output, error }: Comparison, caseNumber: number): void {
    const row = this.#rows.get(algorithm) ?? { cases: new Set(), outputs: new Set(), error: 0 };
    row.cases.add(caseNumber);
    row.outputs.add(output.split("/", 1)[0]!); // of what lies deep, the first word
    row.error = Math.max(row.error, error); // NaN stays NaN
    this.#rows.set(algorithm, row);
  }

  lines(): string[] {
    return [...this.#rows].map(
      ([algorithm, { cases, outputs, error }]) =>
        `${algorithm}: ${cases.size} ${cases.size === 1 ? "case" : "cases"} (${[...outputs].join(", ")}), largest error ${error === 0 ? 0 : error.toPrecision(2)}`,
    );
  }
}
