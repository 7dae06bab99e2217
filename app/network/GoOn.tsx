import { useEffect } from "react";
import { useStore } from "zustand";
import { nameOf } from "../store/network/lastRun.ts";
import { useLearner } from "./use.ts";

/** The run of the visit before, to go on with. */
export function GoOn() {
  const { last } = useLearner();
  const offered = useStore(last.state, (state) => state.offered);
  useEffect(() => {
    // A page that is hidden may never come back, and is not told when it is left.
    const onHidden = () => document.hidden && void last.keep();
    const onLeaving = (event: BeforeUnloadEvent) => {
      if (!last.isAtRisk()) return;
      void last.keep();
      event.preventDefault();
    };
    document.addEventListener("visibilitychange", onHidden);
    addEventListener("beforeunload", onLeaving);
    return () => {
      document.removeEventListener("visibilitychange", onHidden);
      removeEventListener("beforeunload", onLeaving);
    };
  }, [last]);
  if (!offered) return null;
  const steps = offered.step === 1 ? "1 step" : `${offered.step} steps`;
  return (
    <p className="go-on">
      <button
        type="button"
        className="button"
        title="It is kept in this browser until another takes its place."
        onClick={() => void last.goOn()}
      >
        Go on with {nameOf(offered)}
      </button>
      {steps} over {offered.images}.
    </p>
  );
}
