import { inputOfPadded } from "#engine";
import { type Plate, SMOOTH } from "../../draw/scene.ts";
import { backOf } from "../shared/back.ts";
import { plateOf, ringKey, type Spot, ZERO } from "../shared/plates.ts";
import { scaleKey } from "../shared/scales.ts";
import { outputOf } from "./places.ts";
import { factorsAt, type Look, metAt } from "./plates.ts";

/** A part of the outputs of one sample, for the close-up. */
export interface Part {
  readonly n: number;
  readonly row: number;
  readonly column: number;
  readonly rows: number;
  readonly columns: number;
}

/** The parts of a close-up that show one sample: inputs, δ and their products, cell by cell. */
export function partPlates(
  look: Look,
  part: Part,
  spots: { readonly slice: Spot; readonly delta: Spot; readonly products: Spot },
): Plate[] {
  const { frame, place, scales } = look;
  const { geometry: g, layer } = frame;
  const { delta } = backOf(frame);
  const suffix = g.spec.N > 1 ? ` of sample ${part.n}` : "";
  const product = (r: number, c: number) =>
    (part.n * g.rows.out + part.row + r) * g.columns.out + part.column + c;
  const output = (r: number, c: number) => outputOf(g, place.f, product(r, c));
  const padded = (r: number, c: number) => metAt(look, product(r, c));
  const factors = (r: number, c: number) => factorsAt(look, product(r, c));
  const done = (r: number, c: number) => place.reached === null || product(r, c) <= place.reached;
  const shared = { rows: part.rows, columns: part.columns, outlined: true };
  const here = [part.n, part.row, part.column, place.f];
  const met = [layer.x, ringKey(g), place.channel, place.t, place.u];
  return [
    plateOf({
      ...shared,
      ...spots.slice,
      name: `Slice${suffix}`,
      role: "X",
      scale: scales.x,
      tensor: "P",
      indexAt: padded,
      valueAt: (r, c) => factors(r, c)[1],
      textureAt: (r, c) => (inputOfPadded(g, padded(r, c)) < 0 ? ZERO : SMOOTH),
      key: [...met, ...here, scaleKey(scales.x)],
    }),
    plateOf({
      ...shared,
      ...spots.delta,
      name: `δ${suffix || " of the slice"}`,
      role: "delta",
      scale: scales.delta,
      tensor: "D",
      indexAt: output,
      valueAt: (r, c) => factors(r, c)[0],
      key: [delta, ...here, scaleKey(scales.delta)],
    }),
    plateOf({
      ...shared,
      ...spots.products,
      name: `Products${suffix}`,
      role: "plain",
      scale: scales.products,
      tensor: "TW",
      indexAt: (r, c) => output(r, c) * g.window + place.slot,
      valueAt: (r, c) => (done(r, c) ? factors(r, c)[0] * factors(r, c)[1] : null),
      key: [...met, delta, ...here, place.slot, place.reached, scaleKey(scales.products)],
    }),
  ];
}

/** What each sample adds: its products, or at a bias its δ; of one that playback is going through, what it has added so far. */
export function samplesPlate(look: Look, sums: readonly (number | null)[], spot: Spot): Plate {
  const scale = look.scales.gradient;
  return plateOf({
    name: "Sums of the samples",
    role: "plain",
    outlined: true,
    ...spot,
    rows: sums.length,
    columns: 1,
    scale,
    tensor: "DW",
    indexAt: () => -1, // a sum on the way, and no tensor's cell
    valueAt: (r) => sums[r]!,
    key: [sums.join(" "), scaleKey(scale)],
  });
}

/** The gradient that the step is about: the sum so far while products are stepped through. */
export function resultPlate(look: Look, value: number, spot: Spot): Plate {
  const { place, scales } = look;
  const bias = place.w === null;
  const scale = scales.gradient;
  return plateOf({
    name: "Result",
    role: "W",
    outlined: true,
    ...spot,
    rows: 1,
    columns: 1,
    scale,
    tensor: bias ? "DB" : "DW",
    indexAt: () => place.w ?? place.f,
    valueAt: () => value,
    key: [value, place.w, place.f, scaleKey(scale)],
  });
}
