import { factor, full, hasPadding, unravel } from "#engine";
import { cellsOf, type Mark, type Plate, type Rectangle, type Scene } from "../../draw/scene.ts";
import type { Frame, Room } from "../lens.ts";
import { backOf, backScales, runsOf } from "../shared/back.ts";
import { heading, label, sign } from "../shared/notes.ts";
import { spotAt } from "../shared/plates.ts";
import { HEADING, isNarrow, right as rightOf } from "../shared/sizes.ts";
import { closeUpPlates, metPlate } from "./close.ts";
import { placeOf } from "./places.ts";
import { type Look, lookOf } from "./plates.ts";
import { type Block, narrow, type Sizes, wide } from "./upper.ts";

type Note = Scene["notes"][number];

/** The Scatter lens: δ, the kernel and the gradient they fill above, one stamp under the magnifier below. */
export function layout(frame: Frame, room: Room): Scene {
  const look = lookOf(frame, placeOf(frame), backScales(frame));
  const sizes = isNarrow(room) ? narrow(look, room) : wide(look, room);
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

/** The longest factor that has room over the arrow, in characters. */
const FACTOR = 6;

/** Room between the rows of a close-up, and below it for a line of words. */
const ROW_GAP = 10;
const WORDS = 22;

/** The kernel, times δ: the stamp + before = after, one row a channel. */
function closeUp(look: Look, sizes: Sizes): Block {
  const { frame, place } = look;
  const { geometry: g } = frame;
  const { margin, close, channels, gap, kernelBelow, top } = sizes;
  const begin = top.bottom + HEADING - 6;
  const height = g.rows.k * close;
  const width = g.columns.k * close;
  const columns = [0, 1, 2, 3].map((i) => margin + (i - (kernelBelow ? 0 : 1)) * (width + gap));
  const [kernel, stamp, before, after] = columns as [number, number, number, number];
  const shown = channels === 1 ? [place.local] : Array.from({ length: channels }, (_, c) => c);
  const plates: Plate[] = [];
  const notes: Note[] = [heading("The stamp, and where it lands", margin, top.bottom + 14)];
  const delta = backOf(frame).delta.data[place.y]!;
  const d = full(delta);
  const by = `· ${factor(delta)}`;
  for (const [i, local] of shown.entries()) {
    const y = begin + i * (height + ROW_GAP);
    const middle = y + height / 2;
    const spots = {
      stamp: spotAt(stamp, y, close),
      before: spotAt(before, y, close),
      after: spotAt(after, y, close),
    };
    plates.push(...closeUpPlates(look, local, spots));
    notes.push(sign("+", before - gap / 2, middle), sign("=", after - gap / 2, middle));
    if (kernelBelow) {
      plates.push(metPlate(look, local, spotAt(kernel, y, close)));
      notes.push({ kind: "arrow", x: stamp - gap / 2 - 15, y: middle, length: 28 });
      // the line below the stamp says it, too
      if (by.length <= FACTOR) notes.push(label(by, stamp - gap / 2 - 2, middle - 13));
    }
    if (g.depth > 1 && margin > 20)
      notes.push(label(`c ${place.channel - place.local + local}`, margin - 18, middle));
  }
  const bottom = begin + shown.length * (height + ROW_GAP) - ROW_GAP;
  const turned = g.spec.flip ? "W turned" : "W";
  for (const [text, x] of [
    [kernelBelow ? turned : "", kernel],
    [`${d} · ${turned}`, stamp],
    ["before", before],
    ["after", after],
  ] as const)
    if (text) notes.push(label(text, x + width / 2, bottom + WORDS / 2 + 2));
  return { plates, notes, bottom: bottom + WORDS + 16 };
}

/** The δ, the place of its window on the gradient, and where it lands on dX. */
function marksOf({ frame, place }: Look, plates: readonly Plate[]): Mark[] {
  const g = frame.geometry;
  const [delta, padded] = plates as [Plate, Plate];
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
    ...plates
      .filter(({ tensor }) => tensor === "DX" && hasPadding(g))
      .flatMap((plate) => landings(frame, taps, plate)),
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
  if (place.slot === null || place.y !== step) return null;
  const [, , row, column] = unravel(g.shapes.P, place.taps[place.slot]!.p) as number[];
  return { plate: plates[1]!.name, row: row!, column: column! };
}
