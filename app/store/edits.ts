import {
  type Answer,
  type Document,
  floodFill,
  setCells,
  setUpstreamCells,
  type Tensor,
} from "#engine";
import type { EditableTensor } from "../draw/scene.ts";
import type { Tool } from "./tools.ts";

/** What an edit by hand needs to know. */
interface Hand {
  readonly document: Document;
  readonly answered: { readonly answer: Answer } | null;
  readonly tool: Tool;
  /** The number that brush and fill write. */
  readonly ink: number;
}

/** ∂L/∂Y as the person sees it: set by hand already, or as the answer has it. */
function upstreamNow({ document, answered }: Hand): Tensor | null {
  const shown = answered?.answer.back?.upstream ?? null;
  const own = document.upstream.tensor;
  return own && own.shape.join() === shown?.shape.join() ? own : shown;
}

/** The edit that writes a value into cells of a tensor. */
export function edits(
  state: Hand,
  tensor: EditableTensor,
  indices: readonly number[],
  value: number,
): (document: Document) => Document {
  if (tensor !== "U") return (document) => setCells(document, tensor, indices, value);
  const now = upstreamNow(state);
  return (document) => (now ? setUpstreamCells(document, now, indices, value) : document);
}

/** The edit of the tool that is chosen: brush and eraser write cells, fill pours over equal ones of the image. */
export function strokes(
  state: Hand,
  tensor: EditableTensor,
  indices: readonly number[],
): (document: Document) => Document {
  const { tool, ink } = state;
  const [first] = indices;
  if (tool === "fill" && tensor === "X" && first !== undefined)
    return (document) => floodFill(document, first, ink);
  return edits(state, tensor, indices, tool === "eraser" ? 0 : ink);
}
