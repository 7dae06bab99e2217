import { useId } from "react";
import "./controls.css";
import {
  full,
  IMAGES,
  KERNELS,
  setUpstream,
  UPSTREAMS,
  type UpstreamName,
  upstreamName,
  upstreamOfWord,
} from "#engine";
import { useFigure, useFigureStore } from "../store/context.ts";
import { lensOf } from "../store/followed.ts";
import { NumberField } from "./NumberField.tsx";
import { useAsked } from "./refusal.ts";
import { SelectField } from "./SelectField.tsx";

const ROWS = Object.entries(UPSTREAMS).map(([name, { label }]) => [name, label] as const);
const PICTURES = Object.entries(IMAGES).map(([name, { label }]) => [name, label] as const);

/** What stands behind a name when it is chosen. */
const FIRST: Readonly<Record<UpstreamName, string>> = {
  ones: "ones",
  random: "random",
  image: "image:disc",
  kernel: "kernel:sobel-y",
};

/** Where ∂L/∂Y comes from; only there when a lens shows the way back. */
export function UpstreamPanel() {
  const store = useFigureStore();
  const { needsBack } = useFigure(lensOf);
  const { upstream, kernel } = useAsked();
  const loss = useFigure((state) => state.answered?.answer.back?.target?.loss);
  const id = useId();
  if (!needsBack) return null;
  const name = upstreamName(upstream);
  const rest = upstream.word?.split(":").slice(1).join(":") ?? "";
  const choose = (word: string) =>
    store.getState().change((document) => setUpstream(document, upstreamOfWord(word)));
  const [, , kH, kW] = kernel.tensor.shape as [number, number, number, number];
  const kernels = Object.entries(KERNELS)
    .filter(([, { fits }]) => fits(kH, kW))
    .map(([key, { label }]) => [key, label] as const);
  const [picture = ""] = rest.split(":");
  const byHand = ["hand", "set by hand"] as const;
  return (
    <section className="controls" aria-labelledby={id}>
      <h2 className="heading" id={id}>
        Upstream ∂L/∂Y
      </h2>
      <div className="row">
        <SelectField<string>
          label="From"
          fields={["delta"]}
          options={name === null ? [byHand, ...ROWS] : ROWS}
          value={name ?? "hand"}
          onChoose={(key) => key !== "hand" && choose(FIRST[key as UpstreamName])}
        />
        {name === "image" && (
          <SelectField<string>
            label="Target"
            options={PICTURES}
            value={picture}
            onChoose={(key) => choose(`image:${key}`)}
          />
        )}
        {name === "kernel" && (
          <SelectField<string>
            label="Kernel"
            options={
              kernels.some(([key]) => key === picture) ? kernels : [[picture, picture], ...kernels]
            }
            value={picture}
            onChoose={(key) => choose(`kernel:${key}`)}
          />
        )}
      </div>
      {name === "random" && (
        <div className="row">
          <NumberField
            label="Seed"
            integer
            min={1}
            value={Number(/\d+/.exec(rest)?.[0] ?? 1)}
            onCommit={(seed) => choose(`random:seed=${seed}`)}
          />
        </div>
      )}
      <p className="hint">
        {name === null
          ? "Numbers set by hand: type or paint them into ∂L/∂Y."
          : UPSTREAMS[name].why}
      </p>
      {loss !== undefined && <p className="hint">½‖Y − T‖² = {full(loss)}</p>}
    </section>
  );
}
