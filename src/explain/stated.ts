import type { Geometry } from "../geometry.ts";
import { paddingWords } from "./padding.ts";
import { turnedWords } from "./turned.ts";

// Apart from the conventions themselves: it stands over the first picture.

/** What a choice comes to in this very layer, where that takes words of its own; else "". */
export function conventionWords(g: Geometry, name: string, choice: string): string {
  if (name === "pads") return paddingWords(g, choice === "tensorflow" ? "tensorflow" : "pytorch");
  return name === "turn" && choice === "turned" ? turnedWords(g) : "";
}
