import {
  count,
  factor,
  full,
  hasPadding,
  inputOfPadded,
  list,
  nameOf,
  narrateCell,
  range,
  roundingNote,
  type Sentence,
  say,
  span,
  TENSORS,
  unravel,
  visitInput,
  visitPadded,
} from "#engine";
import type { Frame, WrittenSum } from "../lens.ts";
import { backOf } from "../shared/back.ts";
import { outputsDone } from "../shared/outputPlace.ts";
import { fillingOf } from "./filling.ts";
import { placeOf, reached } from "./places.ts";
import { fillOf } from "./plates.ts";

/** The step in words, or the cell pointed at; of a gradient still being filled, how far it has come. */
export function caption(frame: Frame): Sentence {
  const { geometry: g, layer, answer, pointed, slot } = frame;
  if (pointed) {
    const { kind } = TENSORS[pointed.tensor];
    const gradient = kind === "X" ? "DX" : kind === "P" ? "DP" : null;
    if (!gradient) return narrateCell(g, layer, answer, pointed);
    const cell = { tensor: gradient, index: pointed.index } as const;
    return say(soFar(frame, cell), narrateCell(g, layer, answer, cell));
  }
  return slot === null ? stamp(frame) : product(frame, slot);
}

/** "dX[3, 4] is 6 so far: 3 of its 4 stamps have landed. "; nothing once all have. */
function soFar(frame: Frame, cell: { tensor: "DX" | "DP"; index: number }): Sentence {
  const { landings, waiting, sum } = landingsOn(frame, cell);
  if (waiting === 0) return [];
  const all = landings.length + waiting;
  const name = span(nameOf(frame.geometry, cell), "X");
  if (landings.length === 0)
    return say("Nothing has landed on ", name, ` yet; ${count(all, "stamp")} will. `);
  return say(
    name,
    ` is ${full(sum)} so far: ${landings.length} of its ${count(all, "stamp")} ${landings.length === 1 ? "has" : "have"} landed. `,
  );
}

/** A whole stamp: which δ, where its window stood, and what was there already. */
function stamp(frame: Frame): Sentence {
  const { geometry: g, layer } = frame;
  const back = backOf(frame);
  const { y, f, taps } = placeOf(frame);
  const d = back.delta.data[y]!;
  const delta = span(`${nameOf(g, { tensor: "D", index: y })} = ${full(d)}`, "delta");
  const at = taps.map(({ p }) => unravel(g.shapes.P, p));
  const along = (axis: number) => [...new Set(at.map((place) => place[axis]!))];
  const places = [
    range("row", along(2)),
    range("column", along(3)),
    ...(g.spec.C > 1 ? [range("channel", along(1))] : []),
  ];
  const filling = fillingOf(g, layer, back);
  const held = taps.filter(({ p }) => filling.padded(p, y) !== null).length;
  return say(
    delta,
    ` is stamped where the window of `,
    span(nameOf(g, { tensor: "Y", index: y }), "Y"),
    ` stood: ${full(d)} times `,
    g.spec.F > 1 ? `kernel ${f}` : "the kernel",
    g.spec.flip ? ", turned by 180°," : "",
    ` is added to ${list(places, (place) => place)} of dX${hasPadding(g) ? " padded" : ""}.`,
    d === 0
      ? " A δ of 0 changes nothing."
      : held === 0
        ? " Nothing stood there before."
        : ` Stamps overlap: on ${held} of these ${count(g.window, "cell")} others have landed before, and they now hold the sum.`,
    roundingNote([d]),
  );
}

/** One product of a stamp, and what it makes of the cell it lands on. */
function product(frame: Frame, slot: number): Sentence {
  const { geometry: g, layer, step } = frame;
  const back = backOf(frame);
  const { taps } = placeOf(frame);
  const { p, x, w, y } = taps[slot]!;
  const [d, weight] = [back.delta.data[y]!, layer.w.data[w]!];
  const filling = fillingOf(g, layer, back);
  const before = filling.padded(p, step) ?? 0;
  const after = filling.padded(p, step + 1)!;
  const padding = hasPadding(g);
  const cell = span(nameOf(g, { tensor: padding ? "DP" : "DX", index: p }), "X");
  return say(
    `Product ${slot + 1} of ${g.window}: `,
    span(full(d), "delta"),
    " · ",
    span(factor(weight), "W"),
    ` = ${full(d * weight)} is added to `,
    cell,
    `: ${full(before)} + ${factor(d * weight)} = ${full(after)}.`,
    padding && x < 0 ? " It is a padding zero, so it will be cropped." : "",
    roundingNote([d, weight, d * weight, before, after]),
  );
}

interface Landings {
  /** The products that have landed, in the order they are added. */
  readonly landings: readonly { readonly y: number; readonly w: number }[];
  /** How many are still to come. */
  readonly waiting: number;
  /** What they come to; 0 where nothing has landed. */
  readonly sum: number;
}

/** What has landed on a cell of the gradient when playback stands where it does. */
function landingsOn(
  frame: Frame,
  { tensor, index }: { tensor: "DX" | "DP"; index: number },
): Landings {
  const { geometry: g, layer, step } = frame;
  const filling = fillingOf(g, layer, backOf(frame));
  const whole = outputsDone(frame);
  const half = reached(frame);
  const landings: { y: number; w: number }[] = [];
  let waiting = 0;
  const visit = tensor === "DX" ? visitInput : visitPadded;
  visit(g, index, (p, _x, w, y) => {
    if (y < whole || (y === step && half.has(p))) landings.push({ y, w });
    else waiting++;
  });
  const shape = g.shapes[tensor === "DX" ? "X" : "P"];
  const [n, channel, row, column] = unravel(shape, index) as [number, number, number, number];
  const padded = fillOf(frame, filling, n, channel);
  const at = tensor === "DP" ? padded : filling.folded(padded, n, channel, waiting === 0);
  return { landings, waiting, sum: at(row, column) ?? 0 };
}

/** The cell whose sum is written out: the one pointed at or reached, else where most stamps of this step overlap. */
function cellOf(frame: Frame): { tensor: "DX" | "DP"; index: number } {
  const { geometry: g, pointed } = frame;
  const { kind } = pointed ? TENSORS[pointed.tensor] : { kind: null };
  if (pointed && kind === "X") return { tensor: "DX", index: pointed.index };
  const place = placeOf(frame);
  const reached = place.slot ?? (pointed && kind === "T" ? pointed.index % g.window : null);
  const p =
    pointed && kind === "P"
      ? pointed.index
      : (reached ?? -1) < 0
        ? fullest(frame)
        : place.taps[reached!]!.p;
  const x = inputOfPadded(g, p);
  return x < 0 ? { tensor: "DP", index: p } : { tensor: "DX", index: x };
}

/** In larger kernels what lands on each cell is not counted: the one in the middle has the most, or nearly. */
const MOST_COUNTED = 81;

/** The cell under the stamp, of the image if there is one, on which the most has landed. */
function fullest(frame: Frame): number {
  const { geometry: g } = frame;
  const area = g.rows.k * g.columns.k;
  const { taps, local } = placeOf(frame);
  if (area > MOST_COUNTED) return taps[local * area + Math.floor(area / 2)]!.p;
  let most = -1;
  let best = taps[local * area]!.p;
  for (const { p, x } of taps.slice(local * area, (local + 1) * area)) {
    if (x < 0) continue;
    const { landings } = landingsOn(frame, { tensor: "DP", index: p });
    if (landings.length > most) [most, best] = [landings.length, p];
  }
  return best;
}

/** More terms than this are not made: no one reads them. */
const MOST_TERMS = 50;

/** All that has landed on one cell of the gradient, written out. */
export function terms(frame: Frame): WrittenSum {
  const { geometry: g, layer } = frame;
  const { delta } = backOf(frame);
  const cell = cellOf(frame);
  const { landings, waiting, sum } = landingsOn(frame, cell);
  const shown = landings.slice(0, MOST_TERMS);
  return {
    title: say(span(nameOf(g, cell), "X"), waiting > 0 ? " so far" : ", all its stamps"),
    terms: shown.map(({ y, w }, i) => {
      const d = delta.data[y]!;
      return say(
        span(i === 0 ? full(d) : factor(d), "delta"),
        "·",
        span(factor(layer.w.data[w]!), "W"),
      );
    }),
    more: landings.length - shown.length,
    total: say(
      landings.length === 0 ? "" : "= ",
      span(full(sum), "strong"),
      waiting > 0 ? span(`, ${waiting} more to come`, "muted") : "",
      roundingNote([sum]),
    ),
  };
}
