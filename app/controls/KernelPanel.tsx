import { useId } from "react";
import "./controls.css";
import "./pictures.css";
import { KERNELS, LIMITS, setCells, setFilters, setSettings } from "#engine";
import { useFigureStore } from "../store/context.ts";
import { Chooser } from "./Chooser.tsx";
import { InkField } from "./InkField.tsx";
import { KernelFacts } from "./KernelFacts.tsx";
import { KernelPreset } from "./KernelPreset.tsx";
import { presetOf } from "./kernelEdits.ts";
import { MiniPlate } from "./MiniPlate.tsx";
import { NumberField } from "./NumberField.tsx";
import { chooseFilter, useCanMove, useFilter } from "./place.ts";
import { useAsked } from "./refusal.ts";
import { kernelScale } from "./scales.ts";

const INKS = [-2, -1, 0, 1, 2];

/** All that is set about the weights W and the bias b. */
export function KernelPanel() {
  const store = useFigureStore();
  const { change } = store.getState();
  const asked = useAsked();
  const { kernel, bias, settings } = asked;
  const filter = useFilter();
  const moves = useCanMove();
  const id = useId();
  const F = kernel.tensor.shape[0]!;
  const shown = Math.min(filter, F - 1);
  const preset = presetOf(asked, shown);
  const scale = kernelScale(kernel.tensor);
  return (
    <section className="controls" aria-labelledby={id}>
      <h2 className="heading" id={id}>
        Kernel W
      </h2>
      {moves && (
        <Chooser
          label="Filter"
          letter="f"
          count={F}
          value={shown}
          onChoose={(f) => chooseFilter(store, f)}
        />
      )}
      <KernelPreset filter={shown} />
      <div className="beside">
        <MiniPlate of="W" />
        <p className="hint">
          {preset
            ? KERNELS[preset.name].why
            : "Drawn by hand: every weight can be typed or painted."}
        </p>
      </div>
      <InkField
        label="Brush writes the weight"
        choices={INKS}
        scale={scale.kind === "signed" ? { ...scale, reach: Math.max(2, scale.reach) } : scale}
      />
      <KernelFacts />
      <div className="row two">
        <NumberField
          label="Filters"
          integer
          min={1}
          max={LIMITS.F}
          step={settings.groups} // only whole groups of filters are possible
          value={F}
          fields={["F"]}
          onCommit={(next) => change((document) => setFilters(document, next))}
        />
        <NumberField
          label={F > 1 ? `Bias ${shown}` : "Bias"}
          value={bias.data[shown] ?? 0}
          fields={["b"]}
          onCommit={(next) => change((document) => setCells(document, "b", [shown], next))}
        />
      </div>
      <label className="tick" title="The kernel is turned by 180° before it slides">
        <input
          type="checkbox"
          checked={settings.flip}
          onChange={(event) => {
            const flip = event.target.checked;
            change((document) => setSettings(document, { flip }));
          }}
        />
        flip (true convolution)
      </label>
    </section>
  );
}
