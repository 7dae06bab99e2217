import { useMemo } from "react";
import { cellsOfKind, TENSORS } from "#engine";
import type { Frame } from "../lenses/lens.ts";
import { useFigure } from "./context.ts";
import type { Answered, FigureState } from "./figureState.ts";
import { hasPicture, slotOfState, stepOf } from "./followed.ts";
import { layerFor } from "./layer.ts";

type Looked = Pick<FigureState, "channel" | "zoom" | "scope" | "tone">;

/** The answer the open lens can be drawn from; null until there is one. */
function answeredOf(state: FigureState): Answered | null {
  return hasPicture(state) ? state.answered : null;
}

/** What the open lens is given at this moment; null until there is an answer. */
export function frameOf(state: FigureState): Frame | null {
  const answered = answeredOf(state);
  return (
    answered &&
    makeFrame(answered, state, state.options, stepOf(state), slotOfState(state), pointedOf(state))
  );
}

/** The cell in focus: hovered, else pinned; one that the picture does not have (any more) is none. */
function pointedOf({ hovered, pinned, answered }: FigureState) {
  const pointed = hovered ?? pinned;
  if (!pointed || !answered) return null;
  const { kind } = TENSORS[pointed.tensor];
  return pointed.index < cellsOfKind(answered.geometry, kind) ? pointed : null;
}

function makeFrame(
  { document, geometry, answer }: Answered,
  { channel, zoom, scope, tone }: Looked,
  options: Frame["view"]["options"],
  step: number,
  slot: number | null,
  pointed: Frame["pointed"],
): Frame {
  const layer = layerFor(document);
  const view = { channel, zoom, scope, tone, options };
  return { geometry, layer, answer, step, slot, pointed, view };
}

/** The frame, as a value that changes only when something in it does. */
export function useFrame(): Frame | null {
  const answered = useFigure(answeredOf);
  const channel = useFigure((state) => state.channel);
  const zoom = useFigure((state) => state.zoom);
  const scope = useFigure((state) => state.scope);
  const tone = useFigure((state) => state.tone);
  const step = useFigure(stepOf);
  const slot = useFigure(slotOfState);
  const pointed = useFigure(pointedOf);
  const options = useFigure((state) => state.options);
  return useMemo(
    () =>
      answered && makeFrame(answered, { channel, zoom, scope, tone }, options, step, slot, pointed),
    [answered, channel, zoom, scope, tone, options, step, slot, pointed],
  );
}
