import type { Until } from "#engine";

interface PaceRow {
  readonly label: string;
  readonly why: string;
  /** How far one question to the worker goes. */
  readonly until: Until;
  /** What is waited for before the next one. */
  readonly wait: "tick" | "frame" | "nothing";
  /** How long a look at the network stands before the next. */
  readonly look: "look" | "long look";
  /** Milliseconds of a frame after which no other part of the page is shown in it. */
  readonly share: number;
}

/** How fast a run goes by itself: how far each question goes, and how soon the next one follows. */
export const PACES = {
  slow: {
    label: "slow",
    why: "Two steps a second: each can be followed.",
    until: { steps: 1 },
    wait: "tick",
    look: "look",
    share: Number.POSITIVE_INFINITY, // what belongs to a step is seen together
  },
  fast: {
    label: "fast",
    why: "Some steps for every frame of the screen.",
    until: { ms: 12 },
    wait: "frame",
    look: "look",
    share: 4,
  },
  fastest: {
    label: "as fast as it goes",
    why: "The worker never waits for the picture.",
    until: { ms: 500 },
    wait: "nothing",
    look: "long look", // what is drawn costs the page more than what is trained
    share: 0.5, // one part, or some that had nothing to draw
  },
} as const satisfies Record<string, PaceRow>;

export type Pace = keyof typeof PACES;

/** How long a tick is, and how long a look stands: more of them a second cannot be followed, and all of it is drawn. */
const MS = { tick: 500, look: 60, "long look": 1000 } as const;

/** Waits as a page does; a test waits in its own way. */
export function wait(what: PaceRow["wait"] | PaceRow["look"]): Promise<unknown> {
  if (what === "nothing") return Promise.resolve();
  return new Promise((resolve) => {
    if (what === "frame") requestAnimationFrame(resolve);
    else setTimeout(resolve, MS[what]);
  });
}
