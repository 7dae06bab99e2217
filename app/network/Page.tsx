import { useEffect, useState } from "react";
import "../controls/pictures.css";
import "./network.css";
import { usePalette } from "../controls/scales.ts";
import { Notices } from "../shell/Notices.tsx";
import { useFigureStore } from "../store/context.ts";
import type { Learner } from "../store/network/learner.ts";
import { learnerFor } from "../store/network/learnerFor.ts";
import { Confusion } from "./Confusion.tsx";
import { Curves } from "./Curves.tsx";
import { Files } from "./Files.tsx";
import { Findings } from "./Findings.tsx";
import { KeptRuns } from "./KeptRuns.tsx";
import { Looked } from "./Looked.tsx";
import { OwnData } from "./OwnData.tsx";
import { RunSettings } from "./RunSettings.tsx";
import { RunTransport } from "./RunTransport.tsx";
import { Mistakes, Samples } from "./Samples.tsx";
import { StepWords } from "./StepWords.tsx";
import { Turn } from "./Turn.tsx";
import { LearnerContext, PaletteContext, TurnsContext, useLearner, useLearning } from "./use.ts";
import { useTurns } from "./useTurns.ts";
import { Weights } from "./Weights.tsx";
import { layerName } from "./words.ts";

/** The Network: a classifier that is trained while one looks on. */
export function Page() {
  const store = useFigureStore();
  const [learner, setLearner] = useState<Learner | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [tries, setTries] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another try is asked for by counting it
  useEffect(() => {
    let isHere = true;
    setProblem(null);
    learnerFor(store).then(
      (made) => isHere && setLearner(made),
      (error: Error) => isHere && setProblem(error.message),
    );
    return () => {
      isHere = false;
    };
  }, [store, tries]);
  if (learner)
    return (
      <LearnerContext value={learner}>
        <Room />
      </LearnerContext>
    );
  return (
    <main className="figure">
      <Notices />
      <div className="figure-head">
        <p role="status">{problem === null ? "The digits are being fetched." : problem}</p>
        {problem !== null && (
          <button type="button" className="button" onClick={() => setTries(tries + 1)}>
            Try again
          </button>
        )}
      </div>
    </main>
  );
}

function Room() {
  const learner = useLearner();
  const turns = useTurns();
  useEffect(() => {
    learner.comeBack();
    return learner.leave;
  }, [learner]);
  return (
    <PaletteContext value={usePalette()}>
      <TurnsContext value={turns}>
        <aside className="settings" aria-label="Settings">
          <RunSettings />
          <OwnData />
          <Files />
        </aside>
        <main className="figure network">
          <Notices />
          <Turn>
            <Head />
          </Turn>
          <Curves />
          <Turn>
            <KeptRuns />
          </Turn>
          <Turn>
            <Samples />
          </Turn>
          <Looked />
          <Turn>
            <Weights />
          </Turn>
        </main>
        <Turn>
          <RunTransport />
        </Turn>
        <aside className="explanation" aria-label="Explanation">
          <Turn>
            <StepWords />
          </Turn>
          <Turn>
            <Findings />
          </Turn>
          <Turn>
            <Confusion />
          </Turn>
          <Turn>
            <Mistakes />
          </Turn>
        </aside>
      </TurnsContext>
    </PaletteContext>
  );
}

/** The network as an equation, and what is done with it. */
function Head() {
  const layers = useLearning((state) => state.run?.network.layers ?? []);
  const batch = useLearning((state) => state.run?.course.batch ?? 0);
  return (
    <div className="figure-head">
      <div>
        <p className="equation network-equation">
          <span className="role-X">X</span>
          {layers.map((layer, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a layer is its place
            <span key={i}> → {layerName(layer)}</span>
          ))}{" "}
          → softmax
        </p>
        <p className="remark">
          {batch} images go through, the loss says how wrong it was, and every weight takes a step
          downhill.
        </p>
      </div>
    </div>
  );
}
