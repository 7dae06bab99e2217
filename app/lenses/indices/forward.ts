import { GATHERED, hasPadding, type Way as Lay, outputOfRow, placeOfRow } from "#engine";
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
import { isReached, positionsDone } from "../shared/walked.ts";
import { type Look, titled } from "./look.ts";
import { multiplied } from "./place.ts";

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

/** X[:, k, i, j] as far as it is gathered, one window a column (or row). */
export function colsPlate({ frame, scales, done, lay }: Look, shown: Windows, spot: Spot): Plate {
  const { geometry: g } = frame;
  const { windows, cells } = matrixSize(g);
  const whole = { rows: windows, cells: 0 };
  const { col } = GATHERED[lay];
  const look = {
    title: titled([`${col} = X[:, k, i, j]`, "X[:, k, i, j]", col], spot.titleRoom),
    subtitle: sizeOf(cells, shown, windows, spot.titleRoom),
    scale: scales.x,
  };
  const plate = colPlate(frame, shown, whole, look, spot);
  return {
    ...plate,
    name: "cols",
    valueAt(r, c) {
      const at = plate.indexAt(r, c);
      return isReached(g, done, Math.floor(at / cells), at % cells) ? plate.valueAt(r, c) : null;
    },
    key: [...plate.key, done.windows, done.cells],
  };
}

/** "9 × 16", or "16 × 9" where windows are rows. */
export function shapeIn(lay: Lay, across: number, windows: number): string {
  return lay === "columns" ? `${across} × ${windows}` : `${windows} × ${across}`;
}

/** The same, and which part is shown where it is not all. */
export function sizeOf(
  across: number,
  { way, first, count }: Windows,
  all: number,
  room: number,
): string {
  const size = shapeIn(way, across, all);
  const last = first + count - 1;
  if (count === all) return size;
  return fitting(
    [`${size}, ${way} ${first}–${last} shown`, `${size}, ${first}–${last} shown`, size],
    room,
  );
}

/** The kernels as rows, which meet the columns; or transposed, where the windows are rows. */
export function kernelsPlate({ frame, order, scales, lay }: Look, spot: Spot): Plate {
  const title = lay === "columns" ? "W_row" : "W_rowᵀ";
  return kernelMatrix(frame, { way: lay, order }, { name: "W", title, scale: scales.w }, spot);
}

export function biasPlate({ frame, scales, lay }: Look, spot: Spot): Plate {
  const { layer, geometry } = frame;
  const { F } = geometry.spec;
  const at = (r: number, c: number) => (lay === "columns" ? r : c);
  return plateOf({
    name: "b",
    role: "W",
    ...spot,
    rows: lay === "columns" ? F : 1,
    columns: lay === "columns" ? 1 : F,
    outlined: true,
    scale: scales.w,
    tensor: "b",
    indexAt: at,
    valueAt: (r, c) => layer.b.data[at(r, c)]!,
    editable: "b",
    key: [layer.b, lay, scaleKey(scales.w)],
  });
}

/** W_row · cols + b, one column a window; or col · W_rowᵀ + b, one row a window. */
export function outPlate({ frame, scales, done, lay }: Look, shown: Windows, spot: Spot): Plate {
  const { geometry: g, answer } = frame;
  const { F, N } = g.spec;
  const made = multiplied(g, done);
  return windowsPlate(
    g,
    shown,
    {
      name: "out",
      title: "out",
      subtitle: shapeIn(lay, F, matrixSize(g).windows),
      role: "Y",
      scale: scales.z,
      tensor: "Z",
      across: F,
      indexAt: (row, f) => outputOfRow(g, row, f),
      valueAt: (row, f) =>
        placeOfRow(g, lay, row) < made.windows ? answer.z.data[outputOfRow(g, row, f)]! : null,
      key: [answer.z, made.windows, N],
    },
    spot,
  );
}

/** The plane of Y that out is laid out as. */
export function yPlate({ frame, place, scales, done, lay }: Look, spot: Spot): Plate {
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
      until: first + positionsDone(g, multiplied(g, done), place.n),
      from: [answer.y],
      name: "Y",
      title: `Y${ofSeveral(N, place.n, "sample")}${ofSeveral(F, place.f, "filter")}`,
      subtitle: fitting(
        [
          lay === "columns"
            ? `reshape(${F}, ${g.rows.out}, ${g.columns.out}, ${N}).transpose(3, 0, 1, 2)`
            : `reshape(${N}, ${g.rows.out}, ${g.columns.out}, ${F}).transpose(0, 3, 1, 2)`,
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
