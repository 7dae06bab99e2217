import { type Axis, hasPadding, isRead, positionsOf } from "#engine";
import type { Plate } from "../../draw/scene.ts";
import { windowOfRow } from "../shared/matrix.ts";
import { inputPlate, planePlate, ringKey, type Spot } from "../shared/plates.ts";
import { scaleKey } from "../shared/scales.ts";
import { fitting } from "../shared/sizes.ts";
import { filledInside } from "../shared/walked.ts";
import type { Look } from "./plates.ts";

// What dcol is added back into: dX padded, and dX.

/** What changes a canvas besides its place. */
function canvasKey({ frame, writes }: Look): unknown[] {
  const { geometry: g, layer, answer } = frame;
  const source = writes === "sum" ? answer.back!.delta : layer.x;
  return [source, layer.w, g.spec.flip, g.window, writes, ringKey(g)];
}

/** dX padded, or X padded coming back: the ring is still there. */
export function canvasPlate(look: Look, spot: Spot): Plate {
  const { frame, place, writes, scales, canvas, filled } = look;
  const { geometry: g } = frame;
  const [n] = windowOfRow(g, place.row);
  const scale = writes === "sum" ? scales.dx : scales.x;
  const plate = inputPlate(frame, { n, channel: place.channel }, scale, spot);
  const { padded } = g.columns;
  const sum = writes === "sum";
  return {
    ...plate,
    name: sum ? "dX padded" : "X padded",
    title: sum ? "dX padded" : "X padded, from col",
    subtitle: `${g.rows.padded} × ${padded}${ofChannel(look)}`,
    tensor: sum ? "DP" : "P",
    valueAt: (r, c) => {
      const value = canvas(plate.indexAt(r, c));
      return value ?? (sum && plate.textureAt(r, c).unread ? 0 : null);
    },
    editable: null,
    key: [...canvasKey(look), n, place.channel, scaleKey(scale), filled.key],
    progress: filled.progress,
  };
}

function ofChannel({ frame: { geometry: g }, place }: Look): string {
  const { N, C } = g.spec;
  const [n] = windowOfRow(g, place.row);
  return `${N > 1 ? `, sample ${n}` : ""}${C > 1 ? `, channel ${place.channel}` : ""}`;
}

/** dX, or the image that came back: what stood in the ring is dropped, or has gone to the cells it copied. */
export function resultPlate(look: Look, spot: Spot): Plate {
  const { frame, place, writes, scales, canvas, filled } = look;
  const { geometry: g } = frame;
  const { rows, columns, spec } = g;
  const [n] = windowOfRow(g, place.row);
  const sum = writes === "sum";
  const scale = sum ? scales.dx : scales.x;
  const down = placesOf(rows, sum && spec.padMode !== "zeros");
  const across = placesOf(columns, sum && spec.padMode !== "zeros");
  const first = (n * spec.C + place.channel) * rows.padded * columns.padded;
  const unread = (r: number, c: number) => !(down[r]!.read && across[c]!.read);
  const made = (r: number, c: number) => {
    let value: number | null = null;
    for (const i of down[r]!.at)
      for (const j of across[c]!.at) {
        const one = canvas(first + i * columns.padded + j);
        if (one !== null) value = (value ?? 0) + one;
      }
    return value ?? (sum && unread(r, c) ? 0 : null);
  };
  const plate = planePlate(
    frame,
    {
      tensor: sum ? "DX" : "X",
      outer: n,
      inner: place.channel,
      valueAt: made,
      from: [...canvasKey(look), filled.key],
      name: sum ? "dX" : "X",
      title: sum ? "dX" : "X",
      subtitle: resultTitle(look, spot.titleRoom),
      role: "X",
      outlined: true,
      scale,
      textureAt: (r, c) => ({ ring: null, unread: unread(r, c) }),
    },
    spot,
  );
  return { ...plate, ...filledInside(g, filled) };
}

interface Places {
  /** The positions on the padded axis that count for an input index. */
  readonly at: readonly number[];
  readonly read: boolean;
}

/** Where each input index stands on the padded axis: with its copies in the ring, where they are added up. */
export function placesOf(axis: Axis, withCopies: boolean): Places[] {
  return Array.from({ length: axis.n }, (_, i) => {
    const at = withCopies ? positionsOf(axis, i) : [axis.before + i];
    return { at, read: at.some((p) => isRead(axis, p)) };
  });
}

function resultTitle(look: Look, room: number): string {
  const { geometry: g } = look.frame;
  const size = `${g.spec.H} × ${g.spec.W}${ofChannel(look)}`;
  if (!hasPadding(g)) return size;
  if (look.writes === "assign" || g.spec.padMode === "zeros")
    return fitting([`${size}: the ring is cropped`, `${size}, cropped`, size], room);
  return fitting([`${size}: the ring goes back to what it copied`, `${size}, folded`, size], room);
}
