import "./answer.css";
import { type ReactNode, useMemo } from "react";
import { type Network, type Predicted, predicted, type Tensor } from "#engine";
import { Bars } from "./Bars.tsx";
import { Legend } from "./Legend.tsx";
import { OpenSample } from "./OpenSample.tsx";
import { INK, Plane, signedScale } from "./Plane.tsx";
import { useLearning } from "./use.ts";
import { layerWords, percent, short } from "./words.ts";

/** More filters than this do not stand side by side. */
const MOST = 16;

/** What the network makes of one digit: the filters, their feature maps, the hidden units, the probabilities. */
export function Answer({ choice }: { readonly choice: ReactNode }) {
  const look = useLearning((state) => state.look);
  const label = useLearning(({ data, look }) => (data && look ? data.labels[look.sample]! : 0));
  if (!look) return <section className="answer" aria-label={NAME} />;
  const { probabilities, values } = look.predicted;
  const said = predicted(probabilities, 0);
  return (
    <section className="answer" aria-label={NAME}>
      <div className="answer-head">
        <div className="answer-said">
          {choice}
          <p className="answer-words">
            This is a <b>{label}</b>. The network says <b>{said}</b> (
            {percent(probabilities.data[said]!)})
            {said === label ? "." : `; ${label} has ${percent(probabilities.data[label]!)}.`}
          </p>
        </div>
        <OpenSample />
      </div>
      <div className="answer-flow">
        <figure>
          <figcaption className="heading">
            <span className="role-X">X</span>, the digit
          </figcaption>
          <div className="plane x-plane">
            <Plane tensor={values[0]!} plane={0} scale={INK} label={`the digit ${label}`} />
          </div>
        </figure>
        <Insides network={look.run.network} answer={look.predicted} marked={label} />
      </div>
    </section>
  );
}

interface InsidesProps {
  readonly network: Network;
  readonly answer: Predicted;
  /** The class that should be the likeliest. */
  readonly marked: number;
}

/** What is inside a network while it answers: filters, feature maps, hidden units, probabilities. */
export function Insides({ network, answer: { values, probabilities }, marked }: InsidesProps) {
  const { w } = network.parameters[0]!;
  const maps = values[2]!;
  const scales = useMemo(() => ({ weights: signedScale(w), maps: signedScale(maps) }), [w, maps]);
  const hiddenAt = network.layers.findIndex((layer) => layer.kind === "linear") + 2;
  const filters = Array.from({ length: Math.min(network.spec.F, MOST) }, (_, f) => f);
  return (
    <>
      <figure className="filters">
        <figcaption className="heading">
          <span className="role-W">W</span>, {layerWords(network.layers[0]!)}{" "}
          <Legend scale={scales.weights} />
        </figcaption>
        <div className="planes">
          {filters.map((f) => (
            <div className="plane w-plane" key={f}>
              <Plane tensor={w} plane={f} scale={scales.weights} label={planeWords(w, f)} />
            </div>
          ))}
        </div>
        <figcaption className="heading">
          <span className="role-Y">Y</span>, feature maps after {layerWords(network.layers[1]!)}{" "}
          <Legend scale={scales.maps} />
        </figcaption>
        <div className="planes">
          {filters.map((f) => (
            <div className="plane y-plane" key={f}>
              <Plane tensor={maps} plane={f} scale={scales.maps} label={mapWords(maps, f)} />
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
        named
        marked={marked}
      />
    </>
  );
}

const NAME = "What the network makes of a sample";

/** The cells of a plane, and how they stand. */
function cellsOf({ shape, data }: Tensor, plane: number) {
  const [rows, columns] = shape.slice(-2) as [number, number];
  return {
    rows,
    columns,
    cells: data.subarray(plane * rows * columns, (plane + 1) * rows * columns),
  };
}

/** All weights of a filter, row by row. */
function planeWords(w: Tensor, plane: number): string {
  const { rows, columns, cells } = cellsOf(w, plane);
  const lines = Array.from({ length: rows }, (_, r) =>
    [...cells.subarray(r * columns, (r + 1) * columns)].map((v) => v.toFixed(2)).join(" "),
  );
  return `filter ${plane}: ${lines.join("; ")}`;
}

/** How much of a feature map is not 0: what a ReLU lets through. */
function mapWords(maps: Tensor, plane: number): string {
  const { cells } = cellsOf(maps, plane);
  const open = cells.filter((v) => v !== 0).length;
  return `feature map ${plane}: ${open} of ${cells.length} cells are not 0`;
}
