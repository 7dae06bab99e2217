import { useId } from "react";
import "./controls.css";
import {
  ACTIVATIONS,
  type Activation,
  type ActivationName,
  divisors,
  PAD_MODES,
  type PadMode,
  type Settings,
  setSettings,
  tidyActivation,
} from "#engine";
import { useFigure, useFigureStore } from "../store/context.ts";
import { geometryFor } from "../store/layer.ts";
import { NumberField } from "./NumberField.tsx";
import { OutputSize } from "./OutputSize.tsx";
import { PaddingField } from "./PaddingField.tsx";
import { PairField } from "./PairField.tsx";
import { Precision } from "./Precision.tsx";
import { useAsked } from "./refusal.ts";
import { SelectField } from "./SelectField.tsx";

const MODES = (Object.keys(PAD_MODES) as PadMode[]).map(
  (mode) => [mode, PAD_MODES[mode].label] as const,
);
const CHOICES = (Object.keys(ACTIVATIONS) as ActivationName[]).map(
  (name) => [name, ACTIVATIONS[name].label] as const,
);

/** How the window moves, what stands around the input, and what becomes of the sums. */
export function GeometryPanel() {
  const store = useFigureStore();
  const { input, kernel, settings } = useAsked();
  const document = useFigure((state) => state.document);
  const { rows, columns } = geometryFor(document);
  const id = useId();
  const activation: Activation = ACTIVATIONS[settings.activation.name];
  const groups = divisors(input.tensor.shape[1]!, kernel.tensor.shape[0]!);
  const offered = groups.includes(settings.groups) ? groups : [...groups, settings.groups];
  const set = (part: Partial<Settings>) =>
    store.getState().change((asked) => setSettings(asked, part));
  return (
    <section className="controls" aria-labelledby={id}>
      <h2 className="heading" id={id}>
        Geometry
      </h2>
      <PairField
        label="Stride"
        field="stride"
        integer
        min={1}
        value={settings.stride}
        onCommit={(stride) => set({ stride })}
      />
      <PaddingField
        value={settings.padding}
        sides={[rows.before, columns.after, rows.after, columns.before]}
        onCommit={(padding) => set({ padding })}
      />
      <div className="row">
        <SelectField
          label="Pad mode"
          options={MODES}
          value={settings.padMode}
          fields={["padMode"]}
          onChoose={(padMode) => set({ padMode })}
        />
      </div>
      <p className="hint">{PAD_MODES[settings.padMode].why}</p>
      <PairField
        label="Dilation"
        field="dilation"
        integer
        min={1}
        value={settings.dilation}
        onCommit={(dilation) => set({ dilation })}
      />
      <div className="row">
        <SelectField
          label="Groups"
          options={offered.map((n) => [String(n), String(n)] as const)}
          value={String(settings.groups)}
          fields={["groups"]}
          disabled={offered.length < 2}
          title="Groups divide both the channels and the filters"
          onChoose={(n) => set({ groups: Number(n) })}
        />
      </div>
      <div className="row">
        <SelectField
          label="Activation"
          options={CHOICES}
          value={settings.activation.name}
          fields={["activation"]}
          onChoose={(name) => set({ activation: tidyActivation({ name }) })}
        />
      </div>
      {activation.alpha && (
        <div className="row wide-label">
          <NumberField
            label={`α, ${activation.alpha.meaning}`}
            step={0.1}
            value={settings.activation.alpha}
            fields={["activation.alpha"]}
            onCommit={(alpha) => set({ activation: { ...settings.activation, alpha } })}
          />
        </div>
      )}
      <OutputSize />
      <Precision />
    </section>
  );
}
