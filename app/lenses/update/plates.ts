import { inLetters, rangeOf, type Tensor, type TensorName } from "#engine";
import type { Plate, RoleName, Scale } from "../../draw/scene.ts";
import type { Frame } from "../lens.ts";
import { backOf } from "../shared/back.ts";
import { planePlate, plateOf, type Spot } from "../shared/plates.ts";
import { scaleKey } from "../shared/scales.ts";
import { fitting } from "../shared/sizes.ts";
import { type Place, sumsOf, wordOf } from "./place.ts";

/** One of the five steps of the way: a tensor of the weights, and beside it the same of the biases. */
export interface Station {
  readonly weights: TensorName;
  readonly biases: TensorName;
  readonly scale: keyof Scales;
  readonly role: RoleName;
}

/** In the order in which they are made: gradient and velocity lead to the new velocity, that from W to W′. */
export const STATIONS: readonly Station[] = [
  { weights: "DW", biases: "DB", scale: "gradient", role: "W" },
  { weights: "V", biases: "VB", scale: "velocity", role: "plain" },
  { weights: "V2", biases: "VB2", scale: "velocity", role: "plain" },
  { weights: "W", biases: "b", scale: "weight", role: "W" },
  { weights: "W2", biases: "B2", scale: "weight", role: "W" },
];

interface Scales {
  readonly gradient: Scale;
  readonly velocity: Scale;
  /** One for old and new, so that they can be compared. */
  readonly weight: Scale;
}

/** What all plates of one scene are made from. */
export interface Look {
  readonly frame: Frame;
  readonly place: Place;
  readonly scales: Scales;
}

function reachOf(...tensors: readonly Tensor[]): number {
  return Math.max(...tensors.flatMap((tensor) => rangeOf(tensor).map(Math.abs)));
}

export function lookAt(frame: Frame, place: Place): Look {
  const { dw, db, update } = backOf(frame);
  const { w, b } = update;
  const reaches = {
    gradient: reachOf(dw, db),
    velocity: reachOf(w.before.velocity, w.after.velocity, b.before.velocity, b.after.velocity),
    weight: reachOf(
      w.before.parameters,
      w.after.parameters,
      b.before.parameters,
      b.after.parameters,
    ),
  };
  const shared = Math.max(...Object.values(reaches));
  const scale = (own: number): Scale => ({
    kind: "signed",
    reach: (frame.view.scope === "shared" ? shared : own) || 1,
  });
  return {
    frame,
    place,
    scales: {
      gradient: scale(reaches.gradient),
      velocity: scale(reaches.velocity),
      weight: scale(reaches.weight),
    },
  };
}

/** The tensor whose numbers a plate shows. */
function tensorOf({ frame }: Look, name: TensorName): Tensor {
  const { dw, db, update } = backOf(frame);
  const { w, b } = update;
  const tensors: Partial<Record<TensorName, Tensor>> = {
    DW: dw,
    V: w.before.velocity,
    V2: w.after.velocity,
    W: w.before.parameters,
    W2: w.after.parameters,
    DB: db,
    VB: b.before.velocity,
    VB2: b.after.velocity,
    b: b.before.parameters,
    B2: b.after.parameters,
  };
  return tensors[name]!;
}

/** One plane of a tensor of the weights: that of the filter and channel in question. */
export function weightsPlate(look: Look, station: Station, spot: Spot): Plate {
  const { frame, place, scales } = look;
  const name = wordOf({ tensor: station.weights, index: 0 });
  return planePlate(
    frame,
    {
      name,
      title: name,
      subtitle: subtitleOf(look, station, spot.titleRoom),
      role: station.role,
      outlined: true,
      scale: scales[station.scale],
      tensor: station.weights,
      outer: place.f,
      inner: place.local,
      from: [tensorOf(look, station.weights)],
      editable: station.weights === "W" ? "W" : null,
    },
    spot,
  );
}

/** What a matrix is, or how it is made: the same at every step of one plane. */
function subtitleOf({ frame, place }: Look, { weights }: Station, room: number): string {
  const { shapes } = frame.geometry;
  const { velocity, parameter } = sumsOf(frame, { ...place, of: "W", index: 0 });
  if (weights === "V2") return inLetters(velocity, wordOf);
  if (weights === "W2") return inLetters(parameter, wordOf);
  if (weights === "DW") return fitting(["the gradient", "gradient", ""], room);
  if (weights === "V") return fitting(["velocity before", "velocity", ""], room);
  const [F, depth] = shapes.W as [number, number];
  if (F * depth === 1) return fitting(["before the update", "before", ""], room);
  const { f, local } = place;
  return fitting([`filter ${f}, channel ${local}`, `f ${f}, c ${local}`], room);
}

/** The bias of the filter that is shown, below its weights. */
export function biasPlate(look: Look, station: Station, spot: Spot): Plate {
  const { frame, place, scales } = look;
  const tensor = tensorOf(look, station.biases);
  const scale = scales[station.scale];
  return plateOf({
    name: wordOf({ tensor: station.biases, index: 0 }),
    role: station.role,
    outlined: true,
    ...spot,
    rows: 1,
    columns: 1,
    scale,
    tensor: station.biases,
    indexAt: () => place.f,
    valueAt: () => tensor.data[place.f]!,
    editable: station.biases === "b" ? "b" : null,
    key: [tensor, frame.geometry.spec.F, place.f, scaleKey(scale)],
  });
}

/** A tensor's own scale. */
export function scaleOf({ scales }: Look, tensor: TensorName): Scale {
  const station = STATIONS.find(({ weights, biases }) => weights === tensor || biases === tensor);
  return scales[station!.scale];
}

export function roleOf(tensor: TensorName): RoleName {
  const station = STATIONS.find(({ weights, biases }) => weights === tensor || biases === tensor);
  return station!.role;
}
