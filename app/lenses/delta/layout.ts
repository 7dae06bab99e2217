import { type CellRef, TENSORS, type TensorName, unravel } from "#engine";
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
import { rangeOf, type Scales, scalesOf } from "../shared/scales.ts";

const TITLE = 52;
const LARGEST = 52;
/** Room for the line below the matrices. */
const STORY = 56;

const Z: Factor = { sign: "", tensor: "Z", name: "Z", role: "plain", note: "decides the gates" };

/** One factor of a row, and the sign before it. */
interface Factor {
  readonly sign: string;
  readonly tensor: TensorName;
  readonly name: string;
  readonly role: RoleName;
  readonly note: string;
}

/** Y − T = ∂L/∂Y, where there is a target; ∂L/∂Y ⊙ activation′(Z) = δ always. */
function rowsOf({ answer }: Frame): readonly (readonly Factor[])[] {
  const upstream: Factor = {
    sign: "",
    tensor: "U",
    name: "∂L/∂Y",
    role: "delta",
    note: "what the loss sends back",
  };
  const chain: Factor[] = [
    upstream,
    { sign: "⊙", tensor: "G", name: "activation′(Z)", role: "plain", note: "the gates" },
    { sign: "=", tensor: "D", name: "δ", role: "delta", note: "∂L/∂Z" },
  ];
  const before: Factor[] = answer.back?.target
    ? [
        { sign: "", tensor: "Y", name: "Y", role: "Y", note: "the output" },
        { sign: "−", tensor: "TG", name: "T", role: "plain", note: "the target" },
        { sign: "=", tensor: "U", name: "Y − T", role: "delta", note: "∂L/∂Y of ½‖Y − T‖²" },
      ]
    : [];
  return before.length > 0 ? [before, chain] : [chain];
}

/** The Delta lens: rows of three matrices of the shape of Y, and Z beside (on a phone below) its gates. */
export function layout(frame: Frame, room: Room): Scene {
  const { geometry: g, view } = frame;
  const { rows, columns } = g;
  const lines = rowsOf(frame);
  const narrow = room.width < 560;
  const margin = narrow ? 16 : 36;
  const gap = narrow ? 22 : 52;
  const across = narrow ? 3 : 4;
  const wide = (room.width - 2 * margin - (across - 1) * gap) / (across * columns.out);
  const high = (room.height - STORY) / lines.length / rows.out - (TITLE + 26) / rows.out;
  const fit = Math.min(LARGEST, wide, Math.max(high, NUMBERS_FROM));
  const cell = Math.max(2, (fit >= 6 ? Math.floor(fit) : fit) * view.zoom);
  const scales = scalesOf(frame);
  const place = unravel(g.shapes.Y, outputOf(frame)) as [number, number, number, number];
  const step = columns.out * cell + gap;
  const line = rows.out * cell + TITLE + 26;
  const at = (column: number, row: number) =>
    spotAt(margin + column * step, TITLE + row * line, cell, step - 8);

  const plates: Plate[] = [];
  const notes: Words[] = [];
  for (const [i, factors] of lines.entries())
    for (const [j, factor] of factors.entries()) {
      const spot = at(j, i);
      plates.push(factorPlate(frame, factor, place, scales, spot));
      if (factor.sign)
        notes.push(sign(factor.sign, spot.x - gap / 2, spot.y + (rows.out * cell) / 2));
    }
  plates.push(
    factorPlate(frame, Z, place, scales, narrow ? at(1, lines.length) : at(3, lines.length - 1)),
  );
  const bottom = TITLE + (lines.length + (narrow ? 1 : 0)) * line;
  notes.push(...story(frame, margin, bottom));
  return {
    width: margin + across * step,
    height: bottom + STORY,
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
  { tensor, name, role, note }: Factor,
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
      subtitle: note,
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

/** The loss in numbers, in the corner that Z leaves free. */
function story({ answer, geometry: { spec } }: Frame, x: number, y: number): Words[] {
  const { target, delta } = answer.back!;
  const shut = answer.z.data.reduce(
    (n, _, i) => n + (delta.data[i] === 0 && answer.z.data[i]! <= 0 ? 1 : 0),
    0,
  );
  const lines = [
    ...(target ? [`L = ½‖Y − T‖² = ${Number(target.loss.toPrecision(6))}`] : []),
    ...(spec.activation.name === "relu"
      ? [`${shut} of ${answer.z.data.length} gates are shut`]
      : []),
  ];
  return lines.length === 0 ? [] : [heading(lines.join("   "), x, y)];
}
