import { useState } from "react";
import { bytesInWords, type Computed, MEMORY_BUDGETS, TIER_NAMES, TIERS } from "#engine";
import { useFigure, useFigureStore } from "../store/context.ts";
import { chooseMemory, currentMemory } from "../store/memory.ts";
import { SelectField } from "./SelectField.tsx";

const CHOICES = [
  ["auto", "by its size"] as const,
  ...TIER_NAMES.map((tier) => [tier, TIERS[tier].label] as const),
];

const KERNELS = {
  float64: "float64",
  scalar: "float32, one number at a time: this browser lets no WebAssembly run",
  strict: "float32, four numbers at a time",
  fused: "float32, four numbers at a time, fused",
} as const satisfies Record<Computed["kernels"], string>;

const METHODS = {
  direct: "",
  winograd: ", by Winograd F(2×2, 3×3)",
  separable: ", as two passes: a column, then a row",
} as const satisfies Record<Computed["method"], string>;

/** How exactly the engine computes, and by what it did. */
export function Precision() {
  const store = useFigureStore();
  const tier = useFigure((state) => state.tier);
  const answered = useFigure((state) => state.answered);
  return (
    <>
      <div className="row">
        <SelectField
          label="Precision"
          options={CHOICES}
          value={tier}
          onChoose={(tier) => store.setState({ tier })}
        />
      </div>
      {answered && <p className="hint">{saidOf(answered.by)}</p>}
      <Memory />
    </>
  );
}

const BUDGETS = MEMORY_BUDGETS.map((bytes) => [String(bytes), bytesInWords(bytes)] as const);

/** How much a layer may take; what asked for too much is asked for again with the next change. */
function Memory() {
  const store = useFigureStore();
  const [chosen, choose] = useState(() => String(currentMemory()));
  return (
    <div className="row">
      <SelectField
        label="Memory"
        options={BUDGETS}
        value={chosen}
        fields={["memory"]}
        onChoose={(bytes) => {
          choose(bytes);
          chooseMemory(Number(bytes));
          store.getState().change((document) => document);
        }}
      />
    </div>
  );
}

function saidOf(by: Computed | null): string {
  if (!by) return `Computed in ${TIERS.exact.why}`;
  const { taps, of, method, kernels, workers } = by;
  const saved = taps < of ? `; ${taps} of ${of} taps, the others multiply by zero` : "";
  const shared = workers > 1 ? ", by two workers" : "";
  return `Computed in ${KERNELS[kernels]}${METHODS[method]}${shared}${method === "direct" ? saved : ""}. What is written out is added up in float64.`;
}
