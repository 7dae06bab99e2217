import { type ReactNode, useEffect, useMemo, useRef } from "react";
import type { FigureReads } from "../store/afterPicture.ts";
import { FigureContext, usePlace } from "../store/context.ts";

interface PanelProps {
  readonly className: string;
  readonly children: ReactNode;
}

/**
 * A part of the page with controls that follows the picture. What is typed stands in its field anyway; but what is
 * ticked or chosen it shows at once: the browser has done so already.
 */
export function Panel({ className, children }: PanelProps) {
  const { store, later } = usePlace();
  const host = useRef<HTMLDivElement>(null);
  const isUsed = useRef(false);
  useEffect(() => {
    const use = ({ target }: Event) => {
      isUsed.current = isChoice(target);
    };
    const { current } = host;
    const events = ["click", "change"] as const;
    for (const name of events) current!.addEventListener(name, use, { capture: true });
    const stop = later.subscribe(() => {
      isUsed.current = false;
    });
    return () => {
      stop();
      for (const name of events) current!.removeEventListener(name, use, { capture: true });
    };
  }, [later]);
  const value = useMemo(
    () => ({ store, reads: eitherOf(store, later, () => isUsed.current), later }),
    [store, later],
  );
  return (
    <FigureContext value={value}>
      <div className={className} ref={host}>
        {children}
      </div>
    </FigureContext>
  );
}

/** Whether the browser shows by itself what was chosen here, before anyone else knows of it. */
function isChoice(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLInputElement && /^(radio|checkbox)$/.test(target.type))
  );
}

/** Reads the one as long as a condition holds, else the other. */
function eitherOf(one: FigureReads, other: FigureReads, holds: () => boolean): FigureReads {
  return {
    getState: () => (holds() ? one : other).getState(),
    getInitialState: other.getInitialState,
    subscribe(listener) {
      const stops = [
        one.subscribe((now, before) => holds() && listener(now, before)),
        other.subscribe(listener),
      ];
      return () => {
        for (const stop of stops) stop();
      };
    },
  };
}
