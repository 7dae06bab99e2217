/** What a field for a number takes. */
export interface Bounds {
  readonly integer?: boolean;
  readonly min?: number;
  readonly max?: number;
}

export type Read = { readonly value: number } | { readonly complaint: string };

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** The number in a typed text, or one sentence that says why there is none. */
export function readNumber(text: string, { integer = false, min, max }: Bounds): Read {
  const plain = text.trim().replaceAll("−", "-").replace(",", ".");
  const example = integer ? "a whole number such as 3" : "a number such as 3 or −0.5";
  if (plain === "") return { complaint: `Empty: ${example} is needed.` };
  const value = NUMBER.test(plain) ? Number(plain) : Number.NaN;
  const named = text.trim().slice(0, 16);
  if (!Number.isFinite(value)) return { complaint: `“${named}” is not ${example}.` };
  if (integer && !Number.isInteger(value)) return { complaint: `${named} is not a whole number.` };
  const small = min !== undefined && value < min;
  if (small || (max !== undefined && value > max))
    return { complaint: `${named} is too ${small ? "small" : "large"}: ${rangeOf(min, max)}.` };
  return { value };
}

function rangeOf(min: number | undefined, max: number | undefined): string {
  if (min === undefined) return `at most ${max}`;
  return max === undefined ? `${min} or more` : `${min} to ${max}`;
}

/** A number as a field shows it: short enough for the field, with a real minus sign. */
export function shownNumber(value: number): string {
  return String(Number(value.toPrecision(6))).replace("-", "−");
}

/** The next number up or down, inside the bounds and without the dust of binary fractions. */
export function stepped(
  value: number,
  by: number,
  { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY }: Bounds,
): number {
  return Math.max(min, Math.min(max, Number((value + by).toPrecision(12))));
}
