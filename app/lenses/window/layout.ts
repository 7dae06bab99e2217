import { ACTIVATIONS, sumOf, unravel } from "#engine";
import {
  type Arrow,
  cellsOf,
  type Legend,
  type Mark,
  NUMBERS_FROM,
  type Plate,
  type Scene,
  type Words,
} from "../../draw/scene.ts";
import type { Frame, Room } from "../lens.ts";
import { type Chain, chainOf, type Links, largestClose } from "../shared/chain.ts";
import { heading, label, sign } from "../shared/notes.ts";
import { outputPlaceOf } from "../shared/outputPlace.ts";
import { inputPlate } from "../shared/plates.ts";
import { scalesOf } from "../shared/scales.ts";
import { CLOSE_SIDES, HEADING, LEGEND, largest, NARROW, side, TITLE } from "../shared/sizes.ts";
import {
  closeUpPlates,
  kernelPlate,
  type Look,
  numberPlate,
  outputPlate,
  partialsPlate,
} from "./plates.ts";
import { isTurned } from "./turn.ts";

type Note = Words | Arrow | Legend;

/** The Window lens: X ⋆ W = Y above, the window under the magnifier below. */
export function layout(frame: Frame, room: Room): Scene {
  const place = outputPlaceOf(frame);
  const { geometry: g, layer } = frame;
  const look: Look = {
    frame,
    place,
    scales: scalesOf(frame),
    sum: sumOf(g, layer, place.y),
  };
  const sizes = room.width < NARROW ? narrow(frame, room) : wide(frame, room);
  const top = sizes.top(look);
  const low = closeUp(look, sizes, top.bottom);
  const plates = [...top.plates, ...low.plates];
  const marks = marksOf(look, plates);
  return {
    width: Math.max(...plates.map((plate) => plate.x + plate.columns * plate.cell)) + sizes.margin,
    height: low.bottom,
    plates,
    marks,
    notes: [...top.notes, ...low.notes],
    curves: [],
    // what is larger than its room scrolls with the window
    follow: frame.view.zoom > 1 ? marks[0]! : null,
    newest: place.y === frame.step ? { plate: "Y", row: place.oh, column: place.ow } : null,
  };
}

interface Block {
  readonly plates: readonly Plate[];
  readonly notes: readonly Note[];
  readonly bottom: number;
}

/** Cell sizes that fit a room, and how the upper row is laid out with them. */
interface Sizes {
  readonly margin: number;
  readonly width: number;
  /** Side of a cell of the close-up, and how many in-channels are shown there. */
  readonly close: number;
  readonly channels: number;
  /** How much room the signs of the close-up get, from 0 to 1. */
  readonly loose: number;
  readonly top: (look: Look) => Block;
}

/** Between the rows of the close-up. */
const ROW_GAP = 10;

/** A cell this much smaller is worth a close-up that is larger, or shows more channels. */
const ALMOST = 0.88;

function wide(frame: Frame, room: Room): Sizes {
  const { geometry: g, view } = frame;
  const { rows, columns } = g;
  const margin = 36;
  const width = room.width - 2 * margin;
  // An image needs the room more than the signs between the plates do.
  const gap = columns.padded + columns.out > 60 ? 36 : 56;
  const cells = Math.max(rows.padded, rows.out);

  /** The side of the cells above, when those of the close-up have side `close`. */
  const upper = (close: number, channels: number) => {
    const low = HEADING + channels * (rows.k * close + ROW_GAP) + 24;
    const kernel = Math.max(24, Math.min(close, 34)) * columns.k;
    const across = (width - 2 * gap) / (columns.padded + columns.k + columns.out);
    const besideKernel = (width - 2 * gap - kernel) / (columns.padded + columns.out);
    const down = (room.height - TITLE - LEGEND - low) / cells;
    return Math.min(largest(room), across < 24 ? besideKernel : across, Math.max(down, 5));
  };
  // Signs give way before numbers do.
  const closest = (room: number) =>
    largestClose(linksOf(frame), CLOSE_SIDES, margin, margin + width, room);
  const loose = [1, 0.6, 0.3].find((room) => closest(room) >= NUMBERS_FROM) ?? 0;
  const widest = closest(loose);
  const readable = CLOSE_SIDES.filter((close) => close <= widest && close >= NUMBERS_FROM);
  // All channels where that costs the numbers above nothing, else the one that is chosen.
  const costless = (close: number) =>
    upper(close, g.depth) >= Math.min(NUMBERS_FROM, ALMOST * upper(close, 1));
  const channels = g.depth <= 4 && readable.some(costless) ? g.depth : 1;
  // The largest close-up that leaves the upper row as large as it can be, or large enough.
  const best = Math.max(...readable.map((close) => upper(close, channels)));
  const close = readable.find((c) => upper(c, channels) >= Math.min(26, ALMOST * best)) ?? widest;
  const cell = side(upper(close, channels) * view.zoom);
  const kernelCell = Math.max(side(Math.min(cell, largest(room))), Math.min(side(close), 24));
  const used = columns.padded * cell + columns.k * kernelCell + columns.out * cell;
  const spread = Math.round(Math.max(gap, Math.min(gap + 28, (width - used) / 2)));

  return {
    margin,
    width,
    close,
    channels,
    loose,
    top(look) {
      const x = inputPlate(frame, look.place, look.scales.x, {
        x: margin,
        y: TITLE,
        cell,
        titleRoom: columns.padded * cell + spread - 16,
      });
      const kernelX = margin + x.columns * cell + spread;
      const w = kernelPlate(look, {
        x: kernelX,
        y: TITLE,
        cell: kernelCell,
        titleRoom: columns.k * kernelCell + spread - 16,
      });
      const outX = kernelX + w.columns * kernelCell + spread;
      const y = outputPlate(look, {
        x: outX,
        y: TITLE,
        cell,
        titleRoom: Math.max(120, columns.out * cell),
      });
      const middle = TITLE + Math.max(12, (w.rows * kernelCell) / 2);
      const tallest = Math.max(x.rows * cell, w.rows * kernelCell, y.rows * cell);
      return {
        plates: [x, w, y],
        notes: [
          sign(operator(frame), kernelX - spread / 2, middle),
          sign("=", outX - spread / 2, middle),
          { kind: "legend", scale: x.scale, x: margin, y: TITLE + x.rows * cell + 16, width: 84 },
          { kind: "legend", scale: y.scale, x: outX, y: TITLE + y.rows * cell + 16, width: 84 },
        ],
        bottom: TITLE + tallest + LEGEND,
      };
    },
  };
}

function narrow(frame: Frame, room: Room): Sizes {
  const { geometry: g, view } = frame;
  const { columns } = g;
  const margin = 16;
  const width = room.width - 2 * margin;
  const gap = 14;
  const beside = Math.max(columns.k, columns.out * 0.75);
  const together = (width - gap) / (columns.padded + beside);
  const stacked = together < NUMBERS_FROM;
  const cell = side(Math.min(36, stacked ? width / columns.padded : together) * view.zoom);
  const rest = stacked ? width : width - columns.padded * cell - gap;
  const small = stacked
    ? side(Math.min(32, (rest - 3 * gap) / (columns.k + columns.out)))
    : side(Math.min(cell, rest / columns.out));
  return {
    margin,
    width,
    close: largestClose(
      linksOf(frame),
      [30, 28, 26, 24, 22, 20, 18, 14, 10, 7, 5, 3],
      margin,
      margin + width,
      0,
    ),
    channels: 1,
    loose: 0,
    top(look) {
      const x = inputPlate(frame, look.place, look.scales.x, {
        x: margin,
        y: TITLE,
        cell,
        titleRoom: stacked ? width : columns.padded * cell,
      });
      const belowX = TITLE + x.rows * cell;
      const left = stacked ? margin : margin + x.columns * cell + gap;
      const first = stacked ? belowX + TITLE : TITLE;
      const kernelCell = stacked ? Math.max(small, 22) : side(Math.min(cell, rest / columns.k));
      const w = kernelPlate(look, { x: left, y: first, cell: kernelCell, titleRoom: 90 });
      const y = outputPlate(
        look,
        stacked
          ? {
              x: left + w.columns * kernelCell + 3 * gap,
              y: first,
              cell: Math.max(small, 4),
              titleRoom: 120,
            }
          : { x: left, y: first + w.rows * kernelCell + TITLE, cell: small, titleRoom: 90 },
      );
      return {
        plates: [x, w, y],
        notes: [],
        bottom: Math.max(belowX, w.y + w.rows * w.cell, y.y + y.rows * y.cell) + 12,
      };
    },
  };
}

/** Window ⊙ kernel = products → Σ + b → activation, one row a channel. */
function closeUp(look: Look, { margin, close, channels, loose }: Sizes, top: number): Block {
  const { frame, place } = look;
  const { geometry: g } = frame;
  const chain = chainOf(linksOf(frame), close, margin, loose);
  const begin = top + HEADING - 6;
  const height = g.rows.k * close;
  const shown = channels === 1 ? [place.local] : Array.from({ length: channels }, (_, c) => c);
  const plates: Plate[] = [];
  const notes: Note[] = [heading("The window, the kernel, their products", margin, top + 14)];
  for (const [i, local] of shown.entries()) {
    const y = begin + i * (height + ROW_GAP);
    const middle = y + height / 2;
    plates.push(
      ...closeUpPlates(look, local, {
        window: { x: margin, y, cell: close, titleRoom: 0 },
        kernel: { x: chain.kernel, y, cell: close, titleRoom: 0 },
        products: { x: chain.products, y, cell: close, titleRoom: 0 },
      }),
    );
    notes.push(
      sign("⊙", chain.kernel - chain.gap / 2, middle),
      sign("=", chain.products - chain.gap / 2, middle),
    );
    if (g.depth > 1 && margin > 20)
      notes.push(label(`c ${place.channel - place.local + local}`, margin - 18, middle));
  }
  const bottom = begin + shown.length * (height + ROW_GAP) - ROW_GAP;
  const sum = sumUp(look, chain, begin, bottom);
  plates.push(...sum.plates);
  const lowest = Math.max(bottom, ...plates.map((plate) => plate.y + plate.rows * plate.cell));
  return { plates, notes: [...notes, ...sum.notes], bottom: lowest + 24 };
}

/** Σ + b → activation, half way between `begin` and `bottom`. */
function sumUp(look: Look, chain: Chain, begin: number, bottom: number): Omit<Block, "bottom"> {
  const { geometry: g } = look.frame;
  const { partials, activation, small, large, reach } = chain;
  const middle = (begin + bottom) / 2;
  const lone = (which: "b" | "Z" | "Y", x: number, cell: number) =>
    numberPlate(look, which, { x, y: middle - cell / 2, cell, titleRoom: 0 });
  const bias = chain.bias ?? chain.plus;
  const plates = [lone("b", bias, small)];
  const notes: Note[] = [
    sign("Σ +", chain.plus, middle),
    label("b", bias + small / 2, middle + small / 2 + 11),
    { kind: "arrow", x: chain.arrow, y: middle, length: reach },
  ];
  if (partials) {
    const cell = Math.max(
      NUMBERS_FROM,
      Math.min(chain.partial, Math.floor((bottom - begin) / g.depth)),
    );
    const y = Math.max(begin, middle - (g.depth * cell) / 2);
    plates.unshift(partialsPlate(look, { x: partials.x, y, cell, titleRoom: 0 }));
    notes.push(sign("Σ", partials.sigma, middle));
  }
  if (activation) {
    plates.push(lone("Z", activation.z, small));
    notes.push(label("Z", activation.z + small / 2, middle + small / 2 + 11));
    notes.push({ kind: "arrow", x: activation.arrow, y: middle, length: activation.length });
    if (activation.length > 30) {
      const name = ACTIVATIONS[g.spec.activation.name].label;
      notes.push(label(name, activation.arrow + activation.length / 2, middle - 12));
    }
  }
  plates.push(lone("Y", chain.result, large));
  return { plates, notes };
}

/** The window on X, the taps of a dilated window, and the output they make. */
function marksOf({ frame, place, sum: { terms } }: Look, plates: readonly Plate[]): Mark[] {
  const g = frame.geometry;
  const [x, , y] = plates as [Plate, Plate, Plate];
  const at = (p: number) => unravel(g.shapes.P, p).slice(2) as [row: number, column: number];
  const [top, left] = at(terms[0]!.p);
  const [bottom, right] = at(terms.at(-1)!.p);
  const marks: Mark[] = [
    { name: "window", role: "W", ...cellsOf(x, top, left, bottom - top + 1, right - left + 1) },
    { name: "output", role: "Y", ...cellsOf(y, place.oh, place.ow) },
  ];
  const area = g.rows.k * g.columns.k;
  const dilated = g.rows.dilation > 1 || g.columns.dilation > 1;
  if (dilated && area <= 81 && x.cell >= 9)
    for (const { slot, p } of terms.slice(0, area))
      marks.push({ name: `tap ${slot}`, role: "W", ...cellsOf(x, ...at(p)) });
  return marks;
}

function linksOf({ geometry: g }: Frame): Links {
  return {
    across: g.columns.k,
    partials: g.depth > 1,
    bias: true,
    activation: g.spec.activation.name !== "linear",
  };
}

function operator({ geometry, view }: Frame): string {
  return geometry.spec.flip === isTurned(view) ? "⋆" : "∗";
}
