import { hasPadding } from "#engine";
import { NUMBERS_FROM, type Plate, type Scene } from "../../draw/scene.ts";
import type { Room } from "../lens.ts";
import {
  bottomOf,
  CLOSE_SIDES,
  HEADING,
  LEGEND,
  largest,
  rightOf,
  side,
  TITLE,
} from "../shared/back.ts";
import { sign } from "../shared/notes.ts";
import { spotAt } from "../shared/plates.ts";
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
  readonly top: Block;
}

/** Height of the close-up of so many channels. */
function lowHeight({ frame: { geometry: g } }: Look, close: number, channels: number): number {
  return HEADING + channels * (g.rows.k * close + 10) + 34;
}

/** δ · W → dX padded → dX in one row. */
export function wide(look: Look, room: Room): Sizes {
  const { frame } = look;
  const { geometry: g, view } = frame;
  const { rows, columns } = g;
  const margin = 36;
  const width = room.width - 2 * margin;
  const padding = hasPadding(g);
  const across = columns.out + columns.padded + (padding ? columns.n : 0);
  const gap = across > 80 ? 36 : 52;
  const gaps = (padding ? 3 : 2) * gap;
  const tallest = Math.max(rows.padded, rows.out);

  /** The side of the cells above, when those of the close-up have side `close`. */
  const upper = (close: number, channels: number) => {
    const together = (width - gaps) / (across + columns.k);
    const beside = (width - gaps - columns.k * 24) / across; // a kernel keeps its numbers
    const down = (room.height - TITLE - LEGEND - lowHeight(look, close, channels)) / tallest;
    return Math.min(largest(room), together < 24 ? beside : together, Math.max(down, 5));
  };
  const sides = CLOSE_SIDES.filter((close) => 3 * columns.k * close + 2 * 44 <= width);
  const readable = sides.filter((close) => close >= NUMBERS_FROM);
  // All channels when they can be read that way, else the one that is chosen.
  const all = g.depth <= 4 && readable.some((close) => upper(close, g.depth) >= NUMBERS_FROM);
  const channels = all ? g.depth : 1;
  const close =
    readable.find((c) => upper(c, channels) >= 26) ??
    readable.find((c) => upper(c, channels) >= NUMBERS_FROM) ??
    readable.find((c) => c <= 34) ??
    sides[0] ??
    CLOSE_SIDES.at(-1)!;
  const cell = side(upper(close, channels) * view.zoom);
  const kernel = Math.max(side(Math.min(cell, largest(room))), Math.min(close, 24));
  const used = across * cell + columns.k * kernel;
  const spread = Math.max(gap, Math.min(gap + 28, (width - used) / (padding ? 3 : 2)));

  const delta = deltaPlate(look, spotAt(margin, TITLE, cell, columns.out * cell + spread - 16));
  const kernelX = rightOf(delta) + spread;
  const w = kernelPlate(look, spotAt(kernelX, TITLE, kernel, columns.k * kernel + spread - 16));
  const paddedX = rightOf(w) + spread;
  const room2 = columns.padded * cell + (padding ? spread - 16 : 120);
  const dxp = paddedPlate(look, spotAt(paddedX, TITLE, cell, room2));
  const dxX = rightOf(dxp) + spread;
  const plates = [delta, w, dxp];
  if (padding)
    plates.push(inputGradientPlate(look, spotAt(dxX, TITLE, cell, columns.n * cell + 60)));
  const middle = TITLE + Math.max(12, (rows.k * kernel) / 2);
  const bottom = Math.max(...plates.map(bottomOf));
  return {
    margin,
    close,
    channels,
    gap: 44,
    top: {
      plates,
      notes: [
        sign("·", kernelX - spread / 2, middle),
        { kind: "arrow", x: paddedX - spread / 2 - 14, y: middle, length: 28 },
        ...(padding
          ? [{ kind: "arrow", x: dxX - spread / 2 - 14, y: middle, length: 28 } as const]
          : []),
        { kind: "legend", scale: delta.scale, x: margin, y: bottomOf(delta) + 16, width: 60 },
        { kind: "legend", scale: dxp.scale, x: paddedX, y: bottomOf(dxp) + 16, width: 84 },
      ],
      bottom: bottom + LEGEND,
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
  const plates = [delta, w, dxp];
  if (hasPadding(g))
    plates.push(inputGradientPlate(look, spotAt(margin, bottomOf(dxp) + TITLE, cell, width)));
  return {
    margin,
    close,
    channels: 1,
    gap: 24,
    top: {
      plates,
      notes: [sign("·", w.x - gap / 2, TITLE + (g.rows.k * kernel) / 2)],
      bottom: bottomOf(plates.at(-1)!) + 14,
    },
  };
}
