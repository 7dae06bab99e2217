import { full, kernelSum, separable } from "#engine";
import { useFigure } from "../store/context.ts";
import { channelsOfFilter, useChannel, useFilter } from "./place.ts";

function row(factor: readonly number[]): string {
  return `(${factor.map(full).join(" ")})`;
}

/** What is true of the kernel shown: its sum, and its two factors where it has them. */
export function KernelFacts() {
  const tensor = useFigure((state) => state.document.kernel.tensor);
  const first = useFigure((state) => channelsOfFilter(state).first);
  const plane = useFilter() * tensor.shape[1]! + useChannel() - first;
  const [, , kH, kW] = tensor.shape as [number, number, number, number];
  const weights = tensor.data.subarray(plane * kH * kW, (plane + 1) * kH * kW);
  const factors = separable(weights, kH, kW);
  return (
    <p className="hint">
      sum {full(kernelSum(weights))}
      {kH > 1 && kW > 1 && weights.some((v) => v !== 0) && (
        <>
          {" · "}
          {factors ? (
            <>
              separable: <span className="factor">{row(factors.column)}ᵀ</span> ·{" "}
              <span className="factor">{row(factors.row)}</span>
            </>
          ) : (
            "not separable"
          )}
        </>
      )}
    </p>
  );
}
