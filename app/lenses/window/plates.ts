import type { Sum } from "#engine";
import { type Plate, SMOOTH } from "../../draw/scene.ts";
import type { Frame } from "../lens.ts";
import { type OutputPlace, outputsDone } from "../shared/outputPlace.ts";
import { plateOf, ringKey, type Spot, ZERO } from "../shared/plates.ts";
import { inReadingOrder } from "../shared/progress.ts";
import { type Scales, scaleKey } from "../shared/scales.ts";
import { isTurned } from "./turn.ts";

/** What all plates of one scene are made from. */
export interface Look {
  readonly frame: Frame;
  readonly place: OutputPlace;
  readonly scales: Scales;
  /** All that adds up to the output in question. */
  readonly sum: Sum;
}

/** The kernel of the filter as it is stored, or turned, for the channel shown. */
export function kernelPlate({ frame, place, scales }: Look, spot: Spot): Plate {
  const { geometry: g, layer } = frame;
  const { rows, columns } = g;
  const plane = place.f * g.depth + place.local;
  const turned = isTurned(frame.view);
  const area = rows.k * columns.k;
  const at = (r: number, c: number) => r * columns.k + c;
  const index = (r: number, c: number) => plane * area + (turned ? area - 1 - at(r, c) : at(r, c));
  return plateOf({
    name: "W",
    title: turned ? "W̃" : "W",
    subtitle: turned ? "turned by 180°" : g.shapes.W.join(" × "),
    role: "W",
    ...spot,
    rows: rows.k,
    columns: columns.k,
    outlined: true,
    scale: scales.w,
    tensor: "W",
    indexAt: index,
    valueAt: (r, c) => layer.w.data[index(r, c)]!,
    editable: "W",
    key: [layer.w, plane, turned, scaleKey(scales.w)],
  });
}

/** The plane of Y that this filter makes of this sample, as far as it is written. */
export function outputPlate({ frame, place, scales }: Look, spot: Spot): Plate {
  const { geometry: g, answer } = frame;
  const { rows, columns, spec } = g;
  const area = rows.out * columns.out;
  const first = (place.n * spec.F + place.f) * area;
  const until = outputsDone(frame);
  const written = Math.max(0, Math.min(area, until - first));
  const index = (r: number, c: number) => first + r * columns.out + c;
  return plateOf({
    name: "Y",
    title: "Y",
    subtitle: g.shapes.Y.join(" × "),
    role: "Y",
    ...spot,
    rows: rows.out,
    columns: columns.out,
    scale: scales.y,
    tensor: "Y",
    indexAt: index,
    valueAt: (r, c) => {
      const y = index(r, c);
      return y < until ? answer.y.data[y]! : null;
    },
    key: [answer.y, first, scaleKey(scales.y), written],
    progress: inReadingOrder(rows.out, columns.out, written),
  });
}

/** The close-up of one in-channel: what the window reads, the kernel as it meets it, their products. */
export function closeUpPlates(
  { frame, place, scales, sum: { terms } }: Look,
  local: number,
  spots: { readonly window: Spot; readonly kernel: Spot; readonly products: Spot },
): Plate[] {
  const { geometry: g, layer } = frame;
  const { rows, columns } = g;
  const term = (r: number, c: number) => terms[(local * rows.k + r) * columns.k + c]!;
  const done = place.slot ?? g.window;
  const suffix = g.depth > 1 ? ` of channel ${place.channel - place.local + local}` : "";
  const shared = { rows: rows.k, columns: columns.k, outlined: true } as const;
  return [
    plateOf({
      ...shared,
      ...spots.window,
      name: `Window${suffix}`,
      role: "X",
      scale: scales.x,
      tensor: "P",
      indexAt: (r, c) => term(r, c).p,
      valueAt: (r, c) => term(r, c).input,
      textureAt: (r, c) => (term(r, c).x < 0 ? ZERO : SMOOTH),
      key: [layer.x, layer.w, place.y, local, ringKey(g), scaleKey(scales.x)],
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
      key: [layer.w, place.f, local, g.spec.flip, scaleKey(scales.w)],
    }),
    plateOf({
      ...shared,
      ...spots.products,
      name: `Products${suffix}`,
      role: "plain",
      scale: scales.y.kind === "signed" ? scales.y : { kind: "signed", reach: scales.y.high },
      tensor: "T",
      indexAt: (r, c) => place.y * g.window + term(r, c).slot,
      valueAt: (r, c) => (term(r, c).slot <= done ? term(r, c).product : null),
      key: [layer.x, layer.w, g.spec.flip, place.y, local, done, ringKey(g), scaleKey(scales.y)],
    }),
  ];
}

/** What each channel adds to the output; in a channel that playback is going through, what it has added so far. */
export function partialsPlate({ frame, place, scales, sum: { terms } }: Look, spot: Spot): Plate {
  const { geometry: g } = frame;
  const area = g.rows.k * g.columns.k;
  const done = place.slot ?? g.window;
  const partials = Array.from({ length: g.depth }, (_, c) => {
    if (done < c * area) return null;
    let sum = 0;
    for (let s = c * area; s < Math.min((c + 1) * area, done + 1); s++) sum += terms[s]!.product;
    return sum;
  });
  return plateOf({
    name: "Channel sums",
    role: "plain",
    ...spot,
    rows: g.depth,
    columns: 1,
    outlined: true,
    scale: scales.y.kind === "signed" ? scales.y : { kind: "signed", reach: scales.y.high },
    tensor: "S",
    indexAt: (r) => place.y * g.depth + r,
    valueAt: (r) => partials[r]!,
    key: [partials.join(" "), place.y, scaleKey(scales.y)],
  });
}

/** One number: the bias, the sum, or what the activation makes of it. */
export function numberPlate(
  { frame, place, scales, sum: { terms, bias, z, y } }: Look,
  which: "b" | "Z" | "Y",
  spot: Spot,
): Plate {
  const g = frame.geometry;
  const complete = place.slot === null || place.slot === g.window - 1;
  const soFar = () => terms.slice(0, place.slot! + 1).reduce((sum, term) => sum + term.product, 0);
  const values = {
    b: bias,
    Z: complete ? z : soFar(),
    // without an activation the sum is the output: it grows in one cell
    Y: complete ? y : g.spec.activation.name === "linear" ? soFar() : null,
  };
  const value = values[which];
  return plateOf({
    name: { b: "Bias", Z: "Sum", Y: "Result" }[which],
    role: which === "b" ? "W" : which === "Y" ? "Y" : "plain",
    ...spot,
    rows: 1,
    columns: 1,
    outlined: true,
    scale: which === "b" ? scales.w : scales.y,
    tensor: which,
    indexAt: () => (which === "b" ? place.f : place.y),
    valueAt: () => value,
    key: [value, place.y, scaleKey(which === "b" ? scales.w : scales.y)],
  });
}
