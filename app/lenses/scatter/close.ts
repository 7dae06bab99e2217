import type { Tap } from "#engine";
import { NO_TEXTURE, type Plate, SMOOTH } from "../../draw/scene.ts";
import { backOf } from "../shared/back.ts";
import { plateOf, type Spot, ZERO } from "../shared/plates.ts";
import { scaleKey } from "../shared/scales.ts";
import { type Look, sources } from "./plates.ts";

/** The kernel as its windows met it: for true convolution turned by 180°. One channel of it. */
export function metPlate({ frame, place, scales }: Look, local: number, spot: Spot): Plate {
  const { geometry: g, layer } = frame;
  const index = (r: number, c: number) => place.taps[(local * g.rows.k + r) * g.columns.k + c]!.w;
  return plateOf({
    ...spot,
    name: g.depth > 1 ? `Kernel of channel ${place.channel - place.local + local}` : "Kernel",
    role: "W",
    rows: g.rows.k,
    columns: g.columns.k,
    outlined: true,
    scale: scales.w,
    tensor: "W",
    indexAt: index,
    valueAt: (r, c) => layer.w.data[index(r, c)]!,
    editable: "W",
    key: [layer.w, place.f, local, g.spec.flip, scaleKey(scales.w)],
  });
}

/** The close-up of one in-channel: what stood where the stamp lands, the stamp, and what stands there after. */
export function closeUpPlates(
  look: Look,
  local: number,
  spots: { readonly before: Spot; readonly stamp: Spot; readonly after: Spot },
): Plate[] {
  const { frame, place, scales, filling } = look;
  const { geometry: g, layer } = frame;
  const d = backOf(frame).delta.data[place.y]!;
  const slot = (r: number, c: number) => (local * g.rows.k + r) * g.columns.k + c;
  const tap = (r: number, c: number): Tap => place.taps[slot(r, c)]!;
  const done = place.slot ?? g.window;
  const suffix = g.depth > 1 ? ` of channel ${place.channel - place.local + local}` : "";
  const shared = {
    role: "plain",
    rows: g.rows.k,
    columns: g.columns.k,
    outlined: true,
    scale: scales.dx,
    tensor: "DP",
    indexAt: (r: number, c: number) => tap(r, c).p,
  } as const;
  const key = [...sources(look), place.y, local];
  return [
    plateOf({
      ...shared,
      ...spots.before,
      name: `Before${suffix}`,
      valueAt: (r, c) => filling.padded(tap(r, c).p, place.y) ?? 0,
      // a zero that dX starts with, and nothing has been added to
      textureAt: (r, c) => (filling.padded(tap(r, c).p, place.y) === null ? ZERO : SMOOTH),
      key,
    }),
    plateOf({
      ...shared,
      ...spots.stamp,
      name: `Stamp${suffix}`,
      role: "delta",
      tensor: "TX",
      indexAt: (r, c) => place.y * g.window + slot(r, c),
      valueAt: (r, c) => (slot(r, c) <= done ? d * layer.w.data[tap(r, c).w]! : null),
      textureAt: NO_TEXTURE,
      key: [...key, done],
    }),
    plateOf({
      ...shared,
      ...spots.after,
      name: `After${suffix}`,
      role: "X",
      valueAt: (r, c) => (slot(r, c) <= done ? filling.padded(tap(r, c).p, place.y + 1) : null),
      key: [...key, done],
    }),
  ];
}
