import { type CellRef, type Geometry, rangeOf, TENSORS, type TensorName, unravel } from "#engine";
import {
  cellsOf,
  type Mark,
  NUMBERS_FROM,
  type Plate,
  type RoleName,
  type Scene,
  type Words,
} from "../../draw/scene.ts";
import type { Frame, Room } from "../lens.ts";
import { heading, sign } from "../shared/notes.ts";
import { planePlate, spotAt } from "../shared/plates.ts";
import { type Scales, scalesOf } from "../shared/scales.ts";
import { fitting, isNarrow, side } from "../shared/sizes.ts";

const TITLE = 52;
const LARGEST = 52;
/** How much larger cells have to be for the row to be broken. */
const LARGER = 1.25;
/** Between a matrix and the title below it. */
const LEADING = 12;
/** Below the last matrix, without and with a line of words there. */
const FOOT = { bare: 16, story: 44 } as const;

const Z: Factor = { sign: "", tensor: "Z", name: "Z", role: "plain", notes: ["decides the gates"] };

/** One factor of a row, and the sign before it. */
interface Factor {
  readonly sign: string;
  readonly tensor: TensorName;
  readonly name: string;
  readonly role: RoleName;
  /** What is said under the name: the longest that fits. */
  readonly notes: readonly string[];
}

/** Y − T = ∂L/∂Y, where there is a target; ∂L/∂Y ⊙ activation′(Z) = δ always. */
function rowsOf({ answer }: Frame): readonly (readonly Factor[])[] {
  const upstream: Factor = {
    sign: "",
    tensor: "U",
    name: "∂L/∂Y",
    role: "delta",
    notes: ["what the loss sends back", "from the loss"],
  };
  const chain: Factor[] = [
    upstream,
    { sign: "⊙", tensor: "G", name: "activation′(Z)", role: "plain", notes: ["the gates"] },
    { sign: "=", tensor: "D", name: "δ", role: "delta", notes: ["∂L/∂Z"] },
  ];
  const before: Factor[] = answer.back?.target
    ? [
        { sign: "", tensor: "Y", name: "Y", role: "Y", notes: ["the output"] },
        { sign: "−", tensor: "TG", name: "T", role: "plain", notes: ["the target"] },
        {
          sign: "=",
          tensor: "U",
          name: "Y − T",
          role: "delta",
          notes: ["∂L/∂Y of ½‖Y − T‖²", "∂L/∂Y"],
        },
      ]
    : [];
  return before.length > 0 ? [before, chain] : [chain];
}

type At = readonly [column: number, row: number];

/** In how many columns and rows of matrices the factors stand, and where. */
interface Table {
  readonly across: number;
  readonly down: number;
  /** The place of factor `j` of line `i`. */
  readonly at: (i: number, j: number) => At;
  readonly z: At;
}

/** A line a row, and Z beside its gates; or (on a phone) below them; or two factors a row, and Z beside δ. */
const TABLES = {
  four: (lines: number): Table => ({
    across: 4,
    down: lines,
    at: (i, j) => [j, i],
    z: [3, lines - 1],
  }),
  three: (lines: number): Table => ({
    across: 3,
    down: lines + 1,
    at: (i, j) => [j, i],
    z: [1, lines],
  }),
  two: (lines: number): Table => ({
    across: 2,
    down: 2 * lines,
    at: (i, j) => [j % 2, 2 * i + (j >> 1)],
    z: [1, 2 * lines - 1],
  }),
} as const;

interface Space {
  readonly margin: number;
  readonly gap: number;
  readonly foot: number;
}

/** The largest cells with which a table fits into the width of a room, and into its height. */
function sidesIn({ rows, columns }: Geometry, { across, down }: Table, room: Room, space: Space) {
  const { margin, gap, foot } = space;
  const between = foot + down * TITLE + (down - 1) * LEADING;
  return {
    wide: (room.width - 2 * margin - (across - 1) * gap) / (across * columns.out),
    high: (room.height - between) / (down * rows.out),
  };
}

/** Four in a row, like the equation; two where all of them are seen that way, too, and clearly larger. */
function tableIn(g: Geometry, lines: number, room: Room, space: Space): Table & { fit: number } {
  const fitted = (table: Table) => {
    const { wide, high } = sidesIn(g, table, room, space);
    return { ...table, fit: Math.min(LARGEST, wide, Math.max(high, NUMBERS_FROM)), whole: high };
  };
  if (isNarrow(room)) return fitted(TABLES.three(lines));
  const [row, two] = [fitted(TABLES.four(lines)), fitted(TABLES.two(lines))];
  return two.fit <= two.whole && two.fit > LARGER * row.fit ? two : row;
}

/** The Delta lens: matrices of the shape of Y, factor by factor, and Z beside (on a phone below) its gates. */
export function layout(frame: Frame, room: Room): Scene {
  const { geometry: g, view } = frame;
  const { rows, columns } = g;
  const lines = rowsOf(frame);
  const words = storyOf(frame);
  const space = {
    margin: isNarrow(room) ? 16 : 36,
    gap: isNarrow(room) ? 22 : 52,
    foot: words === "" ? FOOT.bare : FOOT.story,
  };
  const { margin, gap, foot } = space;
  const table = tableIn(g, lines.length, room, space);
  const { across, down, fit } = table;
  const cell = side((fit >= 6 ? Math.floor(fit) : fit) * view.zoom);
  const scales = scalesOf(frame);
  const place = unravel(g.shapes.Y, outputOf(frame)) as [number, number, number, number];
  const width = columns.out * cell;
  const line = rows.out * cell + LEADING + TITLE;
  const at = ([column, row]: At) => {
    const titles = width + (column === across - 1 ? margin : gap) - 8;
    return spotAt(margin + column * (width + gap), TITLE + row * line, cell, titles);
  };

  const plates: Plate[] = [];
  const notes: Words[] = [];
  for (const [i, factors] of lines.entries())
    for (const [j, factor] of factors.entries()) {
      const spot = at(table.at(i, j));
      plates.push(factorPlate(frame, factor, place, scales, spot));
      if (factor.sign)
        notes.push(sign(factor.sign, spot.x - gap / 2, spot.y + (rows.out * cell) / 2));
    }
  plates.push(factorPlate(frame, Z, place, scales, at(table.z)));
  const bottom = down * line - LEADING;
  if (words !== "") notes.push(heading(words, margin, bottom + 26));
  return {
    width: 2 * margin + across * width + (across - 1) * gap,
    height: bottom + foot,
    plates,
    marks: marksOf(plates, place),
    curves: [],
    notes,
    follow: cellsOf(plates[0]!, place[2], place[3]),
    newest: { plate: "δ", row: place[2], column: place[3] },
  };
}

/** The output in question: any cell that is one, else that of the step. */
function outputOf({ pointed, step }: { readonly pointed: CellRef | null; readonly step: number }) {
  return pointed && TENSORS[pointed.tensor].kind === "Y" ? pointed.index : step;
}

function factorPlate(
  frame: Frame,
  { tensor, name, role, notes }: Factor,
  [n, f]: readonly [number, number, number, number],
  scales: Scales,
  spot: ReturnType<typeof spotAt>,
): Plate {
  const { answer, layer, step } = frame;
  const plane = planePlate(
    frame,
    {
      name,
      title: name,
      subtitle: fitting(notes, spot.titleRoom),
      role,
      scale: scaleOf(frame, tensor, scales),
      tensor,
      outer: n,
      inner: f,
      from: [answer, layer.spec.activation],
      ...(tensor === "D" ? { until: step + 1 } : {}),
      ...(tensor === "U" && name === "∂L/∂Y" ? { editable: "U" as const } : {}),
    },
    spot,
  );
  if (tensor !== "G") return plane;
  // A shut gate is hatched: nothing passes.
  return {
    ...plane,
    textureAt: (r, c) => ({ ring: null, unread: plane.valueAt(r, c) === 0 }),
  };
}

function scaleOf({ answer, view }: Frame, tensor: TensorName, scales: Scales): Plate["scale"] {
  const back = answer.back!;
  const reach = (...tensors: Parameters<typeof rangeOf>[0][]) =>
    Math.max(...tensors.flatMap((t) => rangeOf(t).map(Math.abs)), 0) || 1;
  if (tensor === "G") return { kind: "signed", reach: 1 };
  if (tensor === "Z") return { kind: "signed", reach: reach(answer.z) };
  if (tensor === "Y" || tensor === "TG") return scales.y;
  const own = tensor === "U" ? back.upstream : back.delta;
  return {
    kind: "signed",
    reach: view.scope === "shared" ? reach(back.upstream, back.delta) : reach(own),
  };
}

function marksOf(plates: readonly Plate[], [, , row, column]: readonly number[]): Mark[] {
  return plates.map((plate) => ({
    name: plate.name,
    role: plate.name === "δ" ? "delta" : plate.role === "plain" ? "Y" : plate.role,
    ...cellsOf(plate, row!, column!),
  }));
}

/** The loss in numbers, and how many gates are shut. */
function storyOf({ answer, geometry: { spec } }: Frame): string {
  const { target } = answer.back!;
  return [
    ...(target ? [`L = ½‖Y − T‖² = ${Number(target.loss.toPrecision(6))}`] : []),
    ...(spec.activation.name === "relu"
      ? [`${shutGates(answer)} of ${answer.z.data.length} gates are shut`]
      : []),
  ].join("   ");
}

const counted = new WeakMap<Frame["answer"], number>();

/** Through how many gates nothing comes back; counted once. */
function shutGates(answer: Frame["answer"]): number {
  const known = counted.get(answer);
  if (known !== undefined) return known;
  const [z, delta] = [answer.z.data, answer.back!.delta.data];
  let shut = 0;
  for (let i = 0; i < z.length; i++) if (delta[i] === 0 && z[i]! <= 0) shut++;
  counted.set(answer, shut);
  return shut;
}
