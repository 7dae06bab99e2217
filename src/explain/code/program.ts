/** Which line of a program runs at a step; the lens names the part, the panel marks the lines. */
export type Mark =
  | "index"
  | "gather"
  | "multiply"
  | "write"
  | "activate"
  | "bias"
  | "back"
  | "add"
  | "plain";

export interface CodeLine {
  readonly text: string;
  /** `data`: the shown numbers; `body`: the computation; `check`: the assert. The panel shows `body` at first. */
  readonly part: "data" | "body" | "check";
  readonly marks?: readonly Mark[];
}

/** A complete program: its lines joined by newlines run as they are. */
export type Program = readonly CodeLine[];

/** The switches of a lens that a program may follow, by their names in the link. */
export type ProgramOptions = Readonly<Record<string, string>>;

/** The text that is copied. */
export function sourceOf(program: Program): string {
  return `${program.map((line) => line.text).join("\n")}\n`;
}

/** The lines that run at a step: making a whole output, or one product of it. */
export const MARKS_AT = {
  output: ["gather", "multiply", "write", "activate"],
  tap: ["gather", "multiply"],
} as const satisfies Record<string, readonly Mark[]>;

export type StepKind = keyof typeof MARKS_AT;

export function marksAt(kind: StepKind): readonly Mark[] {
  return MARKS_AT[kind];
}
