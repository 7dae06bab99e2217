/** Which line of a program runs at a step; the lens names the part, the panel marks the lines. */
export type Mark = "gather" | "multiply" | "write" | "activate" | "bias";

export interface CodeLine {
  readonly text: string;
  /** `data`: the shown numbers; `body`: the computation; `check`: the assert. The panel shows `body` at first. */
  readonly part: "data" | "body" | "check";
  readonly marks?: readonly Mark[];
}

/** A complete program: its lines joined by newlines run as they are. */
export type Program = readonly CodeLine[];

/** The text that is copied. */
export function sourceOf(program: Program): string {
  return `${program.map((line) => line.text).join("\n")}\n`;
}
