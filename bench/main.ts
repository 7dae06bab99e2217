// How fast the page answers, in the real Chromium, on what is shipped.
//
// An input is real: Chromium is told to press a key or move the mouse. Two times are taken of each:
//
//   picture   from event.timeStamp (the browser received the input) to the end of the task of the animation frame in
//             which the new picture was painted: that frame is styled, laid out, painted and handed on to the screen
//             by then. What needs the engine counts from the input, too, to the first such frame after the answer.
//   work      the processor time of all tasks of the page's main thread from the one that handles the input to the
//             one that hands on that frame, from the browser's own trace. Processor time, since other programs on
//             the machine must not count as work of ours; they do show in the picture's time.
//
// What may follow the picture (the listing of the program, the address) is not counted by these two; it shows in
// the frames that playback leaves out.
// The processors are kept awake meanwhile (awake.ts).
// A bare page (bare.ts) is measured by the same means in the same run; `× bare` is our p95 by its p95. Where the bare
// page itself is near a goal, the machine is busy, and what is MISSED says little.
import { type Browser, chromium } from "@playwright/test";
import { LENSES } from "../app/lenses/lenses.ts";
import { findChromium } from "../scripts/browser.mjs";
import {
  ACTIONS,
  type Action,
  BARE_ACTIONS,
  LARGE_ACTIONS,
  LENS_ACTIONS,
  NUMBERED_ACTIONS,
  REMAKING_ACTIONS,
  TRAINING_ACTIONS,
  train,
  WHOLE_ACTIONS,
} from "./actions.ts";
import { keepAwake } from "./awake.ts";
import { occupyWorker } from "./bare.ts";
import { firstLoad } from "./firstLoad.ts";
import { type Measured, measure, type Place } from "./measure.ts";
import { dropped } from "./playback.ts";
import { type Line, ms, percentile, print } from "./report.ts";
import { serveApp } from "./site.ts";

/** The goals, in milliseconds, and bytes. */
const WORK = 8;
const PICTURE: Readonly<Record<number, number>> = { 1: 25, 4: 60 };
const FIRST_LOAD = 120_000;

/** Frames that playback may drop beyond those the bare page drops. */
const MORE_DROPPED = 0.05;

const SLOWDOWNS = [1, 4] as const;
const BARE: Place = { name: "bare page" };
/** What a page that trains is beside: one that does nothing, but has a worker that never rests either. */
const BESIDE_WORKER: Place = { name: "bare, busy worker", begin: occupyWorker };
const LENS = "&input=random:32x32:seed=1&kernel=sobel-x&padding=1&step=";
const LENS_NAMES = Object.keys(LENSES);
/** A step in the middle; the walks over the weights have few. */
const STEPS: Readonly<Record<string, number>> = { weights: 1, update: 1 };
const IMAGE = "&input=random:512x512:seed=1&kernel=sobel-x&padding=1&step=1000";
/** Lenses whose matrices are many times as large as the image. */
const MATRICES = ["im2col", "scatter", "rotate"];
const LARGE = "?input=random:32x32:seed=1&kernel=sobel-x&padding=1&step=300";
const HUGE = (side: number) =>
  `input=ramp:${side}x${side}&kernel=sobel-x&stride=1&padding=same&step=30`;
/** Another picture of four million pixels, in milliseconds; and the page may be held up by one frame. */
const REMADE = { picture: 50, work: 1000 / 60 };
const MOVING = "?input=random:64x64:seed=1&kernel=sobel-x&padding=1";

const p95 = (numbers: readonly number[]) => percentile(numbers, 0.95);

/** Where the bare page is later than a goal allows (a wheel scrolls some frames later, in any page), this much by its time. */
const BESIDE_BARE = 1.25;

/** One row of the table. Work is promised for a whole processor only. */
function rowOf(place: Place, slowdown: number, measured: Measured, bare: Measured | null): Line {
  const { action, work, picture, problem } = measured;
  const goals = place.goals ?? { picture: PICTURE[slowdown]!, work: WORK };
  const name = `${action.padEnd(14)} ${place.name.padEnd(19)} ${slowdown}×`;
  if (problem) return { text: `${name}  ${problem}`, holds: false };
  const column = (ours: readonly number[], others: readonly number[] | undefined) => {
    const ratio = others ? (p95(ours) / p95(others)).toFixed(2) : "";
    return `${ms(percentile(ours, 0.5))} ${ms(p95(ours))} ${ratio.padStart(6)}`;
  };
  const text = `${name} ${column(work, bare?.work)}   ${column(picture, bare?.picture)}`;
  if (!bare) return { text, holds: null };
  const goal = Math.max(goals.picture, BESIDE_BARE * p95(bare.picture));
  const holds = p95(picture) <= goal && (slowdown > 1 || p95(work) <= goals.work);
  return { text, holds };
}

async function rowsOf(
  browser: Browser,
  place: Place,
  slowdown: number,
  actions: readonly Action[],
  bare: readonly Measured[],
): Promise<Line[]> {
  const measured = await measure(browser, place, slowdown, actions);
  return measured.map((one, i) => {
    const beside = BARE_ACTIONS.findIndex(({ wanted }) => wanted.type === actions[i]!.wanted.type);
    return rowOf(place, slowdown, one, bare[beside] ?? null);
  });
}

/** Measures the actions; those that miss their goal have one more try. */
async function rows(
  browser: Browser,
  place: Place,
  slowdown: number,
  actions: readonly Action[],
  bare: readonly Measured[],
): Promise<Line[]> {
  const lines = await rowsOf(browser, place, slowdown, actions, bare);
  const missed = actions.filter((_, i) => lines[i]!.holds === false);
  if (missed.length === 0) return lines;
  const again = await rowsOf(browser, place, slowdown, missed, bare);
  return lines.map((line, i) => again[missed.indexOf(actions[i]!)] ?? line);
}

async function playbackRow(
  browser: Browser,
  place: Place,
  slowdown: number,
  beside: Place,
): Promise<Line> {
  const ours = await dropped(browser, place, slowdown);
  const bare = await dropped(browser, beside, slowdown);
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  return {
    text: `playback       ${place.name.padEnd(19)} ${slowdown}×  frames dropped ${percent(ours)}, ${beside.name} ${percent(bare)}`,
    // With a quarter of a processor the picture may leave frames out; a step is then shown later.
    holds: slowdown > 1 ? null : ours <= bare + MORE_DROPPED,
  };
}

async function loadLines(browser: Browser, address: string): Promise<Line[]> {
  const files = await firstLoad(browser, address);
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  const kilo = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;
  return [
    ...files.map(({ file, bytes }) => ({
      text: `  ${file} ${kilo(bytes)}`,
      holds: null,
    })),
    {
      text: `first load, gzip -9: ${kilo(total)} of ${kilo(FIRST_LOAD)}`,
      holds: total <= FIRST_LOAD,
    },
  ];
}

/** Measures the actions and lenses so named, or everything; whether all claims hold. */
async function run(browser: Browser, address: string, names: readonly string[]): Promise<boolean> {
  let all = true;
  const tell = (line: Line) => {
    print(line);
    if (line.holds === false) all = false;
  };
  const everything = names.length === 0;
  const actions = everything ? ACTIONS : ACTIONS.filter(({ name }) => names.includes(name));
  const places: Place[] = [
    { name: "opening, 8 × 8", address },
    { name: "32 × 32, numbers", address: address + LARGE, numbers: true },
  ];
  const moving: Place = { name: "64 × 64", address: address + MOVING };
  const isWanted = (lens: string) => everything || names.includes("lenses") || names.includes(lens);
  const lenses = LENS_NAMES.filter(isWanted).map((lens): Place => {
    return {
      name: `32 × 32, ${lens}`,
      address: `${address}?lens=${lens}${LENS}${STEPS[lens] ?? 300}`,
    };
  });
  const images = MATRICES.filter(isWanted).map((lens): Place => {
    return { name: `512 × 512, ${lens}`, address: `${address}?lens=${lens}${IMAGE}` };
  });
  const huge = (side: number, lens: string, more: Partial<Place> = {}): Place => {
    const { numbers } = more;
    const name = `${side}², ${numbers ? "numbers" : lens}`;
    return { name, address: `${address}?lens=${lens}&${HUGE(side)}`, ...more };
  };
  const largest =
    everything || names.includes("large")
      ? [
          { place: huge(2048, "window"), actions: WHOLE_ACTIONS },
          { place: huge(4096, "window"), actions: WHOLE_ACTIONS },
          { place: huge(4096, "window", { numbers: true }), actions: NUMBERED_ACTIONS },
          { place: huge(4096, "im2col"), actions: LARGE_ACTIONS },
          { place: huge(4096, "strides"), actions: LENS_ACTIONS },
        ]
      : [];
  const remaking = huge(2048, "window", { goals: REMADE });
  const training: Place = {
    name: "training",
    address: `${address}?lens=network`,
    begin: train,
  };
  const trains = everything || names.includes(training.name);
  console.log("milliseconds                         CPU   work                   picture");
  console.log(
    "action         size                        p50    p95 × bare      p50    p95 × bare",
  );
  for (const slowdown of SLOWDOWNS) {
    const bare = await measure(browser, BARE, slowdown, BARE_ACTIONS);
    for (const one of bare) tell(rowOf(BARE, slowdown, one, null));
    for (const place of actions.length > 0 ? places : [])
      for (const line of await rows(browser, place, slowdown, actions, bare)) tell(line);
    const more = [
      ...lenses.map((place) => ({ place, actions: LENS_ACTIONS })),
      ...images.map((place) => ({ place, actions: LARGE_ACTIONS })),
      ...largest,
      ...(largest.length > 0 && slowdown === 1
        ? [{ place: remaking, actions: REMAKING_ACTIONS }]
        : []),
    ];
    for (const { place, actions } of more)
      for (const line of await rows(browser, place, slowdown, actions, bare)) tell(line);
    if (everything) tell(await playback(browser, moving, slowdown));
    if (trains) {
      const beside = await measure(browser, BESIDE_WORKER, slowdown, BARE_ACTIONS);
      for (const one of beside) tell(rowOf(BESIDE_WORKER, slowdown, one, null));
      for (const line of await rows(browser, training, slowdown, TRAINING_ACTIONS, beside))
        tell(line);
      tell(await playback(browser, training, slowdown, BESIDE_WORKER));
    }
  }
  if (everything) for (const line of await loadLines(browser, address)) tell(line);
  return all;
}

/** With one more try, too. */
async function playback(
  browser: Browser,
  place: Place,
  slowdown: number,
  beside: Place = BARE,
): Promise<Line> {
  const line = await playbackRow(browser, place, slowdown, beside);
  return line.holds === false ? playbackRow(browser, place, slowdown, beside) : line;
}

/** Measures everything, or only the actions and lenses named; prints it; returns the exit status. */
export async function main(names: readonly string[]): Promise<number> {
  const known = [...ACTIONS.map(({ name }) => name), "lenses", ...LENS_NAMES, "large", "training"];
  const unknown = names.find((name) => !known.includes(name));
  if (unknown) {
    console.error(`There is no “${unknown}” to measure: ${known.join(", ")}.`);
    return 1;
  }
  const executablePath = findChromium();
  const site = await serveApp();
  const letSleep = keepAwake();
  const browser = await chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: ["--disable-quic", "--font-render-hinting=none"],
  });
  try {
    return (await run(browser, site.address, names)) ? 0 : 1;
  } finally {
    letSleep();
    await browser.close();
    await site.close();
  }
}
