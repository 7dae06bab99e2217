import { type Axis, count, type DilatedAxis, type Geometry } from "#engine";
import type { RoleName, Words } from "../../draw/scene.ts";
import { remark } from "../shared/notes.ts";
import { wrapped } from "../shared/sizes.ts";
import type { Turned } from "./turned.ts";

/** One step on the way from δ and W to dX, with the numbers of this layer. */
export interface Rule {
  readonly word: string;
  readonly role: RoleName;
  readonly text: string;
}

/** The rules of a layer, in the order in which they are applied; what would change nothing is said shortly. */
export function rulesOf(g: Geometry, turned: Turned, withRemainder: boolean): Rule[] {
  return [
    dilate(g),
    pad(g, turned, withRemainder),
    ...reach(g, turned, withRemainder),
    turn(g),
    ...gaps(g),
    ...swap(g),
    ...fold(g, turned),
  ];
}

function dilate(g: Geometry): Rule {
  const [sh, sw] = g.spec.stride;
  const text =
    sh !== sw
      ? `put stride − 1 between the δ: ${count(sh - 1, "row")} and ${count(sw - 1, "column")} of zeros`
      : sh === 1
        ? "stride − 1 = 0: nothing is put between the δ"
        : `put stride − 1 = ${count(sh - 1, "zero")} between the δ`;
  return { word: "dilate", role: "delta", text };
}

/** d(k − 1), written with the numbers of an axis: "k − 1", or "2·(k − 1)" where the kernel is dilated. */
function span({ dilation, k }: Axis): { readonly letters: string; readonly numbers: string } {
  return dilation === 1
    ? { letters: "k − 1", numbers: `${k} − 1` }
    : { letters: "d(k − 1)", numbers: `${dilation}·(${k} − 1)` };
}

/** A formula: it is not broken between lines. */
function tight(text: string): string {
  return text.replaceAll(" ", "\u00a0");
}

/** "2 zeros", or "crop 2". */
function zerosOrCrop(n: number): string {
  return n < 0 ? `crop ${-n}` : count(n, "zero");
}

/** "−1", with the sign that texts have. */
function signed(n: number): string {
  return n < 0 ? `−${-n}` : `${n}`;
}

/** How much of an axis is put before and after, but for what the remainder adds: that has a rule of its own. */
function ends(axis: Axis, { before, after }: DilatedAxis, withRemainder: boolean) {
  return { before, after: after - (withRemainder ? axis.remainder : 0) };
}

function pad(g: Geometry, { name, rows, columns }: Turned, withRemainder: boolean): Rule {
  const { letters } = span(g.rows);
  const [down, across] = [
    ends(g.rows, rows, withRemainder),
    ends(g.columns, columns, withRemainder),
  ];
  const all = [down.before, across.after, down.after, across.before];
  const word = all.every((n) => n < 0) ? "crop" : all.some((n) => n < 0) ? "pad, crop" : "pad";
  const minus = name === "full" ? "" : " − p";
  const worked = (axis: Axis, n: number) =>
    tight(`${span(axis).numbers}${minus && ` − ${axis.before}`} = ${signed(n)}`);
  const ring = name === "full" ? ": a gradient for every cell of the ring, too" : "";
  const head = tight(letters + minus);
  const text = () => {
    if (down.before !== down.after || across.before !== across.after) {
      const sides = ["above", "right", "below", "left"].map(
        (side, i) => `${zerosOrCrop(all[i]!)} ${side}`,
      );
      return `${head}: ${sides.join(", ")}`;
    }
    const same = down.before === across.before && worked(g.rows, 0) === worked(g.columns, 0);
    if (!same)
      return `${head}: rows ${worked(g.rows, down.before)}, columns ${worked(g.columns, across.before)}${word === "pad" ? "" : "; what is negative is cropped"}`;
    const n = down.before;
    const what =
      n < 0 ? tight(`: crop ${-n} all round`) : tight(` ${n === 1 ? "zero" : "zeros"} all round`);
    return `${tight(`${letters}${minus} = `)}${worked(g.rows, n)}${what}`;
  };
  return { word, role: "delta", text: text() + ring };
}

/** "(8 + 2·1 − 3) mod 2 = 1". */
function remainderOf({ n, before, after, effective, stride, remainder }: Axis): string {
  const padding =
    before === after ? (before === 0 ? "" : ` + 2·${before}`) : ` + ${before} + ${after}`;
  return tight(`(${n}${padding} − ${effective}) mod ${stride} = ${remainder}`);
}

function reach(g: Geometry, turned: Turned, withRemainder: boolean): Rule[] {
  const { rows, columns } = g;
  const [r, c] = [rows.remainder, columns.remainder];
  if (g.spec.stride.every((s) => s === 1)) return [];
  const same = remainderOf(rows) === remainderOf(columns);
  const word = "reach";
  if (r + c === 0)
    return [
      {
        word,
        role: "delta",
        text: `${same ? remainderOf(rows) : "no remainder"}: the last window ends where the input ends`,
      },
    ];
  const more = [
    ...(r > 0
      ? [`${r} more ${r === 1 ? "row" : "rows"}${same ? "" : `: ${remainderOf(rows)}`}`]
      : []),
    ...(c > 0 && !same
      ? [`${c} more ${c === 1 ? "column" : "columns"}: ${remainderOf(columns)}`]
      : []),
  ].join("; ");
  const whole = same
    ? `${r} more ${r === 1 ? "row and column" : "rows and columns"}: ${remainderOf(rows)}`
    : more;
  if (withRemainder) return [{ word, role: "delta", text: whole }];
  const target = turned.name === "full" ? "dX padded" : "dX";
  const [height, width] =
    turned.name === "full" ? [rows.padded, columns.padded] : [rows.n, columns.n];
  const size = `${tight(`${turned.rows.out} × ${turned.columns.out}`)} instead of ${tight(`${height} × ${width}`)}`;
  return [{ word, role: "delta", text: `left out: ${target} comes out ${size}; ${whole}` }];
}

function turn({ spec, rows, columns }: Geometry): Rule {
  if (spec.flip)
    return {
      word: "turn",
      role: "W",
      text: "not needed: true convolution turned the kernel going forward",
    };
  if (rows.k * columns.k === 1)
    return { word: "turn", role: "W", text: "a single weight looks the same from every side" };
  return {
    word: "turn",
    role: "W",
    text: `by 180°: output o reads pixel p through ${tight("W[p − s·o]")}; seen from p the index runs backward`,
  };
}

function gaps(g: Geometry): Rule[] {
  const [dh, dw] = g.spec.dilation;
  if (dh === 1 && dw === 1) return [];
  const d = dh === dw ? `${dh}` : `${dh} × ${dw}`;
  return [
    { word: "gaps", role: "W", text: `the kernel keeps its dilation ${d}: the window skips cells` },
  ];
}

function swap({ spec, filtersPerGroup, depth }: Geometry): Rule[] {
  if (spec.C === 1 && spec.F === 1) return [];
  const groups = spec.groups > 1 ? `, in each of ${spec.groups} groups` : "";
  const text = `in- and out-channels change places: ${count(filtersPerGroup, "filter")} in, ${count(depth, "channel")} out${groups}`;
  return [{ word: "swap", role: "W", text }];
}

function fold({ spec }: Geometry, { name }: Turned): Rule[] {
  if (name !== "full") return [];
  return [
    {
      word: "fold",
      role: "X",
      text: `${spec.padMode}: what comes to a copy in the ring is added to the cell it copies`,
    },
  ];
}

/** Room for the word before its text, and the height of a line. */
const WORD = 66;
const LINE = 20;

/** The rules as words, from `x`, `y` on: in as many columns as there is room for. */
export function ruleNotes(rules: readonly Rule[], x: number, y: number, width: number) {
  const columns = width >= 700 ? 2 : 1;
  const column = width / columns;
  const texts = rules.map(({ text }) => wrapped(text, column - WORD - 12));
  const total = texts.reduce((sum, { length }) => sum + length, 0);
  const notes: Words[] = [];
  let line = 0;
  let at = 0;
  let most = 0;
  for (const [i, { word, role }] of rules.entries()) {
    if (at < columns - 1 && line >= Math.ceil(total / columns)) {
      at++;
      line = 0;
    }
    const left = x + at * column;
    const top = y + LINE / 2;
    notes.push({ ...remark(word, left, top + line * LINE), weight: "bold", role });
    for (const text of texts[i]!) notes.push(remark(text, left + WORD, top + line++ * LINE));
    most = Math.max(most, line);
  }
  return { notes, height: most * LINE };
}

/** How high they are for a width. */
export function rulesHeight(rules: readonly Rule[], width: number): number {
  return ruleNotes(rules, 0, 0, width).height;
}
