import { type NetworkLayer, placeOfStep, type Run } from "#engine";

/** Three digits of a number, as it would be written by hand: 0.25, 1340, 2.5e12. */
export function short(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e5))
    return value.toExponential(2).replace(/\.?0*e\+?/, "e");
  return String(Number(value.toPrecision(3)));
}

export function percent(share: number): string {
  return `${Number((100 * share).toFixed(1))} %`;
}

/** A layer in a word or two, for a line of them: “conv 3 × 3”. It is not broken. */
export function layerName(layer: NetworkLayer): string {
  const name = layer.kind === "linear" ? `linear ${layer.outputs}` : layerWords(layer);
  const { kH, kW } = layer.kind === "conv2d" ? layer.spec : { kH: 0, kW: 0 };
  return (kH ? `conv ${kH} × ${kW}` : name).replaceAll(" ", "\u00a0");
}

/** A layer in a few words: “convolution 3 × 3, 1 → 4”. */
export function layerWords(layer: NetworkLayer): string {
  if (layer.kind === "conv2d") {
    const { kH, kW, C, F } = layer.spec;
    return `convolution ${kH} × ${kW}, ${C} → ${F}`;
  }
  if (layer.kind === "linear") return `linear ${layer.inputs} → ${layer.outputs}`;
  if (layer.kind === "pool2d") return `${layer.spec.kind} pooling ${layer.spec.kernel.join(" × ")}`;
  if (layer.kind === "activation")
    return layer.activation.name === "relu" ? "ReLU" : layer.activation.name;
  return layer.kind;
}

/** The epoch of the step that led to where a run stands, from 1. */
export function epochOf(run: Run): number {
  return placeOfStep({ ...run, step: Math.max(0, run.step - 1) }).epoch + 1;
}
