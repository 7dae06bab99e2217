import { unravel } from "#engine";
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
import { spotAt } from "../shared/plates.ts";
import { bottom, isNarrow, LEGEND, largest, right, side, TITLE } from "../shared/sizes.ts";
import { closeUp, heightOf } from "./close.ts";
import { goal } from "./goal.ts";
import { placeOf } from "./place.ts";
import { biasPlate, type Look, lookAt, STATIONS, weightsPlate } from "./plates.ts";

/** How the five matrices are shared out among lines: the way to the velocity is not torn from itself, nor W from W′. */
const LINES: readonly (readonly number[])[] = [[5], [3, 2], [1, 2, 2]];

/** Between a matrix and the bias below it. */
const BELOW = 8;
/** A legend with the numbers at its ends. */
const LEGEND_WIDTH = 112;

interface Arrangement {
  readonly lines: readonly number[];
  readonly cell: number;
  readonly bias: number;
  readonly gap: number;
  readonly margin: number;
  /** Sides of the cells of the close-up. */
  readonly close: number;
}

/** The fewest lines at which numbers can be read; where they cannot be at all, the fewest lines. */
function arrange(look: Look, room: Room): Arrangement {
  const { rows, columns } = look.frame.geometry;
  const narrow = isNarrow(room);
  const margin = narrow ? 16 : 36;
  const gap = narrow ? 22 : 48;
  const close = narrow ? 40 : Math.max(34, Math.min(46, Math.floor((room.height - 300) / 5)));
  const width = room.width - 2 * margin;
  const low = heightOf(look, close, width) + 16;
  const sizes = LINES.slice(narrow ? 1 : 0).map((lines) => {
    const most = Math.max(...lines);
    const across = Math.min(largest(room), (width - (most - 1) * gap) / (most * columns.k));
    const each = TITLE + BELOW + LEGEND;
    const down = (room.height - low - lines.length * each) / (lines.length * (rows.k + 1));
    return { lines, cell: Math.min(across, Math.max(down, NUMBERS_FROM)) };
  });
  const { lines, cell } = sizes.find((size) => size.cell >= NUMBERS_FROM) ?? sizes[0]!;
  return {
    lines,
    cell: side(cell * look.frame.view.zoom),
    bias: Math.max(NUMBERS_FROM, Math.min(34, Math.floor(cell))),
    gap,
    margin,
    close,
  };
}

/** The Update lens: gradient and velocity make the new velocity, that moves W; below, the rule at one weight. */
export function layout(frame: Frame, room: Room): Scene {
  const look = lookAt(frame, placeOf(frame));
  const at = arrange(look, room);
  const upper = matrices(look, at);
  const low = closeUp(look, at.close, at.margin, room.width - 2 * at.margin, upper.bottom);
  const aim = goal(look, low.plates, room, upper.bottom);
  const plates = [...upper.weights, ...upper.biases, ...low.plates, ...aim.plates];
  const marks = marksOf(look, upper);
  return {
    width: Math.max(...plates.map(right)) + at.margin,
    height: Math.max(low.bottom, ...aim.plates.map(bottom)) + 16,
    plates,
    marks,
    curves: [],
    notes: [...upper.notes, ...low.notes, ...aim.notes],
    follow: marks.at(-1)!,
    newest: null,
  };
}

interface Matrices {
  readonly weights: readonly Plate[];
  readonly biases: readonly Plate[];
  readonly notes: readonly (Words | Arrow | Legend)[];
  readonly bottom: number;
}

function matrices(look: Look, { lines, cell, bias, gap, margin }: Arrangement): Matrices {
  const { rows, columns } = look.frame.geometry;
  const weights: Plate[] = [];
  const biases: Plate[] = [];
  const notes: (Words | Arrow | Legend)[] = [];
  const wide = Math.max(columns.k * cell, bias);
  let top = 0;
  for (const count of lines) {
    const y = top + TITLE;
    for (let i = 0; i < count; i++) {
      const station = STATIONS[weights.length]!;
      const x = margin + i * (wide + gap);
      const plate = weightsPlate(look, station, spotAt(x, y, cell, wide + gap - 6));
      const under = biasPlate(look, station, spotAt(x, bottom(plate) + BELOW, bias));
      weights.push(plate);
      biases.push(under);
      notes.push(name(under));
      // what is made of the matrix before it
      if (i > 0 && (station.weights === "V2" || station.weights === "W2"))
        notes.push(arrow(x, gap, y + (rows.k * cell) / 2));
      if (wide + gap >= LEGEND_WIDTH && station.weights !== "V" && station.weights !== "W")
        notes.push({ kind: "legend", scale: plate.scale, x, y: bottom(under) + 15, width: 48 });
    }
    top = Math.max(...biases.map(bottom)) + LEGEND;
  }
  return { weights, biases, notes, bottom: top + 8 };
}

/** The name of a bias, beside it. */
function name(plate: Plate): Words {
  return {
    kind: "words",
    text: plate.name,
    x: right(plate) + 7,
    y: plate.y + plate.cell / 2,
    size: 13,
    align: "left",
    weight: "normal",
    tone: "muted",
  };
}

function arrow(x: number, gap: number, y: number): Arrow {
  const length = Math.min(26, gap - 8);
  return { kind: "arrow", x: x - (gap + length) / 2, y, length };
}

/** The weight or the bias of the step, in all its matrices. */
function marksOf({ frame, place }: Look, { weights, biases }: Matrices): Mark[] {
  const [row, column] =
    place.of === "W"
      ? (unravel(frame.geometry.shapes.W, place.index).slice(2) as [number, number])
      : [0, 0];
  return (place.of === "W" ? weights : biases).map((plate, i) => ({
    name: `station ${i}`,
    role: plate.role,
    ...cellsOf(plate, row, column),
  }));
}
