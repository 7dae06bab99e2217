import { lazy, Suspense, useId } from "react";
import { useStore } from "zustand";
import "./controls.css";
import "./pictures.css";
import { useFigureStore } from "../store/context.ts";
import { DrawPane } from "./DrawPane.tsx";
import { loaderOf } from "./loader.ts";
import { Segments } from "./Segments.tsx";

const LoadPane = lazy(async () => ({ default: (await import("./LoadPane.tsx")).LoadPane }));
const SamplesPane = lazy(async () => ({
  default: (await import("./SamplesPane.tsx")).SamplesPane,
}));

const PANES = [
  { value: "draw", label: "Draw" },
  { value: "load", label: "Load" },
  { value: "samples", label: "Samples" },
] as const;

/** All that is set about the input X. */
export function InputPanel() {
  const loader = loaderOf(useFigureStore());
  const pane = useStore(loader, (state) => state.pane);
  const id = useId();
  return (
    <section className="controls" aria-labelledby={id}>
      <h2 className="heading" id={id}>
        Input X
      </h2>
      <Segments
        label="Where the input comes from"
        value={pane}
        options={PANES}
        onChoose={(next) => loader.setState({ pane: next })}
      />
      {pane === "draw" && <DrawPane />}
      <Suspense>
        {pane === "load" && <LoadPane />}
        {pane === "samples" && <SamplesPane />}
      </Suspense>
    </section>
  );
}
