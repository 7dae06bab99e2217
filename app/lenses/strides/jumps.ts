import type { Geometry, ViewAxisName } from "#engine";
import {
  type Curve,
  cellsOf,
  type Mark,
  NUMBERS_FROM,
  type Plate,
  type RoleName,
  type Words,
} from "../../draw/scene.ts";
import { heading, label, sign } from "../shared/notes.ts";
import { spotAt } from "../shared/plates.ts";
import { keeper } from "./kept.ts";
import { GAP, type Line, lineOf, xOf } from "./line.ts";
import { beginningOf, type Place } from "./place.ts";
import { type Look, piecePlate } from "./plates.ts";
import { leadsSomewhere, runsInWords, runsOfTaps, type Stretch, stretchOf } from "./runs.ts";

// The window in one line of memory: its runs, and the strides as jumps between them.

/** From one level of jumps to the next, the heading over them, and the offsets below the numbers. */
const LEVEL = 14;
const HEAD = 22;
const FOOT = 20;
/** More rows of a kernel than this are not drawn in part. */
const MOST_ROWS = 12;
/** Width of a character of a label. */
const CHARACTER = 6.7;
const BOLD = 7.4;

/** What each axis of the view is drawn in. */
export const COLOURS: Readonly<Record<ViewAxisName, RoleName>> = {
  n: "plain",
  oh: "Y",
  ow: "Y",
  c: "X",
  kh: "W",
  kw: "W",
};

export interface JumpBlock {
  readonly plates: readonly Plate[];
  readonly marks: readonly Mark[];
  readonly curves: readonly Curve[];
  readonly notes: readonly Words[];
  readonly right: number;
  readonly bottom: number;
}

/** The stretch, and how it is laid out: the same at every step. */
interface Plan {
  readonly stretch: Stretch;
  readonly line: Line;
  readonly gutter: number;
}

const plans = keeper<Plan>();

function planOf({ frame: { geometry: g }, place }: Look, left: number, width: number): Plan {
  return plans(g, `${place.memory} ${left} ${width}`, () => findPlan(g, place, left, width));
}

/** All rows of the kernel, or as many as can be read; where not even two can, as many as can be seen. */
function findPlan(g: Geometry, place: Place, left: number, width: number): Plan {
  const plan = (most: number): Plan => {
    const stretch = stretchOf(g, place, most);
    const longest = Math.max(
      6,
      ...stretch.jumps.map(({ axis, stride }) => `${axis} +${stride}`.length),
    );
    const gutter = Math.ceil(longest * CHARACTER) + 12;
    return { stretch, gutter, line: lineOf(stretch.shown, left + gutter, width - gutter) };
  };
  const all = plan(g.rows.k);
  if (all.line.cell >= 12) return all;
  const counts = Array.from({ length: Math.min(g.rows.k, MOST_ROWS) }, (_, i) => i + 1);
  const choices = [all, ...counts.reverse().slice(0, -1).map(plan)];
  const atLeast = (side: number) => choices.find(({ line }) => line.cell >= side);
  return atLeast(NUMBERS_FROM) ?? (all.line.cell >= 6 ? all : (atLeast(6) ?? choices.at(-1)!));
}

/** How high the block is. */
export function jumpsHeight(look: Look, width: number): number {
  const { stretch, line } = planOf(look, 0, width);
  return HEAD + stretch.jumps.length * LEVEL + 8 + line.cell + FOOT;
}

export function jumpsBlock(look: Look, left: number, top: number, width: number): JumpBlock {
  const { place, frame } = look;
  const g = frame.geometry;
  const plan = planOf(look, left, width);
  const { stretch, line, gutter } = plan;
  const first = beginningOf(g, place);
  const y = top + HEAD + stretch.jumps.length * LEVEL + 8;
  const plates = line.pieces.map(({ from, count, x }, i) =>
    piecePlate(
      look,
      `Memory around the window, part ${i + 1}`,
      first + from,
      count,
      spotAt(x, y, line.cell),
    ),
  );
  const middle = y + line.cell / 2;
  return {
    plates,
    marks: [...windowMarks(plan, y), ...tapMark(look, plates)],
    curves: curvesOf(look, plan, y),
    notes: [
      heading(headingOf(look, stretch, width), left, top + 8),
      ...levelNames(plan, left, y),
      ...line.pieces.slice(1).map(({ x }) => sign("…", x - GAP / 2, middle - 3)),
      ...offsetsBelow(plan, first, left + 20, y + line.cell + 12),
    ],
    right: left + gutter + line.width,
    bottom: y + line.cell + FOOT,
  };
}

/** Of what the window consists, in as many words as there is room for; where not all is drawn, how much is. */
function headingOf(look: Look, { rows }: Stretch, width: number): string {
  const { place, sum, frame } = look;
  const g = frame.geometry;
  const area = g.rows.k * g.columns.k;
  const planes = place.memory === "NCHW";
  const own = planes ? sum.terms.slice(place.local * area, (place.local + 1) * area) : sum.terms;
  const runs = runsInWords(runsOfTaps(g, place, own));
  const channel = g.depth > 1 && planes ? ` in channel ${place.channel}` : "";
  const shown = rows < g.rows.k ? `: its first ${rows} rows` : "";
  const choices = [
    `The window${channel} is ${runs} in memory${shown}`,
    `The window is ${runs}${shown}`,
    `The window${shown}`,
  ];
  return choices.find((text) => text.length * BOLD <= width) ?? choices.at(-1)!;
}

/** The name of every axis and its stride, each at the level of its jumps. */
function levelNames({ stretch, gutter }: Plan, left: number, y: number): Words[] {
  return stretch.jumps.map(({ axis, stride }, i) => ({
    ...label(`${axis} +${stride}`, left + (gutter - 12) / 2, levelAt(y, i)),
    role: COLOURS[axis],
  }));
}

function levelAt(y: number, level: number): number {
  return y - 10 - level * LEVEL;
}

/** Every jump goes up to its level, along it and down; those that leave from one number leave side by side. */
function curvesOf({ frame, place }: Look, { stretch, line }: Plan, y: number): Curve[] {
  const g = frame.geometry;
  const apart = Math.min(4, line.cell / 6);
  const middle = (stretch.jumps.length - 1) / 2;
  return stretch.jumps.flatMap(({ axis, stride, hops }, level) => {
    if (!leadsSomewhere(g, place, axis) && (axis === "ow" || axis === "oh" || axis === "c"))
      return [];
    const at = (number: number) => xOf(line, number) + line.cell / 2 + (middle - level) * apart;
    const over = levelAt(y, level);
    return hops.map((from): Curve => {
      const [x0, x1] = [at(from), at(from + stride)];
      return {
        role: COLOURS[axis],
        from: [x0, y - 1],
        to: [x1, y - 1],
        along: "across",
        around: [
          [x0, over],
          [x1, over],
        ],
      };
    });
  });
}

/** The window's runs in the line. */
function windowMarks({ stretch, line }: Plan, y: number): Mark[] {
  if (stretch.window.length > 90) return [];
  return stretch.window.map(({ from, count }, i) => ({
    name: `run ${i}`,
    role: "W",
    x: xOf(line, from),
    y,
    width: count * line.cell,
    height: line.cell,
  }));
}

/** The number that is looked at. */
function tapMark({ place, sum }: Look, plates: readonly Plate[]): Mark[] {
  if (place.tap === null) return [];
  const { p } = sum.terms[place.tap]!;
  for (const plate of plates)
    for (let c = 0; plate.cell >= 6 && c < plate.columns; c++)
      if (plate.indexAt(0, c) === p)
        return [{ name: "tap of the line", role: "X", ...cellsOf(plate, 0, c) }];
  return [];
}

/** The offset below the first number of every run, and below where jumps lead, as far as there is room. */
function offsetsBelow({ stretch, line }: Plan, first: number, name: number, y: number): Words[] {
  const at = [
    ...stretch.window.map(({ from }) => from),
    ...stretch.jumps.map(({ stride }) => stride),
  ];
  const notes: Words[] = [label("offset", name, y)];
  let free = Number.NEGATIVE_INFINITY;
  for (const number of [...new Set(at)].sort((a, b) => a - b)) {
    const text = String(first + number);
    const half = (text.length * CHARACTER) / 2;
    const x = xOf(line, number) + line.cell / 2;
    if (x - half < free) continue;
    notes.push(label(text, x, y));
    free = x + half + 8;
  }
  return notes;
}
