import {
  ACTIVATIONS,
  type Axis,
  dataShape,
  hasPadding,
  memoryIn,
  outputOfRow,
  rangeOf,
  visitReaders,
  type Way,
  type WindowOrder,
} from "#engine";
import type { Plate, Scale } from "../../draw/scene.ts";
import type { Frame } from "../lens.ts";
import {
  colPlate,
  kernelMatrix,
  matrixSize,
  type Windows,
  windowOfRow,
  windowsPlate,
} from "../shared/matrix.ts";
import { inputPlate, planePlate, plateOf, ringKey, type Spot } from "../shared/plates.ts";
import { type Scales, scaleKey } from "../shared/scales.ts";
import { fitting } from "../shared/sizes.ts";
import { orderOf, type Place, placeOf, wayOf, written } from "./place.ts";
import { flattened } from "./words.ts";

/** What all plates of one scene are made from. */
export interface Look {
  readonly frame: Frame;
  readonly place: Place;
  readonly way: Way;
  /** In which order the cells of a window stand. */
  readonly order: WindowOrder;
  readonly scales: Scales & { readonly z: Scale };
  readonly done: ReturnType<typeof written>;
}

export function lookAt(frame: Frame, scales: Scales): Look {
  const { geometry: g, answer } = frame;
  const [low, high] = rangeOf(answer.z);
  const reach = Math.max(Math.abs(low), Math.abs(high)) || 1;
  const z: Scale = g.spec.activation.name === "linear" ? scales.y : { kind: "signed", reach };
  return {
    frame,
    place: placeOf(frame),
    way: wayOf(frame),
    order: orderOf(frame),
    scales: { ...scales, z },
    done: written(frame),
  };
}

/** X inside its ring, as numbers or as a map of how many windows read each cell. */
export function xPlate({ frame, place, scales }: Look, spot: Spot): Plate {
  const { geometry: g, view } = frame;
  const [n] = windowOfRow(g, place.row);
  const plate = inputPlate(frame, { n, channel: place.channel }, scales.x, spot);
  const several = g.spec.C > 1 ? `, channel ${place.channel}` : "";
  const title = `${hasPadding(g) ? "X padded" : "X"}${several}`;
  const { X } = g.shapes;
  const shape = (axes: readonly number[]) => axes.join(" × ");
  const subtitle = plate.subtitle.replace(shape(X), shape(dataShape(X, memoryIn(view.options))));
  if (view.options.show !== "coverage") return { ...plate, title, subtitle };
  const down = readersOf(g.rows);
  const across = readersOf(g.columns);
  const scale: Scale = {
    kind: "gray",
    low: 0,
    high: Math.max(...down) * Math.max(...across),
    tone: view.tone,
  };
  return {
    ...plate,
    title: "Coverage of X",
    subtitle: fitting(["how many windows read each cell", "windows a cell"], spot.titleRoom),
    scale,
    valueAt: (r, c) => down[r]! * across[c]!,
    textureAt: (r, c) => ({ ...plate.textureAt(r, c), ring: null }),
    editable: null,
    key: ["coverage", ringKey(g), n, place.channel, scaleKey(scale)],
  };
}

/** For each position of an axis, how many outputs read it. */
function readersOf(axis: Axis): number[] {
  return Array.from({ length: axis.padded }, (_, p) => {
    let count = 0;
    visitReaders(axis, p, () => count++);
    return count;
  });
}

export function gatheredPlate(
  { frame, way, order, scales, done }: Look,
  shown: Windows,
  spot: Spot,
): Plate {
  const { geometry: g, layer } = frame;
  const { windows, cells } = matrixSize(g);
  const within = g.spec.C > 1 && order !== "c kh kw" ? ` of (${order.split(" ").join(", ")})` : "";
  const size = way === "rows" ? `${windows} × ${cells}` : `${cells} × ${windows}`;
  const one = `one ${way === "rows" ? "row" : "column"} a window`;
  const part = shown.count < windows && `${shown.first}–${shown.first + shown.count - 1} shown`;
  const choices = part
    ? [`${size}, ${way} ${part}`, `${size}, ${part}`, size]
    : [
        `${size}: ${one}${within}, ${windows * cells} numbers from ${layer.x.data.length}`,
        `${size}: ${one}${within}`,
        size,
      ];
  const look = { title: "col", subtitle: fitting(choices, spot.titleRoom), scale: scales.x };
  return colPlate(frame, shown, done.col, look, spot);
}

export function kernelsPlate({ frame, way, order, scales }: Look, spot: Spot): Plate {
  const look = { name: "W", title: way === "rows" ? "Wᵀ" : "W", scale: scales.w };
  const plate = kernelMatrix(frame, { way, order }, look, spot);
  const made = `${plate.subtitle}: ${flattened(frame)}`;
  return { ...plate, subtitle: fitting([made, plate.subtitle], spot.titleRoom) };
}

/** One bias a filter, along the filters' side of the kernels. */
export function biasPlate({ frame, way, scales }: Look, spot: Spot): Plate {
  const { layer } = frame;
  const { F } = frame.geometry.spec;
  const at = (r: number, c: number) => (way === "rows" ? c : r);
  return plateOf({
    name: "b",
    role: "W",
    ...spot,
    rows: way === "rows" ? 1 : F,
    columns: way === "rows" ? F : 1,
    outlined: true,
    scale: scales.w,
    tensor: "b",
    indexAt: at,
    valueAt: (r, c) => layer.b.data[at(r, c)]!,
    editable: "b",
    key: [layer.b, way, scaleKey(scales.w)],
  });
}

/** The matrix that the product gives: Z before it is laid out as an image. */
export function outPlate({ frame, way, scales, done }: Look, shown: Windows, spot: Spot): Plate {
  const { geometry: g, answer } = frame;
  const { F } = g.spec;
  const { windows } = matrixSize(g);
  return windowsPlate(
    g,
    shown,
    {
      name: "out",
      title: "out",
      subtitle: way === "rows" ? `${windows} × ${F}` : `${F} × ${windows}`,
      role: "Y",
      scale: scales.z,
      tensor: "Z",
      across: F,
      indexAt: (row, f) => outputOfRow(g, row, f),
      valueAt: (row, f) => {
        const y = outputOfRow(g, row, f);
        return y < done.outputs ? answer.z.data[y]! : null;
      },
      key: [answer.z, done.outputs],
    },
    spot,
  );
}

/** The plane of Y that a filter makes of a sample, and how out becomes it. */
export function yPlate({ frame, place, way, scales, done }: Look, spot: Spot): Plate {
  const { geometry: g, answer } = frame;
  const [n] = windowOfRow(g, place.row);
  return planePlate(
    frame,
    {
      tensor: "Y",
      outer: n,
      inner: place.f,
      until: done.outputs,
      from: [answer.y],
      name: "Y",
      title: `Y${ofSeveral(g.spec.N, n, "sample")}${ofSeveral(g.spec.F, place.f, "filter")}`,
      subtitle: fitting(reshapeOf(frame, way), spot.titleRoom),
      role: "Y",
      scale: scales.y,
    },
    spot,
  );
}

/** Which of several samples or filters it is. */
function ofSeveral(count: number, index: number, word: string): string {
  return count > 1 ? `, ${word} ${index}` : "";
}

/** How NumPy would lay out as Y, the longest way of saying it first. */
function reshapeOf({ geometry: g, view }: Frame, way: Way): string[] {
  const { N, F, activation } = g.spec;
  const plane = [g.rows.out, g.columns.out];
  const first = activation.name === "linear" ? "" : `${ACTIVATIONS[activation.name].label}, `;
  const memory = memoryIn(view.options);
  const made = dataShape(g.shapes.Y, memory).join(" × ");
  if (N * F === 1) return [`${first}reshape(${plane.join(", ")})`, plane.join(" × ")];
  if (way === "rows" && memory === "NHWC")
    return [`${first}reshape(${[N, ...plane, F].join(", ")})`, `${first}reshape`, made];
  const [shape, order] =
    way === "rows"
      ? [[N, ...plane, F], "0, 3, 1, 2"]
      : [[F, ...plane, N], memory === "NHWC" ? "3, 1, 2, 0" : "3, 0, 1, 2"];
  return [
    `${first}reshape(${shape.join(", ")}).transpose(${order})`,
    `${first}reshape, transpose(${order})`,
    `${first}reshape, transpose`,
    made,
  ];
}
