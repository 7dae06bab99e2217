import { useState } from "react";
import { formatKernelWord, KERNELS, type KernelName, LIMITS, resizeKernel } from "#engine";
import { useFigureStore } from "../store/context.ts";
import { presetOf, setPreset } from "./kernelEdits.ts";
import { useAsked } from "./refusal.ts";
import { SelectField } from "./SelectField.tsx";
import { SizeField } from "./SizeField.tsx";
import { WordFields } from "./WordFields.tsx";

const PRESETS = (Object.keys(KERNELS) as KernelName[]).map(
  (name) => [name, KERNELS[name].label] as const,
);
const DRAWN = ["", "drawn by hand"] as const;
const SIZES = [1, 3, 5, 7].map((k) => [`${k}`, `${k}×${k}`] as const);
const CUSTOM = ["custom", "other"] as const;

/** The preset of a filter, and the size of them all. */
export function KernelPreset({ filter }: { readonly filter: number }) {
  const { change } = useFigureStore().getState();
  const asked = useAsked();
  const [F, , kH, kW] = asked.kernel.tensor.shape as [number, number, number, number];
  const [custom, setCustom] = useState(false);
  const preset = presetOf(asked, filter);
  const square = !custom && kH === kW && SIZES.some(([k]) => k === String(kH));
  const choose = (word: string) => change((document) => setPreset(document, filter, word));

  function resize(size: string) {
    setCustom(size === CUSTOM[0]);
    if (size !== CUSTOM[0])
      change((document) => resizeKernel(document, Number(size), Number(size)));
  }

  return (
    <>
      <div className="preset">
        <SelectField
          bare
          label={F > 1 ? `Kernel of filter ${filter}` : "Kernel"}
          options={preset ? PRESETS : [DRAWN, ...PRESETS]}
          value={preset ? preset.name : ""}
          fields={["kernel"]}
          onChoose={(name) => name !== "" && choose(name)}
        />
        <SelectField
          bare
          label="Kernel size"
          options={[...SIZES, CUSTOM]}
          value={square ? String(kH) : CUSTOM[0]}
          fields={square ? ["kH", "kW"] : []}
          onChoose={resize}
        />
      </div>
      {!square && (
        <SizeField
          label="kH × kW"
          of="kernel"
          value={[kH, kW]}
          limits={[LIMITS.kH, LIMITS.kW]}
          fields={[["kH"], ["kW"]]}
          onCommit={(rows, columns) => change((document) => resizeKernel(document, rows, columns))}
        />
      )}
      {preset && (
        <WordFields of="W" word={formatKernelWord({ ...preset, size: [kH, kW] })} onWord={choose} />
      )}
    </>
  );
}
