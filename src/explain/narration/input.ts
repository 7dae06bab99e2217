import { type Axis, isRead } from "../../axis.ts";
import { placeOfInput } from "../../counterpart.ts";
import { type Geometry, visitInput, visitPadded } from "../../geometry.ts";
import { unravel } from "../../tensor.ts";
import { hasPadding, nameOf, valueAt } from "../cell.ts";
import { capital, count, list, roundingNote, say } from "../words.ts";
import { equals, type Narrate } from "./narrate.ts";
import { COPY, copiesInWords, placeInWords, standsAt } from "./ring.ts";

/** Which outputs an input cell feeds, through its copies in the ring too. */
export const narrateInput: Narrate = (g, layer, answer, x) => {
  const outputs = new Set<number>();
  visitInput(g, x, (_p, _x, _w, y) => outputs.add(y));
  const name = say(equals(g, layer, answer, { tensor: "X", index: x }, "X"), copiesInWords(g, x));
  return say(
    outputs.size > 0
      ? say(name, ` ${feeds(g, outputs)}`)
      : say("No window reads ", name.slice(0, 1), `: ${whyUnread(g, placeOfInput(g, x))}.`),
    roundingNote([layer.x.data[x]!]),
  );
};

/** What stands at a cell of the padded input, and which outputs read it there. */
export const narratePadded: Narrate = (g, layer, answer, p) => {
  const outputs = new Set<number>();
  visitPadded(g, p, (_p, _x, _w, y) => outputs.add(y));
  return say(
    whatStands(g, layer, answer, p),
    outputs.size > 0 ? `It ${feeds(g, outputs)}` : `No window reads it: ${whyUnread(g, p)}.`,
    roundingNote([valueAt(g, layer, answer, { tensor: "P", index: p })]),
  );
};

const whatStands: Narrate = (g, layer, answer, p) => {
  const { x, as } = standsAt(g, p);
  const place = capital(placeInWords(g, p));
  if (as === "zero") return say(`${place} is a padding zero. `);
  const cell = equals(g, layer, answer, { tensor: "X", index: x }, "X");
  if (as === "itself") return say(hasPadding(g) ? `${place} is ` : "This is ", cell, ". ");
  return say(`${place} is a ${COPY[g.spec.padMode]} copy of `, cell, ". ");
};

/** "is read by 4 windows and feeds Y[0, 1], …". */
function feeds(g: Geometry, outputs: ReadonlySet<number>): string {
  // Only the names that are said are made: a cell of a large layer can feed thousands.
  const ascending = [...outputs].sort((a, b) => a - b);
  const names = list(ascending, (index) => nameOf(g, { tensor: "Y", index }));
  return `is read by ${count(outputs.size, "window")} and feeds ${names}.`;
}

/** Why no window reads padded cell `p`: its row is never read, or its column, or both. */
function whyUnread(g: Geometry, p: number): string {
  const [, , row, column] = unravel(g.shapes.P, p) as [number, number, number, number];
  const unread = [
    { axis: g.rows, position: row, word: "row" },
    { axis: g.columns, position: column, word: "column" },
  ].filter(({ axis, position }) => !isRead(axis, position));
  const ends = unread
    .map(({ axis, position, word }) => ({ position, word, end: axis.padded - axis.remainder }))
    .filter(({ position, end }) => position >= end)
    .map(({ word, end }) => `${word} ${end - 1}`);
  if (ends.length > 0) return `the last window ends at ${ends.join(" and ")}`;
  return unread
    .map(({ axis, position, word }) => `${stepping(axis)} over ${word} ${position}`)
    .join(", and ");
}

function stepping({ stride, dilation }: Axis): string {
  return dilation === 1 ? `stride ${stride} steps` : "the taps of the dilated kernel step";
}
