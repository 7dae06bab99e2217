/** The smallest number that `share` of all are not above. */
export function percentile(numbers: readonly number[], share: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** A line of the report; a claim ends in its verdict. */
export interface Line {
  readonly text: string;
  readonly holds: boolean | null;
}

const VERDICTS = { true: "ok", false: "MISSED", null: "" };

export function print({ text, holds }: Line): void {
  console.log(`${text}  ${VERDICTS[`${holds}`]}`.trimEnd());
}

export const ms = (v: number) => (Number.isFinite(v) ? v.toFixed(1) : "never").padStart(6);
