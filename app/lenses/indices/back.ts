import { GATHERED, hasPadding, outputOfRow, PRODUCTS } from "#engine";
import type { Plate, Texture } from "../../draw/scene.ts";
import { columnGradient } from "../col2im/canvas.ts";
import { placesOf } from "../col2im/result.ts";
import { backOf } from "../shared/back.ts";
import { matrixSize, type Windows, windowsPlate } from "../shared/matrix.ts";
import { inputPlate, planePlate, ringKey, type Spot } from "../shared/plates.ts";
import { scaleKey } from "../shared/scales.ts";
import { fitting } from "../shared/sizes.ts";
import { filledInside, isReached } from "../shared/walked.ts";
import type { Both } from "./canvas.ts";
import { ofSeveral, shapeIn, sizeOf } from "./forward.ts";
import { type Look, titled } from "./look.ts";

// What comes back: δ as columns, W_rowᵀ · δ, and dX as np.add.at or the plain += makes it.

/** δ as the product takes it: one column (or row) a window. */
export function deltaPlate({ frame, scales, lay }: Look, shown: Windows, spot: Spot): Plate {
  const { geometry: g } = frame;
  const { F } = g.spec;
  const { delta } = backOf(frame);
  return windowsPlate(
    g,
    shown,
    {
      name: "δ",
      title: "δ",
      subtitle: shapeIn(lay, F, matrixSize(g).windows),
      role: "delta",
      scale: scales.delta,
      tensor: "D",
      across: F,
      indexAt: (row, f) => outputOfRow(g, row, f),
      valueAt: (row, f) => delta.data[outputOfRow(g, row, f)]!,
      key: [delta],
    },
    spot,
  );
}

/** W_rowᵀ · δ as far as it is added. */
export function dcolsPlate({ frame, scales, done, lay }: Look, shown: Windows, spot: Spot): Plate {
  const { geometry: g, layer } = frame;
  const { windows, cells } = matrixSize(g);
  const { dcol } = GATHERED[lay];
  return windowsPlate(
    g,
    shown,
    {
      name: "dcols",
      title: titled([`${dcol} = ${PRODUCTS[lay].back}`, dcol], spot.titleRoom),
      subtitle: sizeOf(cells, shown, windows, spot.titleRoom),
      role: "X",
      scale: scales.dcol,
      tensor: "DR",
      across: cells,
      indexAt: (row, cell) => row * cells + cell,
      valueAt: (row, cell) =>
        isReached(g, done, row, cell) ? columnGradient(frame, row, cell) : null,
      key: [backOf(frame).delta, layer.w, g.spec.flip, g.window],
      filled: { at: done.windows, key: `${done.windows} ${done.cells}` },
    },
    spot,
  );
}

function keyOf({ frame, way, lay }: Look): unknown[] {
  const { geometry: g, layer } = frame;
  const { delta } = backOf(frame);
  return [delta, layer.w, g.spec.flip, g.window, way, lay, ringKey(g)];
}

function isWrong(both: Both | null): boolean {
  return both !== null && both.sum !== both.plain;
}

const MADE = { forward: "sum", add: "sum", plain: "plain" } as const;
const BY = { forward: "", add: " by add.at", plain: " by plain +=" } as const;

/** dX padded by now; framed are the cells that the plain += gets wrong. */
export function paddedPlate(look: Look, spot: Spot): Plate {
  const { frame, place, scales, canvas, way, filled } = look;
  const { geometry: g } = frame;
  const plate = inputPlate(frame, place, scales.dx, spot);
  const at = (r: number, c: number) => canvas!.at(plate.indexAt(r, c));
  const made = MADE[way];
  return {
    ...plate,
    name: "dX padded",
    title: titled([`dX padded${BY[way]}`, "dX padded"], spot.titleRoom),
    subtitle: `${g.rows.padded} × ${g.columns.padded}${ofPlane(look)}`,
    tensor: "DP",
    valueAt: (r, c) =>
      canvas!.by(plate.indexAt(r, c), made) ?? (plate.textureAt(r, c).unread ? 0 : null),
    textureAt: (r, c) => withFault(plate.textureAt(r, c), isWrong(at(r, c))),
    editable: null,
    key: [...keyOf(look), place.n, place.channel, scaleKey(scales.dx), filled.key],
    progress: filled.progress,
  };
}

function withFault(texture: Texture, wrong: boolean): Texture {
  return wrong ? { ...texture, wrong } : texture;
}

function ofPlane({ frame: { geometry: g }, place }: Look): string {
  const { N, C } = g.spec;
  return `${ofSeveral(N, place.n, "sample")}${ofSeveral(C, place.channel, "channel")}`;
}

/** What has come to several places, added up; null where nothing has come to any. */
function added(parts: readonly (Both | null)[]): Both | null {
  return parts.reduce(
    (all, one) =>
      all && one ? { sum: all.sum + one.sum, plain: all.plain + one.plain } : (all ?? one),
    null,
  );
}

/** dX by now: the ring cropped where it holds zeros, else added to the cells that it copies. */
export function resultPlate(look: Look, spot: Spot): Plate {
  const { frame, place, scales, canvas, way } = look;
  const { geometry: g } = frame;
  const { rows, columns, spec } = g;
  const rings = spec.padMode !== "zeros";
  const [down, across] = [placesOf(rows, rings), placesOf(columns, rings)];
  const first = (place.n * spec.C + place.channel) * rows.padded * columns.padded;
  const unread = (r: number, c: number) => !(down[r]!.read && across[c]!.read);
  const at = (r: number, c: number): Both | null => {
    const parts = down[r]!.at.flatMap((i) =>
      across[c]!.at.map((j) => canvas!.at(first + i * columns.padded + j)),
    );
    return added(parts);
  };
  const made = MADE[way];
  const value = (r: number, c: number) => {
    const [rowsOfX, columnsOfX] = [down[r]!.at, across[c]!.at];
    if (rowsOfX.length * columnsOfX.length > 1) return at(r, c)?.[made] ?? null;
    return canvas!.by(first + rowsOfX[0]! * columns.padded + columnsOfX[0]!, made);
  };
  const plate = planePlate(
    frame,
    {
      tensor: "DX",
      outer: place.n,
      inner: place.channel,
      valueAt: (r, c) => value(r, c) ?? (unread(r, c) ? 0 : null),
      from: [...keyOf(look), look.filled.key],
      name: "dX",
      title: hasPadding(g) ? "dX" : titled([`dX${BY[way]}`, "dX"], spot.titleRoom),
      subtitle: titleOf(look, spot.titleRoom),
      role: "X",
      outlined: true,
      scale: scales.dx,
      textureAt: (r, c) => ({ ring: null, unread: unread(r, c), wrong: isWrong(at(r, c)) }),
    },
    spot,
  );
  return { ...plate, ...filledInside(g, look.filled) };
}

function titleOf(look: Look, room: number): string {
  const { geometry: g } = look.frame;
  const size = `${g.spec.H} × ${g.spec.W}${ofPlane(look)}`;
  if (!hasPadding(g)) return size;
  const ring =
    g.spec.padMode === "zeros" ? "the ring is cropped" : "the ring goes back to what it copied";
  return fitting([`${size}: ${ring}`, size], room);
}
