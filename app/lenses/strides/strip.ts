import { unravel } from "#engine";
import { cellsOf, type Mark, type Plate, type Words } from "../../draw/scene.ts";
import { label } from "../shared/notes.ts";
import { type Spot, spotAt } from "../shared/plates.ts";
import { fitting, TITLE } from "../shared/sizes.ts";
import { type Look, memoryPlate, nameOfMemory, sampleSize } from "./plates.ts";
import { lineLength, type Run, runsOfTaps } from "./runs.ts";
import { BYTES } from "./table.ts";

// Memory as lines of a strip: one line is one row of the padded picture. Channels of NCHW are planes one after the other.

/** Between two planes, with the line that says where the next begins. */
const BREAK = 26;
const BESIDE = 14;
const MOST_PLANES = 4;

/** How the strip is folded: its planes, and how many stand side by side. */
export interface Folds {
  readonly channels: readonly number[];
  readonly across: number;
}

/** The planes that are shown: all of a few, else the page of the one that is chosen. */
export function planesShown({ frame, place }: Look, most = MOST_PLANES): number[] {
  const { C } = frame.geometry.spec;
  if (place.memory === "NHWC") return [0];
  const first = Math.floor(place.channel / most) * most;
  return Array.from({ length: Math.min(most, C - first) }, (_, i) => first + i);
}

/** Room on the left of every plane for the offsets of its lines. */
function gutterOf(look: Look): number {
  return 10 + 7 * String(sampleSize(look) * look.frame.geometry.spec.N).length;
}

/** The side of the cells that fill a width, and those that fill a height. */
export function stripSides(look: Look, { channels, across }: Folds, width: number, height: number) {
  const g = look.frame.geometry;
  const down = Math.ceil(channels.length / across);
  const gutters = across * gutterOf(look) + (across - 1) * BESIDE;
  return {
    wide: (width - gutters) / (across * lineLength(g, look.place)),
    high: (height - TITLE - (down - 1) * BREAK) / (down * g.rows.padded),
  };
}

export function stripSize(look: Look, { channels, across }: Folds, cell: number) {
  const g = look.frame.geometry;
  const down = Math.ceil(channels.length / across);
  return {
    width: across * (gutterOf(look) + lineLength(g, look.place) * cell) + (across - 1) * BESIDE,
    height: TITLE + down * g.rows.padded * cell + (down - 1) * BREAK,
  };
}

export interface Strip {
  readonly plates: readonly Plate[];
  readonly notes: readonly Words[];
  readonly marks: readonly Mark[];
}

/** The planes from a spot on, the title above the first. */
export function strip(look: Look, folds: Folds, spot: Spot): Strip {
  const { channels, across } = folds;
  const { cell } = spot;
  const g = look.frame.geometry;
  const gutter = gutterOf(look);
  const width = lineLength(g, look.place) * cell;
  const beside = width + BESIDE + gutter - 8;
  const plates = channels.map((channel, i) => {
    const x = spot.x + gutter + (i % across) * (width + gutter + BESIDE);
    const y = spot.y + TITLE + Math.floor(i / across) * (g.rows.padded * cell + BREAK);
    const isLast = i % across === across - 1;
    const least = across === 1 ? spot.titleRoom - gutter : 0;
    const room = isLast ? Math.max(width, least) : beside;
    return memoryPlate(look, channel, headOf(look, channels, i, room), spotAt(x, y, cell, room));
  });
  return {
    plates,
    notes: plates.flatMap((plate, i) => offsetsBeside(look, channels[i]!, plate, gutter)),
    marks: [
      ...plates.flatMap((plate, i) => marksOn(look, channels[i]!, plate)),
      ...tapOn(look, plates),
    ],
  };
}

/** What is said over a plane: of the first also what the strip is. */
function headOf(look: Look, channels: readonly number[], i: number, room: number): Partial<Plate> {
  const { frame, place } = look;
  const { spec } = frame.geometry;
  const size = sampleSize(look);
  const numbers = `${size} numbers`;
  const bytes = `${numbers}, ${size * BYTES} bytes`;
  const plane = `channel ${channels[i]}, from ${firstOffset(look, channels[i]!)}`;
  if (i > 0) return { title: "", subtitle: fitting([plane, `channel ${channels[i]}`], room) };
  const whole =
    place.memory === "NCHW" && spec.C > 1
      ? [`${place.memory}, ${bytes}: ${plane}`, `${numbers}: ${plane}`, plane]
      : [`${place.memory}: ${bytes}`, bytes, numbers];
  const sample = spec.N > 1 ? `, sample ${place.n}` : "";
  return { title: `${nameOfMemory(look)} in memory${sample}`, subtitle: fitting(whole, room) };
}

/** Where a plane begins in memory. */
function firstOffset(look: Look, channel: number): number {
  const { rows, columns } = look.frame.geometry;
  return look.place.n * sampleSize(look) + channel * rows.padded * columns.padded;
}

/** The offset at which every line begins, as far as there is room. */
function offsetsBeside(look: Look, channel: number, plate: Plate, gutter: number): Words[] {
  const first = firstOffset(look, channel);
  const every = Math.max(1, Math.ceil(15 / plate.cell));
  const lines = Array.from({ length: Math.ceil(plate.rows / every) }, (_, i) => i * every);
  const x = plate.x - gutter / 2;
  return lines.map((r) => ({
    ...label(
      String(first + r * plate.columns),
      x,
      plate.y + (r + Math.min(every, 1) / 2) * plate.cell,
    ),
    size: 11,
  }));
}

/** More pieces than this are one frame. */
const MOST_MARKS = 120;

/** The window as its pieces, which lie each in one line. */
function marksOn(look: Look, channel: number, plate: Plate): Mark[] {
  const { frame, place, sum } = look;
  const g = frame.geometry;
  const area = g.rows.k * g.columns.k;
  const local = channel - (place.channel - place.local);
  if (place.memory === "NCHW" && (local < 0 || local >= g.depth)) return [];
  const taps =
    place.memory === "NCHW" ? sum.terms.slice(local * area, (local + 1) * area) : sum.terms;
  const offset = firstOffset(look, channel);
  const inPlate = ({ from, count }: Run) => ({
    row: Math.floor((from - offset) / plate.columns),
    column: (from - offset) % plate.columns,
    count,
  });
  const pieces = runsOfTaps(g, place, taps).map(inPlate);
  const name = `window ${place.memory === "NCHW" ? local : 0}`;
  if (plate.cell < 6 || pieces.length > MOST_MARKS) return [wholeMark(name, pieces, plate)];
  return pieces.map(({ row, column, count }, i) => ({
    name: `${name} ${i}`,
    role: "W",
    x: plate.x + column * plate.cell,
    y: plate.y + row * plate.cell,
    width: count * plate.cell,
    height: plate.cell,
  }));
}

/** The number that is looked at: over the pieces of its window a ring alone is not seen. */
function tapOn({ place, sum, frame }: Look, plates: readonly Plate[]): Mark[] {
  if (place.tap === null) return [];
  const { columns, shapes } = frame.geometry;
  const { p } = sum.terms[place.tap]!;
  const [, c, row, column] = unravel(shapes.P, p) as [number, number, number, number];
  const isWhole = place.memory === "NHWC";
  const plate = plates.find(({ indexAt }) => isWhole || indexAt(row, column) === p);
  if (!plate || plate.cell < 6) return [];
  const at = isWhole ? column * (plate.columns / columns.padded) + c : column;
  return [{ name: "tap", role: "X", ...cellsOf(plate, row, at) }];
}

interface InPlate {
  readonly row: number;
  readonly column: number;
  readonly count: number;
}

function wholeMark(name: string, pieces: readonly InPlate[], { x, y, cell }: Plate): Mark {
  const top = pieces[0]!.row;
  const bottom = pieces.at(-1)!.row + 1;
  const left = pieces[0]!.column;
  const right = Math.max(...pieces.map(({ column, count }) => column + count));
  return {
    name,
    role: "W",
    x: x + left * cell,
    y: y + top * cell,
    width: (right - left) * cell,
    height: (bottom - top) * cell,
  };
}
