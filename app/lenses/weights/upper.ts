import { type Legend, NUMBERS_FROM, type Plate, type Words } from "../../draw/scene.ts";
import type { Frame, Room } from "../lens.ts";
import { sign } from "../shared/notes.ts";
import { inputPlate, spotAt } from "../shared/plates.ts";
import {
  bottom as bottomOf,
  LEGEND,
  largest,
  right as rightOf,
  side,
  TITLE,
} from "../shared/sizes.ts";
import { type CloseUp, closeUpOf, FIXED, heightOf } from "./closeUp.ts";
import { biasesPlate, deltaPlate, type Look, weightsPlate } from "./plates.ts";

/** The matrices above, and how the close-up below them is sized. */
export interface Upper {
  readonly plates: Readonly<Record<"x" | "delta" | "dw" | "db", Plate>>;
  readonly notes: readonly (Words | Legend)[];
  readonly bottom: number;
  readonly size: CloseUp;
  readonly margin: number;
}

/** Between the gradients of the weights and those of the biases. */
const BESIDE = 34;

/** X ⊙ δ = dW, db: side by side. */
export function wide(look: Look, room: Room): Upper {
  const { frame } = look;
  const { rows, columns } = frame.geometry;
  const margin = 36;
  const width = room.width - 2 * margin;
  const gap = columns.padded + columns.out > 60 ? 34 : 52;
  const small = Math.min(24, Math.max(4, Math.floor(190 / Math.max(columns.k, rows.k))));
  const gaps = 2 * gap + BESIDE;
  const alike = (width - gaps) / (columns.padded + columns.out + columns.k + 1);
  const beside = (width - gaps - small * (columns.k + 1)) / (columns.padded + columns.out);
  const across = Math.min(largest(room), alike < small ? beside : alike);
  const cells = Math.max(rows.padded, rows.out);
  // What the matrices above do not need is the close-up's.
  const left = room.height - TITLE - LEGEND - cells * side(across) - FIXED;
  const size = closeUpOf(frame, margin, width, Math.max(96, left, room.height * 0.34 - 40));
  const down = (room.height - TITLE - LEGEND - heightOf(size)) / cells;
  const cell = side(Math.min(across, Math.max(down, 3)) * frame.view.zoom);
  const kernel = Math.max(small, Math.min(cell, across));
  const used = (columns.padded + columns.out) * cell + (columns.k + 1) * side(kernel) + gaps;
  const spread = gap + Math.max(0, Math.min(28, (width - used) / 2));
  const place = (x: number, of: number, room: number) => spotAt(x, TITLE, of, room);
  const x = inputPlate(
    frame,
    look.place,
    look.scales.x,
    place(margin, cell, columns.padded * cell + spread - 12),
  );
  const delta = deltaPlate(
    look,
    place(rightOf(x) + spread, cell, columns.out * cell + spread - 12),
  );
  const dw = weightsPlate(
    look,
    place(rightOf(delta) + spread, side(kernel), columns.k * side(kernel) + BESIDE - 8),
  );
  const db = biasesPlate(
    look,
    place(rightOf(dw) + BESIDE, biasCell(frame, side(kernel), rows.padded * cell), 60),
  );
  const middle = TITLE + Math.max(12, Math.min(bottomOf(delta), bottomOf(dw)) - TITLE) / 2;
  const lowest = Math.max(...[x, delta, dw, db].map(bottomOf));
  return {
    plates: { x, delta, dw, db },
    notes: [
      sign("⊙", delta.x - spread / 2, middle),
      sign("=", dw.x - spread / 2, middle),
      ...legendsOf(
        look,
        [x, delta, dw],
        60,
        Math.max(16, Math.min(60, db.x - dw.x - LEGEND_WORDS)),
      ),
    ],
    bottom: lowest + LEGEND,
    size,
    margin,
  };
}

/** What the two numbers at the ends of a legend take. */
const LEGEND_WORDS = 84;

/** A strip of colours below each of these plates; under the last one, db stands close. */
function legendsOf(
  { scales }: Look,
  [x, delta, dw]: readonly [Plate, Plate, Plate],
  width: number,
  last = width,
): Legend[] {
  const below = (plate: Plate, scale: Legend["scale"], width: number): Legend => ({
    kind: "legend",
    scale,
    x: plate.x,
    y: bottomOf(plate) + 15,
    width,
  });
  return [
    below(x, scales.x, width),
    below(delta, scales.delta, width),
    below(dw, scales.gradient, last),
  ];
}

/** Biases stand one below the other, as large as there is room for. */
function biasCell({ geometry: { spec } }: Frame, most: number, height: number): number {
  return Math.max(3, Math.min(most, side(height / spec.F)));
}

/** On a phone: X, beside it (or, where it needs the width, below it) δ, dW and db. */
export function narrow(look: Look, room: Room): Upper {
  const { frame } = look;
  const { rows, columns } = frame.geometry;
  const margin = 16;
  const width = room.width - 2 * margin;
  const gap = 16;
  const size = closeUpOf(frame, margin, width, 8 * 22 + 20);
  const second = Math.max(columns.out, columns.k + 1.5);
  const together = (width - gap) / (columns.padded + second);
  const stacked = together < NUMBERS_FROM;
  const cell = side(Math.min(36, stacked ? width / columns.padded : together) * frame.view.zoom);
  const x = inputPlate(
    frame,
    look.place,
    look.scales.x,
    spotAt(margin, TITLE, cell, stacked ? width : columns.padded * cell + gap - 8),
  );
  const plates = stacked ? below(look, x, width, gap) : besides(look, x, width, gap);
  const lowest = Math.max(bottomOf(x), ...Object.values(plates).map(bottomOf));
  return { plates: { x, ...plates }, notes: [], bottom: lowest + 12, size, margin };

  function besides(look: Look, x: Plate, width: number, gap: number) {
    const left = rightOf(x) + gap;
    const rest = width + margin - left;
    const delta = deltaPlate(
      look,
      spotAt(left, TITLE, side(Math.min(cell, rest / columns.out)), rest),
    );
    const kernel = side(Math.min(cell, rest / columns.k));
    const dw = weightsPlate(look, spotAt(left, bottomOf(delta) + TITLE, kernel, rest));
    const most = biasCell(frame, cell, 8 * cell);
    const db = biasesPlate(look, spotAt(left, bottomOf(dw) + TITLE, most, rest));
    return { delta, dw, db };
  }

  function below(look: Look, x: Plate, width: number, gap: number) {
    const y = bottomOf(x) + TITLE;
    const share = (width - 2 * gap) / (columns.out + columns.k + 1.5);
    const kernel = side(Math.max(Math.min(32, share), Math.min(NUMBERS_FROM, 80 / columns.k)));
    const rest = width - 2 * gap - kernel * (columns.k + 1.5);
    const deltaCell = Math.max(1, side(Math.min(32, rest / columns.out)));
    const delta = deltaPlate(look, spotAt(margin, y, deltaCell, columns.out * deltaCell + gap - 4));
    const dw = weightsPlate(
      look,
      spotAt(rightOf(delta) + gap, y, kernel, columns.k * kernel + gap - 4),
    );
    const most = biasCell(frame, kernel, Math.max(rows.out * deltaCell, 8 * kernel));
    const db = biasesPlate(look, spotAt(rightOf(dw) + gap, y, most, 50));
    return { delta, dw, db };
  }
}
