import { useId, useRef, useState } from "react";
import { useStore } from "zustand";
import "./training.css";
import {
  type Document,
  formatKernelWord,
  KERNELS,
  type KernelName,
  type KernelRow,
  setKernelWord,
  setUpstream,
  trainingOf,
  upstreamOfWord,
} from "#engine";
import { useFigure, useFigureStore } from "../store/context.ts";
import { trainerOf } from "../store/training.ts";
import { lossName, lossOf, lossText } from "../store/verdict.ts";
import { LossCurve } from "./LossCurve.tsx";

/** Once, again, stop: the updates, over the picture of whatever lens is open. */
export function TrainingBar() {
  const store = useFigureStore();
  const trainer = trainerOf(store);
  const { losses, ending: last, endedAt } = useStore(trainer.state);
  const running = useFigure((state) => state.learning === "running");
  const stands = useFigure((state) => state.document === endedAt);
  const ending = stands ? last : null;
  const button = useRef<HTMLButtonElement>(null);
  /** A button that goes with what it does leaves the focus to the one it was for. */
  const edit = (change: (document: Document) => Document) => {
    button.current!.focus();
    store.getState().change(change);
  };
  const aims = useFigure(({ document }) => hasTarget(document.upstream.word));
  const why = useId();
  const again = () => {
    if (running) trainer.stop();
    else if (aims) trainer.again();
  };
  return (
    <section className="training-bar" aria-label="Updates">
      <span className="training-buttons">
        <button
          type="button"
          className="button"
          onClick={() => running || trainer.once()}
          aria-disabled={running}
        >
          Once
        </button>
        <button
          type="button"
          className="button solid"
          ref={button}
          onClick={again}
          aria-disabled={!(running || aims)}
          aria-describedby={aims ? undefined : why}
        >
          {running ? "Stop" : "Again"}
        </button>
      </span>
      <Numbers />
      <LossCurve losses={running || stands ? losses : []} />
      <div className="training-words">
        {!aims && !running && <Aim id={why} edit={edit} />}
        <p className={ending?.tone === "problem" ? "problem" : "hint"} role="status">
          {ending?.text}
        </p>
        {ending?.offer === "weights" && !running && <RandomWeights edit={edit} />}
      </div>
    </section>
  );
}

/** What is offered changes the document. */
interface Offer {
  readonly edit: (change: (document: Document) => Document) => void;
}

function hasTarget(word: string | null): boolean {
  return word !== null && /^(kernel|image):/.test(word);
}

/** How many updates have been made, and the loss there is now. */
function Numbers() {
  const updates = useFigure(({ answered }) =>
    answered ? (trainingOf(answered.document).motion?.updates ?? 0) : 0,
  );
  const answer = useFigure((state) => state.answered?.answer);
  const back = answer?.back;
  return (
    <p className="training-numbers">
      {updates} {updates === 1 ? "update" : "updates"}
      {back && (
        <span>
          {lossName(back)} = {lossText(lossOf(answer, back))}
        </span>
      )}
    </p>
  );
}

/** What “again” lacks without a target, and one that can be had. */
function Aim({ id, edit }: Offer & { readonly id: string }) {
  const name = useFigure(({ document }) => targetFor(document.kernel.tensor.shape));
  if (name === null) return null;
  const { label } = KERNELS[name];
  return (
    <p className="hint training-words">
      <span id={id} title="This ∂L/∂Y stays what it is, and the loss falls for ever.">
        “Again” needs a target:
      </span>
      <button
        type="button"
        className="button small"
        onClick={() => edit((document) => setUpstream(document, upstreamOfWord(`kernel:${name}`)))}
      >
        aim at {label}
      </button>
    </p>
  );
}

/** Sobel x where it exists at this size, else the first kernel that does. */
function targetFor(shape: readonly number[]): KernelName | null {
  const [, , kH, kW] = shape as [number, number, number, number];
  const names = ["sobel-x", ...Object.keys(KERNELS)] as KernelName[];
  return (
    names.find((name) => {
      const row: KernelRow = KERNELS[name];
      return row.fits(kH, kW);
    }) ?? null
  );
}

function RandomWeights({ edit }: Offer) {
  const [seed, setSeed] = useState(4);
  const draw = () => {
    setSeed(seed + 1);
    edit((document) => {
      const [, , kH, kW] = document.kernel.tensor.shape as [number, number, number, number];
      const word = { name: "random", seed, size: [kH, kW], argument: 0 } as const;
      return setKernelWord(document, formatKernelWord(word));
    });
  };
  return (
    <button type="button" className="button small" onClick={draw}>
      Begin with random weights
    </button>
  );
}
