import {
  type Backward,
  inputOfPadded,
  inputValue,
  positionOf,
  rangeOf,
  sizeOf,
  type Tensor,
} from "#engine";
import type { Plate, Scale } from "../../draw/scene.ts";
import type { Frame } from "../lens.ts";
import { backOf, deltaPlane } from "../shared/back.ts";
import { planePlate, plateOf, type Spot } from "../shared/plates.ts";
import { scaleKey, scalesOf } from "../shared/scales.ts";
import { outputOf, type Place, productsOf, written } from "./places.ts";

/** What all plates of one scene are made from. */
export interface Look {
  readonly frame: Frame;
  readonly place: Place;
  readonly scales: Readonly<Record<"x" | "delta" | "products" | "gradient", Scale>>;
  /** The rows and columns of the padded input that the weight met, one a row and a column of the output. */
  readonly rows: readonly number[];
  readonly columns: readonly number[];
}

function reachOf(tensor: Tensor): number {
  const [low, high] = rangeOf(tensor);
  return Math.max(Math.abs(low), Math.abs(high));
}

export function lookAt(frame: Frame, place: Place): Look {
  const { geometry: g, layer, view } = frame;
  const { delta, dw, db } = backOf(frame);
  const reaches = {
    delta: reachOf(delta),
    products: reachOf(delta) * (place.w === null ? 1 : reachOf(layer.x)),
    gradient: Math.max(reachOf(dw), reachOf(db)),
  };
  const shared = Math.max(...Object.values(reaches));
  const signed = (own: number): Scale => ({
    kind: "signed",
    reach: (view.scope === "shared" ? shared : own) || 1,
  });
  const met = (axis: typeof g.rows, tap: number) =>
    Array.from({ length: axis.out }, (_, o) => positionOf(axis, o, tap));
  return {
    frame,
    place,
    scales: {
      x: scalesOf(frame).x,
      delta: signed(reaches.delta),
      products: signed(reaches.products),
      gradient: signed(reaches.gradient),
    },
    rows: met(g.rows, place.t),
    columns: met(g.columns, place.u),
  };
}

/** The cell of the padded input that the weight met for product `k` of the step. */
export function metAt({ frame, place, rows, columns }: Look, k: number): number {
  const { geometry: g } = frame;
  const area = g.rows.out * g.columns.out;
  const plane = Math.floor(k / area) * g.spec.C + place.channel;
  const row = plane * g.rows.padded + rows[Math.floor((k % area) / g.columns.out)]!;
  return row * g.columns.padded + columns[k % g.columns.out]!;
}

/** The δ of product `k`, and the number it is multiplied by: at a bias 1. */
export function factorsAt(look: Look, k: number): readonly [delta: number, input: number] {
  const { geometry: g, layer } = look.frame;
  const delta = backOf(look.frame).delta.data[outputOf(g, look.place.f, k)]!;
  return [delta, look.place.w === null ? 1 : inputValue(layer, inputOfPadded(g, metAt(look, k)))];
}

/** The gradient of the step, as the engine has it. */
export function gradientValue({ frame, place: { w, f } }: Look): number {
  const { dw, db } = backOf(frame);
  return w === null ? db.data[f]! : dw.data[w]!;
}

interface Sums {
  readonly of: readonly unknown[];
  readonly sums: readonly (number | null)[];
}

/** The last sums of each way back: the picture, the caption and the written sum ask for the same ones. */
const last = new WeakMap<Backward, Sums>();

/** The products of a step up to the one reached, summed for each sample; null where none is reached yet. */
export function sampleSums(look: Look): readonly (number | null)[] {
  const { frame, place } = look;
  const of = [frame.layer.x, place.w, place.f, place.reached];
  const known = last.get(backOf(frame));
  if (known?.of.every((part, i) => part === of[i])) return known.sums;
  const sums = addUp(look);
  last.set(backOf(frame), { of, sums });
  return sums;
}

/** All products up to the one reached. */
export function soFar(look: Look): number {
  return sampleSums(look).reduce<number>((total, sum) => total + (sum ?? 0), 0);
}

function addUp(look: Look): (number | null)[] {
  const { geometry: g } = look.frame;
  const area = g.rows.out * g.columns.out;
  const end = look.place.reached ?? productsOf(g) - 1;
  return Array.from({ length: g.spec.N }, (_, n) => {
    if (n * area > end) return null;
    let sum = 0;
    for (let k = n * area; k < Math.min((n + 1) * area, end + 1); k++) {
      const [delta, input] = factorsAt(look, k);
      sum += delta * input;
    }
    return sum;
  });
}

/** δ of the filter, for the sample shown. */
export function deltaPlate({ frame, place, scales }: Look, spot: Spot): Plate {
  return deltaPlane(frame, place, scales.delta, spot);
}

/** The gradient of the kernel, as far as it is written. */
export function weightsPlate({ frame, place, scales }: Look, spot: Spot): Plate {
  return planePlate(
    frame,
    {
      name: "dW",
      title: "dW",
      role: "W",
      outlined: true,
      scale: scales.gradient,
      tensor: "DW",
      outer: place.f,
      inner: place.local,
      until: written(frame),
      from: [backOf(frame).dw],
    },
    spot,
  );
}

/** The gradients of all biases, one below the other, as far as they are written. */
export function biasesPlate({ frame, scales }: Look, spot: Spot): Plate {
  const { db } = backOf(frame);
  const until = Math.max(0, written(frame) - sizeOf(frame.geometry.shapes.W));
  return plateOf({
    name: "db",
    title: "db",
    subtitle: String(db.data.length),
    role: "W",
    outlined: true,
    ...spot,
    rows: db.data.length,
    columns: 1,
    scale: scales.gradient,
    tensor: "DB",
    indexAt: (r) => r,
    valueAt: (r) => (r < until ? db.data[r]! : null),
    key: [db, Math.min(until, db.data.length), scaleKey(scales.gradient)],
  });
}
