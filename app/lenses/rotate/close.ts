import { type Plate, SMOOTH, type Texture } from "../../draw/scene.ts";
import { backOf } from "../shared/back.ts";
import { plateOf, ringKey, type Spot, ZERO } from "../shared/plates.ts";
import { scaleKey } from "../shared/scales.ts";
import { slotsOf, withRemainder } from "./places.ts";
import type { Look } from "./plates.ts";

const UNREAD: Texture = { ring: null, unread: true };

/** What the numbers of a close-up come from. */
function sources({ frame, subject, scales }: Look): unknown[] {
  const { geometry: g, layer } = frame;
  const { delta } = backOf(frame);
  const shape = `${ringKey(g)} ${g.spec.flip} ${g.spec.groups} ${withRemainder(frame)}`;
  return [delta, layer.w, shape, subject.x, subject.slot, scaleKey(scales.dx)];
}

/** Which product of a part playback has come to; all of them where it is complete. */
function doneOf({ frame, subject }: Look, local: number): number {
  const { rows, columns } = frame.geometry;
  const area = rows.k * columns.k;
  return subject.slot === null ? area : Math.min(area, subject.slot + 1 - local * area);
}

/** One row of the close-up: what of δ lies under the window, the kernel as it meets it, their products. */
export function closeUpPlates(
  look: Look,
  which: number,
  spots: { readonly window: Spot; readonly kernel: Spot; readonly products: Spot },
): Plate[] {
  const { frame, subject, scales } = look;
  const { rows, columns } = frame.geometry;
  const part = subject.parts[which]!;
  const term = (r: number, c: number) => part.terms[r * columns.k + c]!;
  const done = doneOf(look, part.local);
  const suffix = subject.parts.length > 1 ? ` ${which + 1}` : "";
  const shared = { rows: rows.k, columns: columns.k, outlined: true } as const;
  const zero = (r: number, c: number) => (term(r, c).y < 0 ? ZERO : SMOOTH);
  const key = [...sources(look), which];
  return [
    plateOf({
      ...shared,
      ...spots.window,
      name: `Window${suffix}`,
      role: "delta",
      scale: scales.delta,
      tensor: "D",
      indexAt: (r, c) => term(r, c).y,
      valueAt: (r, c) => term(r, c).delta,
      textureAt: zero,
      key: [...key, scaleKey(scales.delta)],
    }),
    plateOf({
      ...shared,
      ...spots.kernel,
      name: `Kernel${suffix}`,
      role: "W",
      scale: scales.w,
      tensor: "W",
      indexAt: (r, c) => term(r, c).w,
      valueAt: (r, c) => term(r, c).weight,
      editable: "W",
      key: [...key, scaleKey(scales.w)],
    }),
    plateOf({
      ...shared,
      ...spots.products,
      name: `Products${suffix}`,
      role: "plain",
      scale: scales.dx,
      tensor: "TX",
      indexAt: (r, c) => term(r, c).t,
      valueAt: (r, c) => (r * columns.k + c < done ? term(r, c).product : null),
      textureAt: zero,
      key,
    }),
  ];
}

/** What each filter, at each copy, adds to the cell, as far as playback has come. */
export function partialsPlate(look: Look, spot: Spot): Plate {
  const { subject, scales } = look;
  const { parts } = subject;
  const begun = (i: number) => doneOf(look, parts[i]!.local) > 0;
  return plateOf({
    ...spot,
    name: "Partial sums",
    role: "plain",
    rows: parts.length,
    columns: 1,
    outlined: true,
    scale: scales.dx,
    tensor: "DX",
    indexAt: () => -1, // a sum on its way has no place in any tensor
    valueAt: (r) => (begun(r) ? parts[r]!.sum : null),
    key: sources(look),
  });
}

/** The cell of dX, or what has been added up of it so far. */
export function resultPlate(look: Look, spot: Spot): Plate {
  const { frame, subject, scales } = look;
  const { x, slot, missing, sum } = subject;
  const complete = slot === null || slot === slotsOf(frame.geometry) - 1;
  return plateOf({
    ...spot,
    name: "Result",
    role: "X",
    rows: 1,
    columns: 1,
    outlined: true,
    scale: scales.dx,
    tensor: "DX",
    indexAt: () => x,
    textureAt: () => (missing ? UNREAD : SMOOTH),
    valueAt: () => (missing ? null : complete ? backOf(frame).dx.data[x]! : sum),
    key: [...sources(look), backOf(frame).dx],
  });
}
