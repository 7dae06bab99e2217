const MINUS = "−";

function signed(text: string): string {
  return text.replaceAll("-", MINUS);
}

/** The decimals shown in sentences and sums. Only what is shown is rounded, never what is added. */
export const DECIMALS = 4;

/** A number in a sentence or a sum: exact when it has up to four decimals, else rounded to four. */
export function full(v: number): string {
  if (!Number.isFinite(v)) return Number.isNaN(v) ? "NaN" : v > 0 ? "∞" : `${MINUS}∞`;
  if (Number.isInteger(v))
    return Math.abs(v) < 1e15 ? signed(String(v === 0 ? 0 : v)) : signed(v.toPrecision(6));
  const size = Math.abs(v);
  if (size < 10 ** -DECIMALS || size >= 1e9) return signed(v.toExponential(3));
  return signed(String(Number(v.toFixed(DECIMALS))));
}

/** Whether `full` shows every digit of v. */
export function isExact(v: number): boolean {
  return Number.isInteger(v) ? Math.abs(v) < 1e15 : Number(v.toFixed(DECIMALS)) === v;
}

/** A number in a cell: at most five characters. */
export function short(v: number): string {
  if (!Number.isFinite(v)) return full(v);
  const size = Math.abs(v);
  if (size === 0) return "0";
  if (size >= 1e6 || size < 1e-3) return signed(v.toExponential(0).replace("e+", "e"));
  if (size >= 1e4) return `${signed(String(Math.round(v / 1000)))}k`;
  if (Number.isInteger(v) || size >= 1000) return signed(String(Math.round(v)));
  const decimals = size >= 100 ? 0 : size >= 10 ? 1 : 2;
  return signed(String(Number(v.toFixed(size < 0.01 ? 3 : decimals))));
}
