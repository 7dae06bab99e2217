import type { Answer, Backward, Tensor } from "#engine";

/** How a run of updates ended, in a sentence. */
export interface Ending {
  readonly text: string;
  readonly tone: "info" | "problem";
  /** What would help, where something would. */
  readonly offer?: "weights";
}

/** A weight that moves by less than this part of itself (of 1, if it is smaller) stands still. */
const STILL = 1e-6;
/** A loss this small beside that of outputs of 0 is as good as none. */
const FOUND = 1e-9;
/** A loss that has grown this much will not come back. */
const LOST = 10;

/** ½‖Y − T‖², or Σ ∂L/∂Y · Y where there is no target. */
export function lossOf({ y }: Answer, { target, upstream }: Backward): number {
  return target ? target.loss : y.data.reduce((sum, v, i) => sum + v * upstream.data[i]!, 0);
}

/** What the loss is called. */
export function lossName({ target }: Backward): string {
  return target ? "½‖Y − T‖²" : "Σ ∂L/∂Y · Y";
}

/** A loss in few digits. */
export function lossText(loss: number): string {
  return String(Number(loss.toPrecision(4))).replaceAll("-", "−");
}

function updates(n: number): string {
  return n === 1 ? "1 update" : `${n} updates`;
}

function reachOf({ data }: Tensor): number {
  return data.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
}

/** Whether the next update would move nothing, neither by its gradient nor by its velocity. */
function isStill({ update, dw, db }: Backward): boolean {
  return [
    { moved: update.w, gradient: dw },
    { moved: update.b, gradient: db },
  ].every(({ moved: { before, after }, gradient }) => {
    const least = STILL * Math.max(1, reachOf(before.parameters));
    return gradient.data.every((g, i) => {
      const way = after.parameters.data[i]! - before.parameters.data[i]!;
      return Math.abs(way) <= least && Math.abs(before.lr * g) <= least;
    });
  });
}

/** The loss that outputs of 0 would have: what other losses are compared with. */
function scaleOf({ target }: Backward): number {
  return target ? target.tensor.data.reduce((sum, v) => sum + v * v, 0) / 2 : 0;
}

/** How it ends if it ends here: nothing moves any more, or the loss has run away; null where it goes on. */
export function endingOf(losses: readonly number[], back: Backward): Ending | null {
  const made = losses.length - 1;
  const first = losses[0]!;
  const loss = losses.at(-1)!;
  const scale = scaleOf(back);
  if (!Number.isFinite(loss))
    return {
      tone: "problem",
      text: `Stopped after ${updates(made)}: the loss is no number any more. Take it back, and try a smaller step length.`,
    };
  if (loss > LOST * first && loss > scale)
    return {
      tone: "problem",
      text: `Stopped after ${updates(made)}: the loss grew from ${lossText(first)} to ${lossText(loss)}. Take it back, and try a smaller step length.`,
    };
  if (!isStill(back)) return null;
  return standstill(made, loss, scale, back);
}

function standstill(made: number, loss: number, scale: number, back: Backward): Ending {
  if (back.update.w.before.lr === 0)
    return { tone: "problem", text: "The step length is 0: nothing moves." };
  const shut =
    back.delta.data.every((d) => d === 0) && back.upstream.data.some((u) => Math.abs(u) > 0);
  if (shut)
    return {
      tone: "problem",
      text: "Every gate is shut: no gradient gets through, and nothing is learnt from here.",
      offer: "weights",
    };
  const found = loss <= FOUND * scale;
  if (made === 0 && found)
    return {
      tone: "info",
      text: "There is nothing to learn: Y is the target already.",
      offer: "weights",
    };
  return {
    tone: "info",
    text: found
      ? `Converged after ${updates(made)}: the loss is ${lossText(loss)}, as good as 0.`
      : `Converged after ${updates(made)}: the gradient is as good as 0, and the loss stays at ${lossText(loss)}.`,
  };
}

/** What a single update has done. */
export function updatedOnce(losses: readonly number[], { update }: Backward): Ending {
  const [before, after] = losses.slice(-2) as [number, number];
  const change = `from ${lossText(before)} to ${lossText(after)}`;
  const which = `Update ${update.w.before.updates}`;
  if (after > before)
    return {
      tone: "problem",
      text: `${which}: the loss grew ${change}. Try a smaller step length.`,
    };
  if (!Number.isFinite(after))
    return {
      tone: "problem",
      text: `${which}: the loss is no number any more. Take it back, and try a smaller step length.`,
    };
  return {
    tone: "info",
    text:
      after < before
        ? `${which}: the loss fell ${change}.`
        : `${which}: the loss stays at ${lossText(after)}.`,
  };
}

/** Where a run was stopped. */
export function stoppedAt(losses: readonly number[]): Ending {
  const loss = losses.at(-1);
  if (loss === undefined) return { tone: "info", text: "Stopped." };
  return {
    tone: "info",
    text: `Stopped after ${updates(Math.max(0, losses.length - 1))}: the loss is ${lossText(loss)}.`,
  };
}
