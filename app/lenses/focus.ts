import { type CellRef, counterpartOf, type Geometry, sizeOf, TENSORS, unravel } from "#engine";
import type { Frame, FrameView, Lens } from "./lens.ts";

type Options = FrameView["options"];

// What a step of a lens is about, and where in its walk something is: how one focus goes from lens to lens.

/** The cells a lens walks; null where they are no tensor's in order, and the lens itself has to say. */
function walked(lens: Lens, g: Geometry): "X" | "W" | "Y" | null {
  if (lens.walks) return lens.walks;
  return lens.walk(g).join() === g.shapes.Y.join() ? "Y" : null;
}

/** The cell that a step is about; null where the lens does not say. */
export function focusOfStep(
  lens: Lens,
  g: Geometry,
  step: number,
  options: Options = {},
): CellRef | null {
  if (lens.focus) return lens.focus(g, step, options);
  const walks = walked(lens, g);
  const back = lens.needsBack;
  if (walks === "Y") return { tensor: back ? "D" : "Y", index: step };
  if (walks === "X") return { tensor: back ? "DX" : "X", index: step };
  if (walks === null) return null;
  const weights = sizeOf(g.shapes.W);
  return step < weights
    ? { tensor: back ? "DW" : "W", index: step }
    : { tensor: back ? "DB" : "b", index: step - weights };
}

/** The step at which a cell is in focus, or what stands for it there; null where there is none. */
export function stepOfCell(
  lens: Lens,
  g: Geometry,
  ref: CellRef,
  options: Options = {},
): number | null {
  if (lens.stepOf) return lens.stepOf(g, ref, options);
  const walks = walked(lens, g);
  if (walks === null) return null;
  const weights = sizeOf(g.shapes.W);
  const isBias = TENSORS[ref.tensor].kind === "b";
  if (walks === "W" && isBias && sizeOf(lens.walk(g)) > weights) return weights + ref.index;
  return counterpartOf(g, ref, walks);
}

/**
 * Which product of its step one read of a window is, where the lens steps through those of windows or of weights;
 * else the first.
 */
export function slotOfCell(lens: Lens, g: Geometry, ref: CellRef): number {
  const { kind } = TENSORS[ref.tensor];
  if (kind !== "T" && kind !== "R") return 0;
  const product = counterpartOf(g, ref, "T")!;
  if (lens.walks === "W") {
    const y = Math.floor(product / g.window);
    const area = g.rows.out * g.columns.out;
    return unravel(g.shapes.Y, y)[0]! * area + (y % area);
  }
  return lens.walks === undefined && lens.slots(g) === g.window ? product % g.window : 0;
}

/** Which plane the view has to choose for a cell to be seen: `channel` means another one in each kind of lens. */
export function planeOf(lens: Lens, g: Geometry, ref: CellRef): number {
  // outputs are walked: an in-channel; inputs: a filter; weights: a sample
  const [kind, axis] =
    lens.walks === undefined ? (["X", 1] as const) : (["Y", lens.walks === "X" ? 1 : 0] as const);
  const index = counterpartOf(g, ref, kind);
  return index === null ? 0 : unravel(g.shapes[kind], index)[axis]!;
}

/** Another choice of a switch; where it orders the walk, the step goes along, so that the same stays in focus. */
export function stepAfter(lens: Lens, g: Geometry, step: number, before: Options, after: Options) {
  const there = lens.focus?.(g, step, before);
  if (!there || lens.focus?.(g, step, after).index === there.index) return step;
  return stepOfCell(lens, g, there, after) ?? step;
}

/** What is in focus: the cell pointed at, else the product or the cell that playback stands at. */
export function focusOf(lens: Lens, frame: Frame): CellRef | null {
  const { geometry, pointed, step, view } = frame;
  return pointed ?? lens.product?.(frame) ?? focusOfStep(lens, geometry, step, view.options);
}
