import "./answer.css";
import { type ComponentType, type ReactNode, useMemo } from "react";
import { DIGITS, type Network, type Predicted, predicted, type Tensor } from "#engine";
import type { LearningState } from "../store/network/state.ts";
import { Bars } from "./Bars.tsx";
import { Legend } from "./Legend.tsx";
import { OpenSample } from "./OpenSample.tsx";
import { INK, isStretched, Plane, signedScale } from "./Plane.tsx";
import { Turn } from "./Turn.tsx";
import { useLearning } from "./use.ts";
import { layerWords, percent, short } from "./words.ts";

/** More filters than this do not stand side by side. */
const MOST = 16;

/** What the network makes of one digit: the filters, their feature maps, the hidden units, the probabilities. */
export function Answer({ choice }: { readonly choice: ReactNode }) {
  return (
    <section className="answer" aria-label="What the network makes of a sample">
      <div className="answer-head">
        <div className="answer-said">
          {choice}
          <Turn>
            <Said />
          </Turn>
        </div>
        <Turn>
          <OpenSample />
        </Turn>
      </div>
      <div className="answer-flow">
        <Turn>
          <Shown />
        </Turn>
        {INSIDES.map(([name, Inside]) => (
          <Turn key={name}>
            <OfSample Inside={Inside} />
          </Turn>
        ))}
      </div>
    </section>
  );
}

const labelOf = ({ data, look }: LearningState) =>
  data && look ? data.labels[look.sample]! : null;

/** What it takes the sample for. */
function Said() {
  const label = useLearning(labelOf);
  const probabilities = useLearning((state) => state.look?.predicted.probabilities);
  if (label === null || !probabilities) return null;
  const said = predicted(probabilities, 0);
  return (
    <p className="answer-words">
      This is a <b>{label}</b>. The network says <b>{said}</b> ({percent(probabilities.data[said]!)}
      ){said === label ? "." : `; ${label} has ${percent(probabilities.data[label]!)}.`}
    </p>
  );
}

/** The sample itself. */
function Shown() {
  const label = useLearning(labelOf);
  const data = useLearning((state) => state.data);
  const sample = useLearning((state) => state.look?.sample);
  const isDigit = useLearning((state) => state.collection?.name === DIGITS.name);
  if (label === null || !data || sample === undefined) return null;
  const [rows, columns] = data.images.shape.slice(-2) as [number, number];
  return (
    <figure>
      <figcaption className="heading">
        <span className="role-X">X</span>, the {isDigit ? "digit" : "image"}
      </figcaption>
      <div className="plane x-plane">
        <Plane
          tensor={data.images}
          plane={sample}
          scale={INK}
          label={`the ${isDigit ? "digit" : `image, a`} ${label}`}
        />
      </div>
      {isStretched(rows, columns) && (
        <p className="hint x-words">
          {rows} × {columns}, its cells drawn {rows < columns ? "higher" : "wider"} than they are
        </p>
      )}
    </figure>
  );
}

function OfSample({ Inside }: { readonly Inside: ComponentType<InsideProps> }) {
  const look = useLearning((state) => state.look);
  const label = useLearning(labelOf);
  if (!look || label === null) return null;
  return <Inside network={look.run.network} answer={look.predicted} marked={label} />;
}

interface InsideProps {
  readonly network: Network;
  readonly answer: Predicted;
  /** The class that should be the likeliest. */
  readonly marked: number;
}

const filtersOf = ({ spec }: Network) =>
  Array.from({ length: Math.min(spec.F, MOST) }, (_, f) => f);

function Filters({ network }: InsideProps) {
  const { w } = network.parameters[0]!;
  const scale = useMemo(() => signedScale(w), [w]);
  return (
    <figure className="filters">
      <figcaption className="heading">
        <span className="role-W">W</span>, {layerWords(network.layers[0]!)} <Legend scale={scale} />
      </figcaption>
      <div className="planes">
        {filtersOf(network).map((f) => (
          <div className="plane w-plane" key={f}>
            <Plane tensor={w} plane={f} scale={scale} label={planeWords(w, f)} />
          </div>
        ))}
      </div>
    </figure>
  );
}

function Maps({ network, answer: { values } }: InsideProps) {
  const maps = values[2]!;
  const scale = useMemo(() => signedScale(maps), [maps]);
  return (
    <figure className="filters maps">
      <figcaption className="heading">
        <span className="role-Y">Y</span>, feature maps after {layerWords(network.layers[1]!)}{" "}
        <Legend scale={scale} />
      </figcaption>
      <div className="planes">
        {filtersOf(network).map((f) => (
          <div className="plane y-plane" key={f}>
            <Plane tensor={maps} plane={f} scale={scale} label={mapWords(maps, f)} />
          </div>
        ))}
      </div>
    </figure>
  );
}

function Hidden({ network, answer: { values } }: InsideProps) {
  const at = network.layers.findIndex((layer) => layer.kind === "linear") + 2;
  return (
    <Bars
      title="hidden units"
      values={values[at]!.data}
      write={short}
      nameOf={(i) => `unit ${i + 1}`}
    />
  );
}

function Probabilities({ answer: { probabilities }, marked }: InsideProps) {
  return (
    <Bars
      title="probabilities"
      values={probabilities.data}
      most={1}
      write={percent}
      nameOf={String}
      named
      marked={marked}
    />
  );
}

/** What is inside a network while it answers, in the order it goes through. */
const INSIDES = Object.entries({ Filters, Maps, Hidden, Probabilities });

/** All of it, of one answer. */
export function Insides(props: InsideProps) {
  return INSIDES.map(([name, Inside]) => <Inside key={name} {...props} />);
}

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
