import type { FigureState } from "./figureState.ts";

/** Whether updates are something to see at the moment: the open lens is about them, or some have been made. */
export function learns({ lenses, lens, learning }: FigureState): boolean {
  return lenses[lens]!.group === "learn" || learning !== "off";
}
