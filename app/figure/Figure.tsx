import { useEffect, useRef } from "react";
import { useFigure, useFigureStore } from "../store/context.ts";
import { runFigure } from "./runFigure.ts";

/** The picture of the open lens. Everything in it is painted and listened to outside of React. */
export function Figure() {
  const store = useFigureStore();
  const host = useRef<HTMLDivElement>(null);
  const presenting = useFigure((state) => state.presenting);
  useEffect(() => runFigure(host.current!, store), [store]);
  useEffect(() => {
    // what had the focus may not be shown any more
    if (presenting && !document.activeElement?.checkVisibility()) host.current!.focus();
  }, [presenting]);
  return <div className="stage figure-stage" ref={host} tabIndex={-1} />;
}
