import { cellAt, hasPadding, outputOfRow } from "#engine";
import type { Plate } from "../../draw/scene.ts";
import {
  colPlate,
  kernelMatrix,
  matrixSize,
  type Windows,
  windowsPlate,
} from "../shared/matrix.ts";
import { inputPlate, planePlate, plateOf, type Spot } from "../shared/plates.ts";
import { scaleKey } from "../shared/scales.ts";
import { fitting } from "../shared/sizes.ts";
import { type Look, titled } from "./look.ts";
import { isReached, multiplied, positionsOfSample } from "./place.ts";

// What is gathered, and what one product makes of it.

/** The plane of X inside its ring that the window looked at stands on. */
export function xPlate({ frame, place, scales }: Look, spot: Spot): Plate {
  const { geometry: g } = frame;
  const plate = inputPlate(frame, place, scales.x, spot);
  return {
    ...plate,
    title: `${hasPadding(g) ? "X padded" : "X"}${ofSeveral(g.spec.C, place.channel, "channel")}`,
  };
}

export function ofSeveral(count: number, index: number, word: string): string {
  return count > 1 ? `, ${word} ${index}` : "";
}

/** X[:, k, i, j] as far as it is gathered, one window a column. */
export function colsPlate({ frame, order, scales, done }: Look, shown: Windows, spot: Spot): Plate {
  const { geometry: g } = frame;
  const { windows, cells } = matrixSize(g);
  const whole = { rows: windows, cells: 0 };
  const look = {
    title: titled(["cols = X[:, k, i, j]", "X[:, k, i, j]", "cols"], spot.titleRoom),
    subtitle: sizeOf(cells, shown, windows, spot.titleRoom),
    scale: scales.x,
  };
  const plate = colPlate(frame, shown, whole, look, spot);
  return {
    ...plate,
    name: "cols",
    valueAt: (r, c) =>
      isReached(g, done, shown.first + c, cellAt(g, order, r)) ? plate.valueAt(r, c) : null,
    key: [...plate.key, done.columns, done.cells],
  };
}

/** "9 × 16", and which part is shown where it is not all. */
export function sizeOf(down: number, { first, count }: Windows, all: number, room: number): string {
  const size = `${down} × ${all}`;
  const last = first + count - 1;
  if (count === all) return size;
  return fitting(
    [`${size}, columns ${first}–${last} shown`, `${size}, ${first}–${last} shown`, size],
    room,
  );
}

/** The kernels as rows: what the columns are multiplied with. */
export function kernelsPlate({ frame, order, scales }: Look, spot: Spot): Plate {
  return kernelMatrix(
    frame,
    { way: "columns", order },
    { name: "W", title: "W_row", scale: scales.w },
    spot,
  );
}

export function biasPlate({ frame, scales }: Look, spot: Spot): Plate {
  const { layer, geometry } = frame;
  return plateOf({
    name: "b",
    role: "W",
    ...spot,
    rows: geometry.spec.F,
    columns: 1,
    outlined: true,
    scale: scales.w,
    tensor: "b",
    indexAt: (r) => r,
    valueAt: (r) => layer.b.data[r]!,
    editable: "b",
    key: [layer.b, scaleKey(scales.w)],
  });
}

/** W_row · cols + b, one column a window. */
export function outPlate({ frame, scales, done }: Look, shown: Windows, spot: Spot): Plate {
  const { geometry: g, answer } = frame;
  const { F, N } = g.spec;
  const { windows } = matrixSize(g);
  const columns = multiplied(g, done);
  const plate = windowsPlate(
    g,
    shown,
    {
      name: "out",
      title: "out",
      subtitle: `${F} × ${windows}`,
      role: "Y",
      scale: scales.z,
      tensor: "Z",
      across: F,
      indexAt: (row, f) => outputOfRow(g, row, f),
      valueAt: (row, f) => answer.z.data[outputOfRow(g, row, f)]!,
      key: [answer.z, columns, N],
    },
    spot,
  );
  return { ...plate, valueAt: (r, c) => (shown.first + c < columns ? plate.valueAt(r, c) : null) };
}

/** The plane of Y that out is laid out as. */
export function yPlate({ frame, place, scales, done }: Look, spot: Spot): Plate {
  const { geometry: g, answer } = frame;
  const { N, F } = g.spec;
  const area = g.rows.out * g.columns.out;
  const first = (place.n * F + place.f) * area;
  return planePlate(
    frame,
    {
      tensor: "Y",
      outer: place.n,
      inner: place.f,
      until: first + positionsOfSample(g, multiplied(g, done), place.n),
      from: [answer.y],
      name: "Y",
      title: `Y${ofSeveral(N, place.n, "sample")}${ofSeveral(F, place.f, "filter")}`,
      subtitle: fitting(
        [
          `reshape(${F}, ${g.rows.out}, ${g.columns.out}, ${N}).transpose(3, 0, 1, 2)`,
          "reshape, transpose",
          g.shapes.Y.join(" × "),
        ],
        spot.titleRoom,
      ),
      role: "Y",
      scale: scales.y,
    },
    spot,
  );
}
