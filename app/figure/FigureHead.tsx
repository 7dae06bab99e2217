import type { ReactNode } from "react";
import { AfterPicture, useFigure, useFigureStore } from "../store/context.ts";
import { Equation, LensOptions } from "./LensOptions.tsx";

/** The equation over the picture, and how it is looked at. */
export function FigureHead({ children }: { readonly children: ReactNode }) {
  const store = useFigureStore();
  const scope = useFigure((state) => state.scope);
  return (
    <div className="figure-head">
      <AfterPicture>
        <Equation />
      </AfterPicture>
      <div className="figure-view">
        <LensOptions />
        {children}
        <span className="figure-scale">
          <label
            className="check"
            title="Colours of W and Y on one scale, so that they can be compared"
          >
            <input
              type="checkbox"
              checked={scope === "shared"}
              onChange={() => store.setState({ scope: scope === "shared" ? "plate" : "shared" })}
            />
            one scale
          </label>
          <AfterPicture>
            <Zoom />
          </AfterPicture>
        </span>
      </div>
    </div>
  );
}

function Zoom() {
  const store = useFigureStore();
  const zoom = useFigure((state) => state.zoom);
  const zoomBy = async (by: 1 | -1) => (await import("../store/zoom.ts")).zoomBy(store, by);
  return (
    <span className="zoom">
      <button
        type="button"
        className="button"
        aria-label="Zoom out"
        aria-disabled={zoom === 1} // switched off for good it would lose the focus
        onClick={() => zoomBy(-1)}
      >
        −
      </button>
      <output>{zoom === 1 ? "fit" : `${zoom}×`}</output>
      <button
        type="button"
        className="button"
        aria-label="Zoom in"
        title="Ctrl and the wheel, or two fingers, zoom where you point"
        onClick={() => zoomBy(1)}
      >
        +
      </button>
    </span>
  );
}
