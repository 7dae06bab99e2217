import { lazy, Suspense, useLayoutEffect, useRef } from "react";
import { AfterPicture, useFigure, useFigureStore } from "../store/context.ts";
import { lensOf } from "../store/followed.ts";
import { useFrame } from "../store/frame.ts";
import {
  goTo,
  positionOf,
  positions,
  stepBy,
  togglePlay,
  toggleProducts,
} from "../store/playback.ts";
import { SPEEDS } from "../store/tools.ts";
import { Icon } from "./Icon.tsx";

const Ticks = lazy(async () => ({ default: (await import("./Ticks.tsx")).Ticks }));

/** Play, step and scrub. The slider is the figure's time. */
export function Transport() {
  const store = useFigureStore();
  const playing = useFigure((state) => state.playing);
  const products = useFigure((state) => state.slot !== null);
  const loop = useFigure((state) => state.loop);
  const speed = useFigure((state) => state.speed);
  return (
    <section className="transport" aria-label="Playback">
      <button
        type="button"
        className="button wide-only"
        aria-label="First step"
        onClick={() => goTo(store, 0)}
      >
        <Icon name="first" />
      </button>
      <button
        type="button"
        className="button"
        aria-label="Step back"
        onClick={() => stepBy(store, -1)}
      >
        <Icon name="back" />
      </button>
      <button type="button" className="button solid play" onClick={() => togglePlay(store)}>
        <Icon name={playing ? "pause" : "play"} />{" "}
        <span className="wide-only">{playing ? "Pause" : "Play"}</span>
        <span className="narrow-only visually-hidden">{playing ? "Pause" : "Play"}</span>
      </button>
      <button
        type="button"
        className="button"
        aria-label="Step on"
        onClick={() => stepBy(store, 1)}
      >
        <Icon name="on" />
      </button>
      <button
        type="button"
        className="button wide-only"
        aria-label="Last step"
        onClick={() => goTo(store, positions(store.getState()) - 1)}
      >
        <Icon name="last" />
      </button>
      <AfterPicture>
        <Scrub />
      </AfterPicture>
      <select
        className="select wide-only"
        aria-label="Steps a second"
        value={speed}
        onChange={(event) => store.setState({ speed: Number(event.target.value) })}
      >
        {SPEEDS.map((value) => (
          <option key={value} value={value}>
            {value} a second
          </option>
        ))}
      </select>
      <label className="check wide-only">
        <input type="checkbox" checked={loop} onChange={() => store.setState({ loop: !loop })} />
        loop
      </label>
      <label className="check" title="Step through every product (.)">
        <input type="checkbox" checked={products} onChange={() => toggleProducts(store)} />
        <span>
          <span className="wide-only">every </span>product
        </span>
      </label>
    </section>
  );
}

/** Where playback stands. The thumb is the browser's own, and put right after the picture: it never waits for us. */
function Scrub() {
  const store = useFigureStore();
  const at = useFigure(positionOf);
  const count = useFigure(positions);
  const lens = useFigure(lensOf);
  const frame = useFrame();
  const place = frame ? lens.place(frame) : "";
  const slider = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    slider.current!.max = String(count);
    slider.current!.value = String(at + 1);
  }, [at, count]);
  return (
    <>
      <div className="scrub">
        <input
          type="range"
          min={1}
          defaultValue={at + 1}
          ref={slider}
          aria-label="Step"
          aria-valuetext={`${at + 1} of ${count}, ${place}`}
          onChange={(event) => goTo(store, event.target.valueAsNumber - 1)}
          style={{ "--share": count > 1 ? at / (count - 1) : 1 } as React.CSSProperties}
        />
        <Suspense>{frame && <Ticks count={count} />}</Suspense>
      </div>
      <output className="place">
        <span className="wide-only">{place}</span>
        <span className="narrow-only">
          {at + 1}
          {count < 100_000 && `/${count}`}
        </span>
      </output>
    </>
  );
}
