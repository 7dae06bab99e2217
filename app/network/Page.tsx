import { useEffect, useState } from "react";
import "../controls/pictures.css";
import "./network.css";
import { isTaken } from "../shell/keys.ts";
import { Notices } from "../shell/Notices.tsx";
import { useFigureStore } from "../store/context.ts";
import type { Learner } from "../store/network/learner.ts";
import { learnerFor } from "../store/network/learnerFor.ts";
import type { Pace } from "../store/network/paces.ts";
import { Answer } from "./Answer.tsx";
import { Confusion } from "./Confusion.tsx";
import { Curves } from "./Curves.tsx";
import { Files } from "./Files.tsx";
import { Findings } from "./Findings.tsx";
import { OpenSample } from "./OpenSample.tsx";
import { OwnData } from "./OwnData.tsx";
import { RunSettings } from "./RunSettings.tsx";
import { RunTransport } from "./RunTransport.tsx";
import { Mistakes, Samples } from "./Samples.tsx";
import { LearnerContext, useLearner, useLearning } from "./use.ts";
import { layerName, percent, short } from "./words.ts";

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
  const [pace, setPace] = useState<Pace>("fast");
  const choose = (next: Pace) => {
    setPace(next);
    if (learner.state.getState().pace !== null) learner.play(next);
  };
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const { ctrlKey, metaKey, altKey, shiftKey, key } = event;
      if (event.defaultPrevented || isTaken(event)) return;
      if (ctrlKey || metaKey || altKey || shiftKey || !Object.hasOwn(KEYS, key)) return;
      event.preventDefault();
      KEYS[key as keyof typeof KEYS](learner, pace);
    };
    addEventListener("keydown", listen);
    return () => removeEventListener("keydown", listen);
  }, [learner, pace]);
  return (
    <>
      <aside className="settings" aria-label="Settings">
        <RunSettings />
        <OwnData />
        <Files />
      </aside>
      <main className="figure network">
        <Notices />
        <Head />
        <Curves />
        <Samples />
        <Answer />
      </main>
      <RunTransport pace={pace} onPace={choose} />
      <aside className="explanation" aria-label="Explanation">
        <Findings />
        <OpenSample />
        <Confusion />
        <Mistakes />
      </aside>
    </>
  );
}

/** What the keys of the figure's playback do here. */
const KEYS = {
  " ": (learner: Learner, pace: Pace) =>
    learner.state.getState().pace === null ? learner.play(pace) : learner.pause(),
  ArrowRight: (learner: Learner) => learner.once(),
  ArrowLeft: (learner: Learner) => learner.goTo(learner.state.getState().run!.step - 1),
  Home: (learner: Learner) => learner.goTo(0),
} as const;

/** The network as an equation, and where the run stands. */
function Head() {
  const layers = useLearning((state) => state.run?.network.layers ?? []);
  const step = useLearning((state) => state.run?.step ?? 0);
  const metrics = useLearning(({ metrics, run }) => metrics[(run?.step ?? 0) - 1]);
  const look = useLearning((state) => state.look);
  const goes = useLearning((state) => state.pace !== null);
  const failure = useLearning((state) => state.failure);
  const loss = metrics ? `loss ${short(metrics.loss)}` : "not trained yet";
  // a look may be some steps old: then it says at which
  const when = look && look.run.step !== step ? ` after step ${look.run.step}` : "";
  const held = look && `held out ${percent(look.evaluated.evaluation.accuracy)} right${when}`;
  const words = `Step ${step}: ${[loss, held].filter(Boolean).join(", ")}.`;
  return (
    <div className="figure-head">
      <div>
        <p className="equation network-equation">
          {["X", ...layers.map(layerName), "softmax"].join(" → ")}
        </p>
        <p className="remark network-state">{words}</p>
        {/* heard once the run stands: spoken sixty times a second it would say nothing */}
        <p className="visually-hidden" role="status">
          {goes ? "" : words}
        </p>
        {failure !== null && <p className="problem">{failure}</p>}
      </div>
    </div>
  );
}
