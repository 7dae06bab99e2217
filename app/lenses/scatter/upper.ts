import { hasPadding } from "#engine";
import { NUMBERS_FROM, type Plate, type Scene } from "../../draw/scene.ts";
import type { Room } from "../lens.ts";
import { sign } from "../shared/notes.ts";
import { spotAt } from "../shared/plates.ts";
import {
  bottom as bottomOf,
  CLOSE_SIDES,
  HEADING,
  LEGEND,
  largest,
  right as rightOf,
  side,
  TITLE,
  titleRoomAt,
} from "../shared/sizes.ts";
import { deltaPlate, inputGradientPlate, kernelPlate, type Look, paddedPlate } from "./plates.ts";

export interface Block {
  readonly plates: readonly Plate[];
  readonly notes: Scene["notes"];
  readonly bottom: number;
}

/** The upper part, laid out, and what it has left to the close-up. */
export interface Sizes {
  readonly margin: number;
  /** Side of a cell of the close-up, room between its plates, and how many in-channels are shown there. */
  readonly close: number;
  readonly gap: number;
  readonly channels: number;
  /** Whether the close-up begins with the kernel, or the kernel stands above. */
  readonly kernelBelow: boolean;
  readonly top: Block;
}

const GAP = 44;

/** How many cells δ and the gradients have. */
function cellsOf({ frame: { geometry: g } }: Look): number {
  const { rows, columns } = g;
  return rows.out * columns.out + rows.padded * columns.padded + rows.n * columns.n;
}

/** Height of the close-up of so many channels. */
function lowHeight({ frame: { geometry: g } }: Look, close: number, channels: number): number {
  return HEADING + channels * (g.rows.k * close + 10) + 34;
}

/** Cells above and below, for a room: numbers above come first, then large ones below. */
function fitInto(look: Look, room: Room, width: number, gap: number) {
  const { geometry: g } = look.frame;
  const { rows, columns } = g;
  const padding = hasPadding(g);
  const across = columns.out + columns.padded + (padding ? columns.n : 0);
  /** The side with which the upper part is as high as the room leaves it. */
  const high = (close: number, channels: number) =>
    (room.height - TITLE - LEGEND - lowHeight(look, close, channels)) /
    Math.max(rows.padded, rows.out);
  const together = (width - (padding ? 2 : 1) * gap) / across;
  const upper = (close: number, channels: number) =>
    Math.min(largest(room), together, Math.max(high(close, channels), 5));
  const sides = CLOSE_SIDES.filter((close) => 4 * columns.k * close + 3 * GAP <= width);
  const readable = sides.filter((close) => close >= NUMBERS_FROM);
  // All channels when they can be read that way, else the one that is chosen.
  const all = g.depth <= 4 && readable.some((close) => upper(close, g.depth) >= NUMBERS_FROM);
  const channels = all ? g.depth : 1;
  const close =
    readable.find((c) => upper(c, channels) >= 28) ??
    readable.find((c) => upper(c, channels) >= NUMBERS_FROM) ??
    readable.find((c) => high(c, channels) >= together) ??
    readable.find((c) => c <= 26) ??
    sides[0] ??
    CLOSE_SIDES.at(-1)!;
  return { channels, close, upper: upper(close, channels) };
}

/** δ → dX padded → dX in one row. */
export function wide(look: Look, room: Room): Sizes {
  const { geometry: g, view } = look.frame;
  const { columns } = g;
  const margin = 36;
  const width = room.width - 2 * margin;
  const padding = hasPadding(g);
  const gap = columns.padded + columns.out > 60 ? 36 : 52;
  const { channels, close, upper } = fitInto(look, room, width, gap);
  const cell = side(upper * view.zoom);
  const used = (columns.out + columns.padded + (padding ? columns.n : 0)) * cell;
  const spread = Math.max(gap, Math.min(gap + 28, (width - used) / (padding ? 2 : 1)));

  const delta = deltaPlate(look, spotAt(margin, TITLE, cell, columns.out * cell + spread - 16));
  const paddedX = rightOf(delta) + spread;
  const titleRoom = columns.padded * cell + (padding ? spread - 16 : 120);
  const dxp = paddedPlate(look, spotAt(paddedX, TITLE, cell, titleRoom));
  const dxX = rightOf(dxp) + spread;
  const plates = [delta, dxp];
  if (padding)
    plates.push(
      inputGradientPlate(look, spotAt(dxX, TITLE, cell, titleRoomAt(dxX, columns.n * cell, room))),
    );
  const middle = TITLE + Math.min(60, (Math.min(g.rows.out, g.rows.n) * cell) / 2);
  const arrow = (x: number) =>
    ({ kind: "arrow", x: x - spread / 2 - 14, y: middle, length: 28 }) as const;
  return {
    margin,
    close,
    channels,
    gap: GAP,
    kernelBelow: true,
    top: {
      plates,
      notes: [
        arrow(paddedX),
        ...(padding ? [arrow(dxX)] : []),
        { kind: "legend", scale: delta.scale, x: margin, y: bottomOf(delta) + 16, width: 60 },
        { kind: "legend", scale: dxp.scale, x: paddedX, y: bottomOf(dxp) + 16, width: 84 },
      ],
      bottom: Math.max(...plates.map(bottomOf)) + LEGEND,
    },
  };
}

/** δ · W, and below each other the gradients they fill. */
export function narrow(look: Look, room: Room): Sizes {
  const { geometry: g, view } = look.frame;
  const { columns } = g;
  const margin = 16;
  const width = room.width - 2 * margin;
  const gap = 30;
  const cell = side(Math.min(34, width / columns.padded) * view.zoom);
  const above = (width - gap) / (columns.out + columns.k);
  const kernel = Math.max(22, Math.min(30, side(above)));
  const left = Math.min(30, (width - gap - columns.k * kernel) / columns.out);
  const close =
    CLOSE_SIDES.find((c) => c <= 34 && 3 * columns.k * c + 2 * 24 <= width) ?? CLOSE_SIDES.at(-1)!;

  const delta = deltaPlate(
    look,
    spotAt(margin, TITLE, side(left), Math.max(80, columns.out * left)),
  );
  const w = kernelPlate(look, spotAt(rightOf(delta) + gap, TITLE, kernel, 90));
  const below = Math.max(bottomOf(delta), bottomOf(w)) + TITLE;
  const dxp = paddedPlate(look, spotAt(margin, below, cell, width));
  const plates = [delta, dxp];
  // on a phone a large picture is shown once: dX stands in its ring already
  const again = g.spec.padMode !== "zeros" || cellsOf(look) <= 60_000;
  if (hasPadding(g) && again)
    plates.push(inputGradientPlate(look, spotAt(margin, bottomOf(dxp) + TITLE, cell, width)));
  return {
    margin,
    close,
    channels: 1,
    gap: 24,
    kernelBelow: false,
    top: {
      plates: [...plates, w],
      notes: [sign("·", w.x - gap / 2, TITLE + (g.rows.k * kernel) / 2)],
      bottom: bottomOf(plates.at(-1)!) + 14,
    },
  };
}
