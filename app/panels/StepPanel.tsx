import { useRef, useState } from "react";
import { nameOf, plain } from "#engine";
import type { Frame } from "../lenses/lens.ts";
import { useFigure, useFigureStore } from "../store/context.ts";
import { lensOf, stepsOf } from "../store/followed.ts";
import { captionOf } from "./caption.ts";
import { Sentence } from "./Sentence.tsx";

/** This step, or the cell in focus, in words. */
export function StepPanel({ frame }: { readonly frame: Frame }) {
  const store = useFigureStore();
  const lens = useFigure(lensOf);
  const steps = useFigure(stepsOf);
  const pinned = useFigure((state) => state.pinned !== null && state.hovered === null);
  const caption = captionOf(lens, frame);
  const { geometry, pointed, step, slot } = frame;
  const panel = useRef<HTMLElement>(null);
  const letGo = () => {
    panel.current!.focus(); // the button goes with the pin
    store.setState({ pinned: null });
  };
  const product = slot === null ? "" : `, product ${slot + 1} of ${lens.slots(geometry)}`;
  return (
    <section className="step-panel" aria-label="This step" ref={panel} tabIndex={-1}>
      <h2 className="heading">
        {pointed ? nameOf(geometry, pointed) : `Step ${step + 1} of ${steps}${product}`}
        {pinned && pointed && (
          <button type="button" className="unpin" onClick={letGo}>
            pinned · let go
          </button>
        )}
      </h2>
      <p className="caption">
        <Sentence spans={caption} />
      </p>
      <Announcer text={plain(caption)} />
    </section>
  );
}

/** Speaks the step to a screen reader; while it plays or learns, only where it stops. */
function Announcer({ text }: { readonly text: string }) {
  const playing = useFigure((state) => state.playing || state.learning === "running");
  const [spoken, speak] = useState("");
  if (!playing && spoken !== text) speak(text); // here, and not in an effect: it would cost a second rendering
  return (
    <div role="status" aria-live="polite" className="visually-hidden">
      {spoken}
    </div>
  );
}
