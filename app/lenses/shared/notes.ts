import type { Legend, Plate, Words } from "../../draw/scene.ts";

/** An operator between two plates. */
export function sign(text: string, x: number, y: number): Words {
  return { kind: "words", text, x, y, size: 20, align: "center", weight: "normal", tone: "muted" };
}

/** A line over a part of the picture. */
export function heading(text: string, x: number, y: number): Words {
  return { kind: "words", text, x, y, size: 14, align: "left", weight: "bold", tone: "ink" };
}

/** A small word at a cell. */
export function label(text: string, x: number, y: number): Words {
  return { kind: "words", text, x, y, size: 12, align: "center", weight: "normal", tone: "muted" };
}

/** A line of explanation. */
export function remark(text: string, x: number, y: number): Words {
  return { kind: "words", text, x, y, size: 13, align: "left", weight: "normal", tone: "muted" };
}

/** Width of a character of a remark, on the safe side, in CSS pixels. */
const CHARACTER = 6.9;

/** An explanation in as many lines as it takes in a room. */
export function remarks(text: string, x: number, y: number, room: number): Words[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const longer = lines.length > 0 ? `${lines.at(-1)} ${word}` : word;
    if (lines.length > 0 && longer.length * CHARACTER <= room) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines.map((line, i) => remark(line, x, y + LINE * i));
}

/** From one line of a remark to the next. */
export const LINE = 18;

/** How wide a strip of colours is with the numbers at its ends, and how wide the strip alone. */
const LEGEND = { whole: 112, strip: 48 } as const;

/** The colours of plates side by side, as many as there is room for. */
export function legends(plates: readonly Plate[], x: number, y: number, room: number): Legend[] {
  return plates.slice(0, Math.floor(room / LEGEND.whole)).map(({ scale }, i) => ({
    kind: "legend",
    scale,
    x: x + i * LEGEND.whole,
    y,
    width: LEGEND.strip,
  }));
}
