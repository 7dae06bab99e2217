import type { Words } from "../../draw/scene.ts";

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
