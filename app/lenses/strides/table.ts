import { offsetOf, viewName } from "#engine";
import type { RoleName, Words } from "../../draw/scene.ts";
import { heading, label } from "../shared/notes.ts";
import { COLOURS } from "./jumps.ts";
import type { Look } from "./plates.ts";

// The view axis by axis: its shape, its strides, and the offset of one cell worked out.

const LINE = 16;
const CHARACTER = 7;
/** Bytes of a number: float64. */
export const BYTES = 8;

interface Cell {
  readonly text: string;
  readonly role?: RoleName;
  readonly strong?: boolean;
}

const HEADS = ["axis", "length", "stride", "bytes", "index", "index · stride"];

function rowsOf(look: Look): Cell[][] {
  const { frame, place } = look;
  const { terms } = offsetOf(frame.geometry, place.memory, place.element.y, place.element.slot);
  return terms.map(({ name, length, stride, index, product }) => {
    const role = COLOURS[name];
    const coloured = (text: string, strong = false): Cell =>
      role === "plain" ? { text, strong } : { text, role, strong };
    return [
      coloured(name, true),
      { text: String(length) },
      { text: String(stride) },
      { text: String(stride * BYTES) },
      coloured(String(index)),
      coloured(`${index}·${stride} = ${product}`),
    ];
  });
}

/** The columns are as wide as what stands in them at any step. */
function widthsOf({ frame, place }: Look): number[] {
  const g = frame.geometry;
  const { terms } = offsetOf(g, place.memory, 0, 0);
  const widest = (texts: readonly string[], head: string) =>
    Math.max(head.length * 6.4, ...texts.map((text) => text.length * CHARACTER)) + 14;
  return [
    widest(
      terms.map(({ name }) => name),
      HEADS[0]!,
    ),
    widest(
      terms.map(({ length }) => `${length}`),
      HEADS[1]!,
    ),
    widest(
      terms.map(({ stride }) => `${stride}`),
      HEADS[2]!,
    ),
    widest(
      terms.map(({ stride }) => `${stride * BYTES}`),
      HEADS[3]!,
    ),
    widest(
      terms.map(({ length }) => `${length}`),
      HEADS[4]!,
    ),
    widest(
      terms.map(({ length, stride }) => `${length - 1}·${stride} = ${(length - 1) * stride}`),
      HEADS[5]!,
    ),
  ];
}

export function tableSize(look: Look): { readonly width: number; readonly height: number } {
  return { width: widthsOf(look).reduce((a, b) => a + b, 0), height: LINE * 9 + 8 };
}

/** Heading, names of the columns, six axes, and their sum. */
export function table(look: Look, left: number, top: number): Words[] {
  const { frame, place } = look;
  const { offset } = offsetOf(frame.geometry, place.memory, place.element.y, place.element.slot);
  const widths = widthsOf(look);
  const middles = widths.map(
    (width, i) => widths.slice(0, i).reduce((a, b) => a + b, left) + width / 2,
  );
  const line = (i: number) => top + 8 + LINE * i;
  const cells = rowsOf(look).flatMap((row, i) =>
    row.map(
      ({ text, role, strong }, column): Words => ({
        ...label(text, middles[column]!, line(i + 2) + 2),
        size: 12.5,
        tone: "ink",
        weight: strong ? "bold" : "normal",
        ...(role ? { role } : {}),
      }),
    ),
  );
  const { y, slot } = place.element;
  return [
    heading(viewName(frame.geometry, y, slot), left, line(0)),
    ...HEADS.map((text, i) => label(text, middles[i]!, line(1) + 2)),
    ...cells,
    label("offset", middles[4]!, line(8) + 3),
    { ...label(`= ${offset}`, middles[5]!, line(8) + 3), size: 13, weight: "bold", tone: "ink" },
  ];
}
