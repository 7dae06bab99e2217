import { lazy, type ReactNode, Suspense } from "react";
import { Sentence } from "../panels/Sentence.tsx";
import { AfterPicture, useFigure, useFigureStore } from "../store/context.ts";
import { useFrame } from "../store/frame.ts";
import { lensOf } from "../store/state.ts";
import { zoomBy } from "../store/zoom.ts";

const options = () => import("./LensOptions.tsx");
const LensOptions = lazy(async () => ({ default: (await options()).LensOptions }));
const Stated = lazy(async () => ({ default: (await options()).Stated }));

/** The equation over the picture, and how it is looked at. */
export function FigureHead({ children }: { readonly children: ReactNode }) {
  const store = useFigureStore();
  const zoom = useFigure((state) => state.zoom);
  const scope = useFigure((state) => state.scope);
  return (
    <div className="figure-head">
      <AfterPicture>
        <Equation />
      </AfterPicture>
      <div className="figure-view">
        <Suspense>
          <LensOptions />
        </Suspense>
        {children}
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
        <span className="zoom">
          <button
            type="button"
            className="button"
            aria-label="Zoom out"
            aria-disabled={zoom === 1} // switched off for good it would lose the focus
            onClick={() => zoomBy(store, -1)}
          >
            −
          </button>
          <output>{zoom === 1 ? "fit" : `${zoom}×`}</output>
          <button
            type="button"
            className="button"
            aria-label="Zoom in"
            onClick={() => zoomBy(store, 1)}
          >
            +
          </button>
        </span>
      </div>
    </div>
  );
}

function Equation() {
  const lens = useFigure(lensOf);
  const frame = useFrame();
  if (!frame) return <div />;
  const { formula, remark } = lens.equation(frame);
  return (
    <div>
      <p className="equation">
        <Sentence spans={formula} />
      </p>
      <p className="remark">{remark}</p>
      <Suspense>
        <Stated frame={frame} />
      </Suspense>
    </div>
  );
}
