import { useRef } from "react";
import { useStore } from "zustand";
import { LIMITS } from "#engine";
import { FITS, type Fit } from "../sources/decode.ts";
import { LEVELS, type Level } from "../sources/pixels.ts";
import { useFigureStore } from "../store/context.ts";
import { loaderOf, loadImage, rewish, titleOf } from "./loader.ts";
import { Segments } from "./Segments.tsx";
import { SizeField } from "./SizeField.tsx";

/** What the file dialog offers first; the file itself is looked at, whatever it calls itself. */
const ACCEPT = "image/png,image/jpeg,image/webp,image/gif,image/avif,image/bmp";

const COLOURS = [
  { value: "1", label: "gray", title: "One channel" },
  { value: "3", label: "RGB", title: "Three channels: red, green and blue" },
] as const;

const FIT_OPTIONS = (Object.keys(FITS) as Fit[]).map((value) => ({
  value,
  label: FITS[value].label,
  title: FITS[value].why,
}));

const LEVEL_OPTIONS = (["255", "9", "1"] as const).map((value) => {
  const { label, why } = LEVELS[Number(value) as Level];
  return { value, label: label.replace(" to ", "–"), name: label, title: why };
});

/** An image from elsewhere: what is wished of it, and how it went. */
export function LoadPane() {
  const store = useFigureStore();
  const loader = loaderOf(store);
  const { wish, source, busy, problem } = useStore(loader);
  const input = useRef<HTMLInputElement>(null);

  function open(files: FileList | null) {
    const file = files?.[0];
    if (file) void loadImage(store, { kind: "file", file });
    input.current!.value = ""; // the same file may be chosen again
  }

  return (
    <>
      <div className="drop">
        <button type="button" className="button" onClick={() => input.current!.click()}>
          Open an image …
        </button>
        <input
          ref={input}
          type="file"
          accept={ACCEPT}
          aria-label="Image file"
          hidden
          onChange={(event) => open(event.target.files)}
        />
        <p className="hint">or drop one anywhere in this window, or paste it</p>
      </div>
      <p className={problem ? "problem" : "hint"} role="status">
        {busy ?? problem ?? (source ? `Read: ${titleOf(source)}` : "")}
      </p>
      <SizeField
        label="Size"
        of="image"
        value={[wish.H, wish.W]}
        limits={[LIMITS.H, LIMITS.W]}
        onCommit={(H, W) => rewish(store, { H, W })}
      />
      <div className="row">
        <span className="label">Colour</span>
        <Segments
          label="Colour"
          value={wish.C === 3 ? "3" : "1"}
          options={COLOURS}
          onChoose={(C) => rewish(store, { C: C === "3" ? 3 : 1 })}
        />
      </div>
      <div className="row">
        <span className="label">Shape</span>
        <Segments
          label="Shape"
          value={wish.fit}
          options={FIT_OPTIONS}
          onChoose={(fit) => rewish(store, { fit })}
        />
      </div>
      <div className="row">
        <span className="label">Values</span>
        <Segments
          label="Values"
          value={`${wish.levels}` as const}
          options={LEVEL_OPTIONS}
          onChoose={(levels) => rewish(store, { levels: Number(levels) as Level })}
        />
      </div>
      <p className="hint">
        {FITS[wish.fit].why} {LEVELS[wish.levels].why}
      </p>
    </>
  );
}
