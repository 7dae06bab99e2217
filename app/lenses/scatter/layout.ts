import { full, hasPadding, sizeOf, unravel } from "#engine";
import { cellsOf, type Mark, type Plate, type Rectangle, type Scene } from "../../draw/scene.ts";
import type { Frame, Room } from "../lens.ts";
import { backOf, backScales, HEADING, NARROW, rightOf, runsOf } from "../shared/back.ts";
import { heading, label, sign } from "../shared/notes.ts";
import { spotAt } from "../shared/plates.ts";
import { placeOf } from "./places.ts";
import { closeUpPlates, type Look, lookOf } from "./plates.ts";
import { type Block, narrow, type Sizes, wide } from "./upper.ts";

/** The Scatter lens: δ, the kernel and the gradient they fill above, one stamp under the magnifier below. */
export function layout(frame: Frame, room: Room): Scene {
  const look = lookOf(frame, placeOf(frame), backScales(frame));
  const sizes = room.width < NARROW ? narrow(look, room) : wide(look, room);
  const low = closeUp(look, sizes);
  const plates = [...sizes.top.plates, ...low.plates];
  const marks = marksOf(look, plates);
  return {
    width: Math.max(...plates.map(rightOf)) + sizes.margin,
    height: low.bottom,
    plates,
    marks,
    notes: [...sizes.top.notes, ...low.notes],
    curves: [],
    follow: marks.find(({ name }) => name === "window")!,
    newest: newestOf(look, plates),
  };
}

/** Room between the rows of a close-up, and below it for a line of words. */
const ROW_GAP = 10;
const WORDS = 22;

/** Before + stamp = after, one row a channel. */
function closeUp(look: Look, { margin, close, channels, gap, top }: Sizes): Block {
  const { frame, place } = look;
  const { geometry: g } = frame;
  const begin = top.bottom + HEADING - 6;
  const height = g.rows.k * close;
  const width = g.columns.k * close;
  const [stamp, after] = [margin + width + gap, margin + 2 * (width + gap)];
  const shown = channels === 1 ? [place.local] : Array.from({ length: channels }, (_, c) => c);
  const plates: Plate[] = [];
  const notes = [
    heading("What stood there, the stamp, what stands there now", margin, top.bottom + 14),
  ];
  for (const [i, local] of shown.entries()) {
    const y = begin + i * (height + ROW_GAP);
    plates.push(
      ...closeUpPlates(look, local, {
        before: spotAt(margin, y, close),
        stamp: spotAt(stamp, y, close),
        after: spotAt(after, y, close),
      }),
    );
    notes.push(
      sign("+", stamp - gap / 2, y + height / 2),
      sign("=", after - gap / 2, y + height / 2),
    );
    if (g.depth > 1 && margin > 20)
      notes.push(label(`c ${place.channel - place.local + local}`, margin - 18, y + height / 2));
  }
  const bottom = begin + shown.length * (height + ROW_GAP) - ROW_GAP;
  const d = full(backOf(frame).delta.data[place.y]!);
  for (const [text, x] of [
    ["before", margin],
    [`${d} · W`, stamp],
    ["after", after],
  ] as const)
    notes.push(label(text, x + width / 2, bottom + WORDS / 2 + 2));
  return { plates, notes, bottom: bottom + WORDS + 16 };
}

/** The δ, the place of its window on the gradient, and where it lands on dX. */
function marksOf({ frame, place }: Look, plates: readonly Plate[]): Mark[] {
  const g = frame.geometry;
  const [delta, , padded] = plates as [Plate, Plate, Plate];
  const area = g.rows.k * g.columns.k;
  const taps = place.taps.slice(0, area);
  const at = taps.map(({ p }) => unravel(g.shapes.P, p).slice(2) as [row: number, column: number]);
  const [[top, left], [bottom, right]] = [at[0]!, at.at(-1)!];
  const dilated = g.rows.dilation > 1 || g.columns.dilation > 1;
  const each = dilated && area <= 81 && padded.cell >= 9 ? at : [];
  const window = cellsOf(padded, top, left, bottom - top + 1, right - left + 1);
  return [
    { name: "delta", role: "delta", ...cellsOf(delta, place.oh, place.ow) },
    { name: "window", role: "W", ...window },
    ...each.map((cell, i): Mark => ({ name: `tap ${i}`, role: "W", ...cellsOf(padded, ...cell) })),
    ...(hasPadding(g) ? landings(frame, taps, plates[3]!) : []),
  ];
}

/** More places than these are not framed one by one. */
const MOST_LANDINGS = 9;

/** Where on dX the stamp lands: one rectangle, or several where the ring copies the image. */
function landings({ geometry: g }: Frame, taps: Look["place"]["taps"], plate: Plate): Mark[] {
  const at = taps.filter(({ x }) => x >= 0).map(({ x }) => unravel(g.shapes.X, x));
  const along = (axis: number) =>
    runsOf([...new Set(at.map((place) => place[axis]!))].sort((a, b) => a - b));
  const rectangles: Rectangle[] = along(2).flatMap((rows) =>
    along(3).map((columns) =>
      cellsOf(
        plate,
        rows.first,
        columns.first,
        rows.last - rows.first + 1,
        columns.last - columns.first + 1,
      ),
    ),
  );
  if (rectangles.length > MOST_LANDINGS) return [];
  return rectangles.map((rectangle, i) => ({ name: `landing ${i}`, role: "X", ...rectangle }));
}

/** The cell that the product of this moment was added to. */
function newestOf({ frame, place }: Look, plates: readonly Plate[]): Scene["newest"] {
  const { geometry: g, step } = frame;
  if (place.slot === null || place.y !== step || sizeOf(g.shapes.P) === 0) return null;
  const [, , row, column] = unravel(g.shapes.P, place.taps[place.slot]!.p) as number[];
  return { plate: plates[2]!.name, row: row!, column: column! };
}
