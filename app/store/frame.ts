import { useMemo } from "react";
import type { Frame } from "../lenses/lens.ts";
import { useFigure } from "./context.ts";
import { type Answered, type FigureState, layerFor, slotOfState, stepOf } from "./state.ts";

/** What the open lens is given at this moment; null until there is an answer. */
export function frameOf(state: FigureState): Frame | null {
  const { answered } = state;
  return (
    answered && makeFrame(answered, state, stepOf(state), slotOfState(state), pointedOf(state))
  );
}

/** The cell in focus: hovered, else pinned; one that the picture does not have (any more) is none. */
export function pointedOf({ hovered, pinned, answered }: FigureState) {
  const pointed = hovered ?? pinned;
  if (!pointed || !answered) return null;
  const { shapes, window, depth } = answered.geometry;
  const size = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);
  const outputs = size(shapes.Y);
  const sizes = {
    X: size(shapes.X),
    P: size(shapes.P),
    W: size(shapes.W),
    b: size(shapes.b),
    Y: outputs,
    Z: outputs,
    T: outputs * window,
    S: outputs * depth,
  };
  return pointed.index < sizes[pointed.tensor] ? pointed : null;
}

function makeFrame(
  { document, geometry, answer }: Answered,
  { channel, zoom, scope, tone }: Pick<FigureState, "channel" | "zoom" | "scope" | "tone">,
  step: number,
  slot: number | null,
  pointed: Frame["pointed"],
): Frame {
  const layer = layerFor(document);
  return { geometry, layer, answer, step, slot, pointed, view: { channel, zoom, scope, tone } };
}

/** The frame, as a value that changes only when something in it does. */
export function useFrame(): Frame | null {
  const answered = useFigure((state) => state.answered);
  const channel = useFigure((state) => state.channel);
  const zoom = useFigure((state) => state.zoom);
  const scope = useFigure((state) => state.scope);
  const tone = useFigure((state) => state.tone);
  const step = useFigure(stepOf);
  const slot = useFigure(slotOfState);
  const pointed = useFigure(pointedOf);
  return useMemo(
    () => answered && makeFrame(answered, { channel, zoom, scope, tone }, step, slot, pointed),
    [answered, channel, zoom, scope, tone, step, slot, pointed],
  );
}
