import type { Browser, Page } from "@playwright/test";
import { type Action, showNumbers } from "./actions.ts";
import { installBare } from "./bare.ts";
import { installProbe, type Sample } from "./probe.ts";
import { CATEGORIES, costBetween, endAround, MARK, type Task, tasksOf } from "./trace.ts";

/** Samples of one action. */
const SAMPLES = 60;

/** Inputs that come before the measured ones: code is compiled, caches are filled. */
const WARM_UP = 6;

/** Between two inputs, in milliseconds; and up to a frame more, so that they meet the screen anywhere. */
const pauseOf = ({ takes = 15 }: Action, slowdown: number) => takes + 10 * slowdown;
const FRAME = 1000 / 60;

/** A page is left alone this long first: what comes after the first picture is not to fall among the samples. */
const SETTLING = 1000;

/** What is looked at: the bare page, or ours at an address. */
export interface Place {
  readonly name: string;
  /** undefined: the bare page. */
  readonly address?: string;
  /** What is done there before anything is measured, instead of waiting for the first picture on a canvas. */
  readonly begin?: (page: Page) => Promise<void>;
  readonly numbers?: boolean;
  /** Milliseconds, where more is promised, or less, than of what is asked of every picture. */
  readonly goals?: { readonly picture: number; readonly work: number };
}

/** Milliseconds of every sample. */
export interface Measured {
  readonly action: string;
  /** What the main thread did between the input and its picture. */
  readonly work: readonly number[];
  /** From the input to its picture. */
  readonly picture: readonly number[];
  /** Why there are no samples. */
  readonly problem?: string;
}

/** A page at a place, measured by the probe, on a processor that many times slower. */
export async function openAt(browser: Browser, place: Place, slowdown: number): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.addInitScript(installProbe);
  await page.goto(place.address ?? "about:blank");
  if (!place.address) await page.evaluate(installBare);
  if (place.begin) await place.begin(page);
  else await page.evaluate(() => window.probe.first);
  if (place.numbers) await showNumbers(page);
  await page.waitForTimeout(SETTLING);
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
  return page;
}

/** Measures some actions at a place, one after the other. */
export async function measure(
  browser: Browser,
  place: Place,
  slowdown: number,
  actions: readonly Action[],
): Promise<Measured[]> {
  const page = await openAt(browser, place, slowdown);
  const results: Measured[] = [];
  for (const action of actions) {
    results.push(await measureOne(browser, page, slowdown, action));
    await letGo(page);
  }
  await page.close();
  return results;
}

async function measureOne(
  browser: Browser,
  page: Page,
  slowdown: number,
  action: Action,
): Promise<Measured> {
  try {
    const next = await action.start(page);
    const { wanted } = action;
    await page.evaluate((it) => window.probe.watch(it), wanted);
    for (let i = 0; i < WARM_UP; i++) await sample(page, action, slowdown, () => next(i));
    const { samples, tasks } = await traced(browser, page, async () => {
      for (let i = 0; i < SAMPLES; i++)
        await sample(page, action, slowdown, () => next(WARM_UP + i));
    });
    return { action: action.name, ...times(samples, tasks) };
  } catch (error) {
    const problem = error instanceof Error ? error.message.split("\n")[0]! : String(error);
    return { action: action.name, work: [], picture: [], problem };
  }
}

/** What the probe and the browser recorded while something was done. */
async function traced(browser: Browser, page: Page, act: () => Promise<void>) {
  await browser.startTracing(page, { categories: CATEGORIES });
  let trace: Buffer;
  try {
    await page.evaluate((name) => {
      window.probe.clear();
      performance.mark(name);
    }, MARK);
    await act();
  } finally {
    trace = await browser.stopTracing();
  }
  return { samples: await page.evaluate(() => window.probe.take()), tasks: tasksOf(trace) };
}

/** Leaves the page as the next action expects it: nothing pressed, pointed at or focused. */
async function letGo(page: Page): Promise<void> {
  await page.mouse.up();
  await page.mouse.move(2, 2);
  await page.evaluate(() => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  });
  await page.waitForTimeout(300);
}

async function sample(
  page: Page,
  action: Action,
  slowdown: number,
  act: () => Promise<void>,
): Promise<void> {
  await act();
  await page.waitForTimeout(pauseOf(action, slowdown) + Math.random() * FRAME);
  if (!(await page.evaluate(() => window.probe.settle())))
    throw new Error("an input was followed by no picture");
}

function times(samples: readonly Sample[], tasks: readonly Task[]) {
  const shown = samples.map((sample) => ({ ...sample, end: endAround(tasks, sample.painted) }));
  return {
    work: shown.map(({ handled, end }) => costBetween(tasks, handled, end)),
    picture: shown.map(({ input, end }) => end - input),
  };
}
