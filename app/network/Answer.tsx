import type { Network, Predicted, Tensor } from "#engine";
import { INK, Plane, signedScale } from "./Plane.tsx";
import { useLearning } from "./use.ts";
import { layerWords, percent, short } from "./words.ts";

/** More filters, or hidden units, than this do not stand side by side. */
const MOST = 16;

const first = (count: number) => Array.from({ length: Math.min(count, MOST) }, (_, i) => i);

/** What the network makes of one digit: the filters, their feature maps, the hidden units, the probabilities. */
export function Answer() {
  const look = useLearning((state) => state.look);
  const label = useLearning(({ data, look }) => (data && look ? data.labels[look.sample]! : 0));
  if (!look) return <section className="answer" aria-label="What the network makes of a sample" />;
  return (
    <section className="answer" aria-label="What the network makes of a sample">
      <figure>
        <figcaption className="heading">X, a {label}</figcaption>
        <div className="plane x-plane">
          <Plane
            tensor={look.predicted.values[0]!}
            plane={0}
            scale={INK}
            label={`the digit ${label}`}
          />
        </div>
      </figure>
      <Insides network={look.run.network} predicted={look.predicted} marked={label} />
    </section>
  );
}

interface InsidesProps {
  readonly network: Network;
  readonly predicted: Predicted;
  /** The class that should be the likeliest. */
  readonly marked: number;
}

/** What is inside a network while it answers: filters, feature maps, hidden units, probabilities. */
export function Insides({ network, predicted, marked }: InsidesProps) {
  const { values, probabilities } = predicted;
  const [filters] = network.parameters;
  const kernels = first(network.spec.F);
  const maps = values[2]!;
  const [dim, reach] = [signedScale(maps), signedScale(filters!.w)];
  const hiddenAt = network.layers.findIndex((layer) => layer.kind === "linear") + 2;
  return (
    <>
      <figure>
        <figcaption className="heading">W, {layerWords(network.layers[0]!)}</figcaption>
        <div className="planes">
          {kernels.map((f) => (
            <div className="plane w-plane" key={f}>
              <Plane
                tensor={filters!.w}
                plane={f}
                scale={reach}
                label={planeWords(filters!.w, f)}
              />
            </div>
          ))}
        </div>
        <figcaption className="heading">
          Y, the feature maps after {layerWords(network.layers[1]!)}
        </figcaption>
        <div className="planes">
          {kernels.map((f) => (
            <div className="plane y-plane" key={f}>
              <Plane tensor={maps} plane={f} scale={dim} label={mapWords(maps, f)} />
            </div>
          ))}
        </div>
      </figure>
      <Bars
        title="hidden units"
        values={values[hiddenAt]!.data}
        write={short}
        nameOf={(i) => `unit ${i + 1}`}
      />
      <Bars
        title="probabilities"
        values={probabilities.data}
        most={1}
        write={percent}
        nameOf={String}
        marked={marked}
      />
    </>
  );
}

/** All weights of a filter, row by row. */
function planeWords({ shape, data }: Tensor, plane: number): string {
  const [rows, columns] = shape.slice(-2) as [number, number];
  const cells = data.subarray(plane * rows * columns, (plane + 1) * rows * columns);
  const lines = Array.from({ length: rows }, (_, r) =>
    [...cells.subarray(r * columns, (r + 1) * columns)].map((v) => v.toFixed(2)).join(" "),
  );
  return `filter ${plane}: ${lines.join("; ")}`;
}

/** How much of a feature map is not 0: what a ReLU lets through. */
function mapWords({ shape, data }: Tensor, plane: number): string {
  const [rows, columns] = shape.slice(-2) as [number, number];
  const cells = data.subarray(plane * rows * columns, (plane + 1) * rows * columns);
  const open = cells.filter((v) => v !== 0).length;
  return `feature map ${plane}: ${open} of ${cells.length} cells are not 0`;
}

interface BarsProps {
  readonly title: string;
  readonly values: ArrayLike<number>;
  readonly most?: number;
  readonly write: (value: number) => string;
  readonly nameOf: (i: number) => string;
  /** The one that should be the largest. */
  readonly marked?: number;
}

function Bars({ title, values, most, write, nameOf, marked }: BarsProps) {
  const shown = first(values.length).map((i) => values[i]!);
  const reach = most ?? (Math.max(...shown.map(Math.abs)) || 1);
  return (
    <figure>
      <figcaption className="heading">{title}</figcaption>
      <ol className="bars">
        {shown.map((value, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a unit is its place
          <li key={i} data-marked={i === marked || undefined}>
            <span>{marked === undefined ? "" : nameOf(i)}</span>
            <span className="visually-hidden">{marked === undefined ? nameOf(i) : ""}</span>
            <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
              <rect width={(100 * Math.abs(value)) / reach} height="10" />
            </svg>
            <span className="bar-value">{write(value)}</span>
          </li>
        ))}
      </ol>
    </figure>
  );
}
