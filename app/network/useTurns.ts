import { useEffect, useState } from "react";
import { flushSync } from "react-dom";
import { createTurns, type Turns } from "../store/network/turns.ts";
import { useLearner } from "./use.ts";

/** What a person does, and sees an answer to. */
const INPUTS = ["keydown", "pointerdown", "pointermove", "click"] as const;

/** The parts of the page, drawn in turns as the screen and the person before it leave time. */
export function useTurns(): Turns {
  const { state } = useLearner();
  const [{ turns, heed }] = useState(() => {
    let isHeeded = true;
    const turns = createTurns(state, {
      frame: (then) => requestAnimationFrame(then),
      isAnswering() {
        const was = !isHeeded;
        isHeeded = true;
        return was;
      },
      now: () => performance.now(),
      draw: flushSync,
    });
    const heed = (event: Event) => {
      const isHovering = event.type === "pointermove" && (event as PointerEvent).buttons === 0;
      if (!isHovering) isHeeded = false;
    };
    return { turns, heed };
  });
  useEffect(() => {
    const how = { capture: true, passive: true };
    for (const type of INPUTS) addEventListener(type, heed, how);
    return () => {
      for (const type of INPUTS) removeEventListener(type, heed, how);
    };
  }, [heed]);
  return turns;
}
