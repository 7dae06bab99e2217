import { useEffect, useRef } from "react";
import { useFigureStore } from "../store/context.ts";
import { runFigure } from "./runFigure.ts";

/** The picture of the open lens. Everything in it is painted and listened to outside of React. */
export function Figure() {
  const store = useFigureStore();
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => runFigure(host.current!, store), [store]);
  return <div className="stage figure-stage" ref={host} />;
}
