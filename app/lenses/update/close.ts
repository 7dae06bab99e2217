import { constantText, type UpdateSum, type UpdateTerm } from "#engine";
import type { Plate, Words } from "../../draw/scene.ts";
import { heading, label, sign } from "../shared/notes.ts";
import { plateOf, spotAt } from "../shared/plates.ts";
import { scaleKey } from "../shared/scales.ts";
import { sumsOf, wordOf } from "./place.ts";
import { type Look, roleOf, scaleOf } from "./plates.ts";

/** Room for a sign, and for the name over a cell. */
const SIGN = 26;
const NAME = 20;
export const HEADING = 30;

/** One term on its way into the line: how wide it is, and what stands before its cell. */
interface Unit {
  readonly before: string;
  readonly constants: string;
  readonly symbols: string;
  readonly width: number;
  readonly term: UpdateTerm | null;
}

function unitOf(term: UpdateTerm, first: boolean, cell: number): Unit {
  const before = term.sign < 0 ? "−" : first ? "" : "+";
  const constants = term.constants.map((c) => `${constantText(c)} ·`).join(" ");
  const symbols = term.symbols.join(" · ");
  const room = roomOf(constants);
  return { before, constants, symbols, width: (before ? SIGN : 0) + room + cell, term };
}

/** How wide constants are, with a little air: points and spaces are narrower than digits. */
function roomOf(constants: string): number {
  if (constants === "") return 0;
  const thin = constants.replace(/[^ .·]/g, "").length;
  return (constants.length - thin) * 9 + thin * 4.6 + 8;
}

interface Block {
  readonly plates: readonly Plate[];
  readonly notes: readonly Words[];
  readonly bottom: number;
}

/** How high the close-up is in a room of this width. */
export function heightOf(look: Look, cell: number, width: number): number {
  return closeUp(look, cell, 0, width, 0).bottom;
}

/** The rule at one weight, with its numbers: the new velocity, then the new weight. */
export function closeUp(look: Look, cell: number, left: number, width: number, top: number): Block {
  const { velocity, parameter } = sumsOf(look.frame, look.place);
  const what = look.place.of === "W" ? "weight" : "bias";
  const first = line(look, velocity, "velocity", cell, left, width, top + HEADING);
  const second = line(look, parameter, what, cell, left, width, first.bottom + 12);
  return {
    plates: [...first.plates, ...second.plates],
    notes: [heading(`The rule at this ${what}`, left, top + 10), ...first.notes, ...second.notes],
    bottom: second.bottom,
  };
}

/** “W − 0.01 · V′ = W′”, broken where it does not fit. */
function line(
  look: Look,
  sum: UpdateSum,
  of: string,
  cell: number,
  left: number,
  width: number,
  top: number,
): Block {
  const plates: Plate[] = [];
  const notes: Words[] = [];
  const units: Unit[] = [
    ...sum.terms.map((term, i) => unitOf(term, i === 0, cell)),
    { before: "=", constants: "", symbols: "", width: SIGN + cell, term: null },
  ];
  let x = left;
  let y = top;
  for (const [i, unit] of units.entries()) {
    if (x > left && x + unit.width > left + width) {
      x = left;
      y += NAME + cell + 8;
    }
    const middle = y + NAME + cell / 2;
    if (unit.before) {
      notes.push(sign(unit.before, x + SIGN / 2, middle));
      x += SIGN;
    }
    if (unit.constants) {
      const room = roomOf(unit.constants);
      notes.push({ ...sign(unit.constants, x + room / 2, middle), size: 15, tone: "ink" });
      notes.push(label(unit.symbols, x + room / 2 - 4, y + NAME / 2));
      x += room;
    }
    const { ref, value } = unit.term ?? sum;
    const name = wordOf(ref);
    notes.push(label(name, x + cell / 2, y + NAME / 2));
    const scale = scaleOf(look, ref.tensor);
    plates.push(
      plateOf({
        name: unit.term ? `${name} in the ${of}, term ${i + 1}` : `${name}, the new ${of}`,
        role: roleOf(ref.tensor),
        outlined: true,
        ...spotAt(x, y + NAME, cell),
        rows: 1,
        columns: 1,
        scale,
        tensor: ref.tensor,
        indexAt: () => ref.index,
        valueAt: () => value,
        key: [ref.tensor, ref.index, value, scaleKey(scale)],
      }),
    );
    x += cell;
  }
  return { plates, notes, bottom: y + NAME + cell };
}
