import { type Axis, isRead } from "../axis.ts";
import type { Geometry } from "../geometry.ts";
import type { Sentence, Span } from "./text.ts";
import { count } from "./words.ts";

/**
 * The output length of one axis with its numbers: ⌊(8 + 2·1 − 3) / 2⌋ + 1 = 4.
 * What would change nothing is left out: no padding, a division by 1.
 */
export function sizeFormula(axis: Axis): Sentence {
  const { n, k, stride, dilation, out } = axis;
  const inner: Span[] = [
    { text: String(n), role: "X" },
    { text: paddingTerm(axis) },
    ...(dilation > 1 && k > 1
      ? [{ text: ` − ${dilation}·(` }, kernel(k), { text: " − 1) − 1" }]
      : [{ text: " − " }, kernel(k)]),
  ];
  return [
    ...(stride > 1 ? [{ text: "⌊(" }, ...inner, { text: `) / ${stride}⌋` }] : inner),
    { text: " + 1 = " },
    { text: String(out), role: "Y" as const },
  ].filter(({ text }) => text !== "");
}

function kernel(k: number): Span {
  return { text: String(k), role: "W" };
}

function paddingTerm({ before, after }: Axis): string {
  if (before === after) return before === 0 ? "" : ` + 2·${before}`;
  return [before, after]
    .filter((p) => p > 0)
    .map((p) => ` + ${p}`)
    .join("");
}

/** Which rows and columns no window reads, and why; "" when all are read. */
export function remainderNote(g: Geometry): string {
  return [farEdge(g), ...gapNotes(g)].filter((note) => note !== "").join("; ");
}

function farEdge({ rows, columns }: Geometry): string {
  const r = rows.remainder;
  const c = columns.remainder;
  if (r + c === 0) return "";
  const [left, right] = [edgeWord(rows), edgeWord(columns)];
  const what =
    r === c && left === right
      ? `${count(r, `${left}row`)} and ${r === 1 ? "column" : "columns"}`
      : [r > 0 ? count(r, `${left}row`) : "", c > 0 ? count(c, `${right}column`) : ""]
          .filter((text) => text !== "")
          .join(" and ");
  return `${what} on the far edge ${r + c === 1 ? "is" : "are"} never read`;
}

/** Rows of the ring are called padded; once the remainder reaches into the image they are plain rows. */
function edgeWord({ remainder, after }: Axis): string {
  return remainder <= after ? "padded " : "";
}

/** Rows (or columns) between the windows, or between the taps of a dilated kernel. */
interface Gap {
  readonly cause: string;
  readonly skipped: number;
  /** " in 3" where the gap comes back with every stride. */
  readonly per: string;
  readonly verb: string;
}

function gapOf(axis: Axis): Gap | undefined {
  const { stride, k, dilation, out } = axis;
  if (dilation === 1 && stride > k && out > 1)
    return {
      cause: `stride ${stride} is wider than the kernel's reach of ${k}`,
      skipped: stride - k,
      per: ` in ${stride}`,
      verb: "skipped",
    };
  let skipped = 0;
  for (let p = 0; p < axis.padded - axis.remainder; p++) if (!isRead(axis, p)) skipped++;
  if (skipped === 0) return undefined;
  const cause =
    stride > 1
      ? `stride ${stride} and dilation ${dilation} leave gaps`
      : `dilation ${dilation} leaves gaps`;
  return { cause, skipped, per: "", verb: "never read" };
}

/** One note where rows and columns have the same cause, else one each. */
function gapNotes({ rows, columns }: Geometry): string[] {
  const found = [
    { gap: gapOf(rows), word: "row" },
    { gap: gapOf(columns), word: "column" },
  ].flatMap(({ gap, word }) => (gap ? [{ ...gap, what: count(gap.skipped, word) }] : []));
  const [first, second] = found;
  if (first && first.cause === second?.cause)
    return [`${first.cause}: ${first.what} and ${second.what}${first.per} are ${first.verb}`];
  return found.map(
    ({ cause, skipped, what, per, verb }) =>
      `${cause}: ${what}${per} ${skipped === 1 ? "is" : "are"} ${verb}`,
  );
}
