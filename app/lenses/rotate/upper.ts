import { NUMBERS_FROM, type Plate, type Scene } from "../../draw/scene.ts";
import type { Room } from "../lens.ts";
import { largestClose } from "../shared/chain.ts";
import { sign } from "../shared/notes.ts";
import { spotAt } from "../shared/plates.ts";
import {
  bottom as bottomOf,
  CLOSE_SIDES,
  LEGEND,
  right as rightOf,
  side,
  TITLE,
  titleRoomAt,
} from "../shared/sizes.ts";
import { fitInto, linksOf, MIDDLE } from "./fit.ts";
import { gradientPlate, paddedPlate } from "./gradients.ts";
import { withRemainder } from "./places.ts";
import { deltaPlate, dilatedPlate, kernelPlate, type Look } from "./plates.ts";
import { type Rule, ruleNotes, rulesHeight, rulesOf } from "./rules.ts";

export interface Block {
  readonly plates: readonly Plate[];
  readonly notes: Scene["notes"];
  readonly bottom: number;
}

/** The upper part, laid out, and what it has left to the close-up. */
export interface Sizes {
  readonly margin: number;
  /** Side of a cell of the close-up, and how many of its rows are shown. */
  readonly close: number;
  readonly shown: number;
  /** How much room the signs of the close-up get, from 0 to 1. */
  readonly loose: number;
  readonly top: Block;
  /** The rules, where there is no room for them above: from the bottom of the close-up on. */
  readonly below: ((bottom: number) => Omit<Block, "plates">) | null;
}

/** Below this, small cells say nothing. */
const SMALL = 3;

/** The kernel going forward and δ as it came, small below each other, as high as there is room. */
function beside(look: Look, x: number, top: number, room: number, width: number): Plate[] {
  const { rows, columns } = look.frame.geometry;
  const title = 46;
  const sized = (high: number, cellsDown: number, cellsAcross: number) =>
    Math.floor(Math.min(22, high / cellsDown, width / cellsAcross));
  const half = room - 2 * title;
  const kernel = sized(Math.max(half * 0.5, rows.k * 9), rows.k, columns.k);
  if (kernel < SMALL) return [];
  const w = kernelPlate(look, "forward", spotAt(x, top + title, kernel, width));
  const delta = sized(room - 2 * title - rows.k * kernel, rows.out, columns.out);
  if (delta < SMALL) return [w];
  return [w, deltaPlate(look, spotAt(x, bottomOf(w) + title, delta, width))];
}

/** δ dilated ⋆ rot180(W) = dX in one row, the rules below. */
export function wide(look: Look, room: Room): Sizes {
  const { frame, subject } = look;
  const { geometry: g, view } = frame;
  const { turned } = subject;
  const margin = 36;
  const width = room.width - 2 * margin;
  const full = turned.name === "full";
  const rules = rulesOf(g, turned, withRemainder(frame));
  const ruled = rulesHeight(rules, width) + 12;
  const gap = full ? 34 : turned.columns.length + g.columns.n > 60 ? 36 : 44;
  const beneath = fitInto(look, room, width, gap, ruled);
  // Where they would cost the numbers above, much of the picture, or the sight of the close-up, the rules come last.
  const without = fitInto(look, room, width, gap, 0);
  const last =
    (beneath.upper < NUMBERS_FROM && without.upper > beneath.upper * 1.15) ||
    (!beneath.isWhole && without.isWhole);
  const { loose, shown, close, upper } = last ? without : beneath;
  const cell = side(upper * view.zoom);
  const kernel = Math.max(Math.min(28, Math.floor(cell)), Math.min(close, 22));
  const middle = Math.max(MIDDLE, g.columns.k * kernel);
  const across = turned.columns.length + g.columns.n + (full ? g.columns.padded : 0);
  const gaps = full ? 3 : 2;
  const spread = Math.max(gap, Math.min(gap + 20, (width - middle - across * cell) / gaps));

  const room1 = turned.columns.length * cell + spread - 12;
  const dilated = dilatedPlate(look, spotAt(margin, TITLE, cell, room1));
  const kernelX = rightOf(dilated) + spread;
  const w = kernelPlate(look, "turned", spotAt(kernelX, TITLE, kernel, middle + spread - 12));
  const height = Math.max(turned.rows.length, full ? g.rows.padded : g.rows.n) * cell;
  const others = beside(look, kernelX, bottomOf(w), TITLE + height - bottomOf(w), middle);
  let x = kernelX + middle + spread;
  const results: Plate[] = [];
  const notes: Scene["notes"][number][] = [];
  const sideways = TITLE + Math.max(14, (g.rows.k * kernel) / 2);
  if (full) {
    results.push(paddedPlate(look, spotAt(x, TITLE, cell, g.columns.padded * cell + spread - 12)));
    x = rightOf(results[0]!) + spread;
    notes.push({ kind: "arrow", x: x - spread / 2 - 13, y: sideways, length: 26 });
  }
  results.push(
    gradientPlate(look, spotAt(x, TITLE, cell, titleRoomAt(x, g.columns.n * cell, room))),
  );
  const plates = [dilated, w, ...others, ...results];
  const tallest = Math.max(...plates.map(bottomOf));
  const gradient = results.at(-1)!;
  const below = (bottom: number) => rulesBelow(rules, margin, bottom, width);
  const above = last ? { notes: [], bottom: tallest + LEGEND } : below(tallest + LEGEND);
  return {
    margin,
    close,
    shown,
    loose,
    top: {
      plates,
      notes: [
        sign("⋆", kernelX - spread / 2, sideways),
        sign("=", results[0]!.x - spread / 2, sideways),
        ...notes,
        { kind: "legend", scale: dilated.scale, x: margin, y: tallest + 16, width: 60 },
        {
          kind: "legend",
          scale: gradient.scale,
          x: gradient.x,
          y: bottomOf(gradient) + 16,
          width: Math.max(30, Math.min(84, room.width - gradient.x - 70)),
        },
        ...above.notes,
      ],
      bottom: above.bottom,
    },
    below: last ? below : null,
  };
}

function rulesBelow(rules: readonly Rule[], x: number, y: number, width: number) {
  const { notes, height } = ruleNotes(rules, x, y, width);
  return { notes, bottom: y + height + 12 };
}

/** The same parts below each other. */
export function narrow(look: Look, room: Room): Sizes {
  const { frame, subject } = look;
  const { geometry: g, view } = frame;
  const { turned } = subject;
  const margin = 16;
  const width = room.width - 2 * margin;
  const cell = (columns: number) => side(Math.min(34, width / columns) * view.zoom);
  const dilated = dilatedPlate(look, spotAt(margin, TITLE, cell(turned.columns.length), width));

  const gap = 16;
  const share = (width - 2 * gap) / 3;
  const second = bottomOf(dilated) + TITLE;
  const kernel = Math.max(SMALL, Math.floor(Math.min(30, share / g.columns.k)));
  const w = kernelPlate(look, "turned", spotAt(margin, second, kernel, share));
  const forwardX = margin + share + gap;
  const forward = kernelPlate(
    look,
    "forward",
    spotAt(forwardX, second, Math.max(SMALL, Math.floor(Math.min(24, share / g.columns.k))), share),
  );
  const small = Math.floor(Math.min(24, share / g.columns.out));
  const plates = [dilated, w, forward];
  if (small >= SMALL)
    plates.push(deltaPlate(look, spotAt(margin + 2 * (share + gap), second, small, share)));
  let y = Math.max(...plates.map(bottomOf)) + TITLE;
  if (turned.name === "full") {
    plates.push(paddedPlate(look, spotAt(margin, y, cell(g.columns.padded), width)));
    y = bottomOf(plates.at(-1)!) + TITLE;
  }
  plates.push(gradientPlate(look, spotAt(margin, y, cell(g.columns.n), width)));
  const rules = rulesOf(g, turned, withRemainder(frame));
  const sides = CLOSE_SIDES.filter((close) => close <= 34);
  return {
    margin,
    close: largestClose(linksOf(look), sides, margin, margin + width, 0),
    shown: 1,
    loose: 0,
    top: { plates, notes: [], bottom: bottomOf(plates.at(-1)!) + 14 },
    below: (bottom) => rulesBelow(rules, margin, bottom, width),
  };
}
