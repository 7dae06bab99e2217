import { type Engine, type Part, pick, stepsPerEpoch } from "#engine";
import { keepUp } from "./keepUp.ts";
import { PACES, type wait } from "./paces.ts";
import type { HeldOut, LearningState, LearningStore } from "./state.ts";

/** Points of the held-out curve for an epoch; more cannot be told apart. */
const POINTS_AN_EPOCH = 10;

/** The curve with a point more, unless there is one as good as at its step. */
function withPoint(
  curve: readonly HeldOut[],
  point: HeldOut,
  distance: number,
): readonly HeldOut[] {
  if (curve.some(({ step }) => Math.abs(step - point.step) < distance)) return curve;
  return [...curve, point].toSorted((a, b) => a.step - b.step);
}

/** Whether the look there is shows what there is to see. */
function isNewest({ look, run, sample }: LearningState): boolean {
  return look !== null && look.run === run && look.sample === sample;
}

/**
 * Looks at a run as it goes: how it does on what is held out, and what it makes of one sample. One look at a time, at
 * the newest run each time; a run neither waits for one nor is changed by it.
 */
export function createLooks(
  state: LearningStore,
  ask: Engine["ask"],
  heldOut: () => Part,
  waiting: typeof wait,
) {
  async function look({ run, data, sample, history }: LearningState): Promise<void> {
    if (!run || !data) throw new Error("there is no run to look at");
    const { network } = run;
    const [evaluated, predicted] = await Promise.all([
      ask("evaluate", { network, data: heldOut() }),
      ask("predict", { network, image: pick(data, [sample]).images }),
    ]);
    const now = state.getState();
    const isSame = now.history?.kept[0]?.run === history?.kept[0]?.run;
    if (!isSame || now.run!.step < run.step) return; // it has begun anew since, or gone back
    const { loss, accuracy } = evaluated.evaluation;
    const distance = stepsPerEpoch(run) / POINTS_AN_EPOCH;
    state.setState({
      look: { run, evaluated, sample, predicted },
      heldOut: withPoint(now.heldOut, { step: run.step, loss, accuracy }, distance),
    });
  }

  /** Looks again, as soon as the look before is over, until the newest is seen. */
  return {
    again: keepUp(
      state,
      () => isNewest(state.getState()),
      async () => {
        await look(state.getState());
        const { pace } = state.getState();
        if (pace !== null) await waiting(PACES[pace].look);
      },
    ),
  };
}
