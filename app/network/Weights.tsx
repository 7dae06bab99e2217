import { useMemo } from "react";
import type { NetworkLayer, Tensor } from "#engine";
import { Preview } from "../controls/Preview.tsx";
import { fillOf } from "../draw/palette.ts";
import { Legend } from "./Legend.tsx";
import { signedScale } from "./Plane.tsx";
import { useLearning, usePagePalette } from "./use.ts";
import { layerWords } from "./words.ts";

/** The weights of the linear layers: a row for each unit, a column for each number it reads. */
export function Weights() {
  const network = useLearning((state) => state.look?.run.network);
  const linear = network?.layers.flatMap((layer, i) =>
    layer.kind === "linear" ? [{ layer, w: network.parameters[i]!.w }] : [],
  );
  return (
    <section className="weights" aria-label="Weights of the linear layers">
      {linear?.map(({ layer, w }) => (
        <Matrix key={layerWords(layer)} layer={layer} w={w} />
      ))}
    </section>
  );
}

interface MatrixProps {
  readonly layer: Extract<NetworkLayer, { readonly kind: "linear" }>;
  /** What is read by what: in, out. */
  readonly w: Tensor;
}

function Matrix({ layer, w }: MatrixProps) {
  const palette = usePagePalette();
  const { inputs, outputs } = layer;
  const scale = useMemo(() => signedScale(w), [w]);
  const colourAt = useMemo(
    () => (i: number) =>
      fillOf(palette, scale, w.data[(i % inputs) * outputs + Math.floor(i / inputs)]!),
    [palette, scale, w, inputs, outputs],
  );
  return (
    <figure style={{ "--columns": inputs } as React.CSSProperties}>
      <figcaption className="heading">
        <span className="role-W">W</span>, {layerWords(layer)} <Legend scale={scale} />
      </figcaption>
      <div className="plane w-plane">
        <Preview
          {...{ rows: outputs, columns: inputs, colourAt }}
          label={`weights of ${layerWords(layer)}: a row for each of ${outputs} units, a column for each of the ${inputs} numbers it reads`}
        />
      </div>
    </figure>
  );
}
