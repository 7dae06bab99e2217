import { useEffect, useMemo } from "react";
import { useFigure, useFigureStore } from "../store/context.ts";
import { miniEvents } from "./miniEvents.ts";
import { type MiniSize, miniScene } from "./miniScene.ts";
import { PlateStage } from "./PlateStage.tsx";
import { channelOf, channelsOfFilter, filterOf, sampleOf } from "./place.ts";
import { useNarrow } from "./useNarrow.ts";

/** A finger needs larger cells than a mouse; a kernel of 7 × 7 shows its numbers. */
const SIZES = {
  X: { wide: { side: 138, cell: 32 }, narrow: { side: 272, cell: 56 } },
  W: { wide: { side: 154, cell: 32 }, narrow: { side: 272, cell: 56 } },
} as const satisfies Record<"X" | "W", Record<string, MiniSize>>;

/** A small stage to draw on: the plane of X, or of W, that the figure shows. */
export function MiniPlate({ of }: { readonly of: "X" | "W" }) {
  const store = useFigureStore();
  const size = SIZES[of][useNarrow() ? "narrow" : "wide"];
  const document = useFigure((state) => state.document);
  const tone = useFigure((state) => state.tone);
  const plane = useFigure((state) => {
    const C = state.document.input.tensor.shape[1]!;
    if (of === "X") return sampleOf(state) * C + channelOf(state);
    const { first, depth } = channelsOfFilter(state);
    return filterOf(state) * depth + channelOf(state) - first;
  });
  const scene = useMemo(
    () => miniScene(document, { of, plane }, tone, size),
    [document, of, plane, tone, size],
  );

  const events = useMemo(() => miniEvents(store, of), [store, of]);
  // an editor may close under the pen
  useEffect(() => () => store.getState().endStroke(), [store]);
  return <PlateStage scene={scene} events={events} />;
}
