import { type Computed, TIER_NAMES, TIERS } from "#engine";
import { useFigure, useFigureStore } from "../store/context.ts";
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
    </>
  );
}

function saidOf(by: Computed | null): string {
  if (!by) return `Computed in ${TIERS.exact.why}`;
  const { taps, of, method, kernels } = by;
  const saved = taps < of ? `; ${taps} of ${of} taps, the others multiply by zero` : "";
  return `Computed in ${KERNELS[kernels]}${METHODS[method]}${method === "direct" ? saved : ""}. What is written out is added up in float64.`;
}
