import type { Page } from "@playwright/test";
import type { Wanted } from "./probe.ts";

/** Something people do to the figure: how it is set up, and one input of it. */
export interface Action {
  readonly name: string;
  /** The event that is measured. */
  readonly wanted: Wanted;
  /** How long a person is about it, in milliseconds; without it, inputs follow one another as in a drag or from a held key. */
  readonly takes?: number;
  /** Makes ready, and gives what is to be done for sample `i`: real input, the measured event last. */
  readonly start: (page: Page) => Promise<(i: number) => Promise<void>>;
}

/** From one edit to the next: nobody sets things faster, and what glides has come to rest. */
const EDIT = 220;

const STAGE = ".figure-stage";
const grid = (name: string) => `[role=grid][aria-label="${name}"]`;

/** 0, 1, … n − 1, n − 2, … 0, 1, …: there and back again. */
function thereAndBack(i: number, n: number): number {
  const at = i % (2 * n - 2);
  return at < n ? at : 2 * n - 2 - at;
}

const step: Action = {
  name: "step",
  wanted: { type: "keydown" },
  async start(page) {
    const [count, value] = await page
      .getByRole("slider", { name: "Step" })
      .evaluate((slider: HTMLInputElement) => [Number(slider.max), Number(slider.value)]);
    const leg = Math.min(60, count! - value!);
    return (i) => page.keyboard.press(i % (2 * leg) < leg ? "ArrowRight" : "ArrowLeft");
  },
};

const hover: Action = {
  name: "hover",
  wanted: { type: "pointermove" },
  async start(page) {
    const x = page.locator(grid("X"));
    const [box, stage] = [await boxOf(page, grid("X")), await boxOf(page, STAGE)];
    const columns = Number(await x.getAttribute("aria-colcount"));
    const cell = box.width / columns;
    const first = Math.max(0, Math.ceil((stage.x - box.x) / cell));
    const last = Math.min(columns, Math.floor((stage.x + stage.width - box.x) / cell));
    return (i) => {
      const column = first + thereAndBack(i, last - first);
      const row = 2 + (i % 3);
      return page.mouse.move(box.x + (column + 0.5) * cell, box.y + (row + 0.5) * cell);
    };
  },
};

const scrub: Action = {
  name: "scrub",
  wanted: { type: "pointermove" },
  async start(page) {
    const slider = page.getByRole("slider", { name: "Step" });
    const box = (await slider.boundingBox())!;
    const [count, value] = await slider.evaluate((input: HTMLInputElement) => [
      Number(input.max),
      Number(input.value),
    ]);
    // The thumb's middle goes from half its width to half its width before the end.
    const thumb = 16;
    const track = box.width - thumb;
    const xOf = (at: number) => box.x + thumb / 2 + (track * at) / (count! - 1);
    const stride = Math.max(1, Math.ceil((3 * (count! - 1)) / track));
    const stops = Math.min(40, Math.floor((count! - 1) / stride) + 1);
    const begin = Math.min(value! - 1, count! - 1 - (stops - 1) * stride);
    const y = box.y + box.height / 2;
    await page.mouse.move(xOf(value! - 1), y);
    await page.mouse.down();
    await page.mouse.move(xOf(begin), y);
    return (i) => page.mouse.move(xOf(begin + stride * thereAndBack(i + 1, stops)), y);
  },
};

const stride: Action = {
  name: "change stride",
  takes: EDIT,
  wanted: { type: "keydown", asks: true },
  async start(page) {
    await page.getByRole("textbox", { name: "Stride", exact: true }).focus({ timeout: 3000 });
    return (i) => page.keyboard.press(i % 2 === 0 ? "ArrowUp" : "ArrowDown");
  },
};

const weight: Action = {
  name: "edit a weight",
  takes: EDIT,
  wanted: { type: "keydown", key: "Enter", asks: true },
  async start(page) {
    // The last weight: the first ones meet only padding in the first row of Y, which is the one in the page.
    const cells = page.locator(`${grid("W")} [role=gridcell]`);
    await cells.last().focus();
    return async (i) => {
      await page.keyboard.press(String(2 + (i % 8)));
      await page.waitForTimeout(EDIT); // the field opens, and is looked at
      await page.keyboard.press("Enter");
    };
  },
};

const zoom: Action = {
  name: "zoom",
  takes: EDIT,
  wanted: { type: "keydown" },
  start: async (page) => (i) => page.keyboard.press(i % 4 < 2 ? "+" : "-"),
};

/** How far a wheel turns, in CSS pixels and turns, before it turns back. */
const TURN = 60;
const TURNS = 10;

const wheel = (page: Page) => (i: number) =>
  page.mouse.wheel(0, i % (2 * TURNS) < TURNS ? TURN : -TURN);

/** In the page: how far the picture can be scrolled. */
const roomToScroll = (stage: Element) => stage.scrollHeight - stage.clientHeight;

const scroll: Action = {
  name: "scroll",
  wanted: { type: "wheel" },
  async start(page) {
    const stage = page.locator(STAGE);
    // as large as it takes for every turn of the wheel to scroll
    for (let zooms = 0; zooms < 2 || (await stage.evaluate(roomToScroll)) < TURN * TURNS; zooms++) {
      await page.keyboard.press("+");
      await page.waitForTimeout(300);
    }
    const box = await boxOf(page, STAGE);
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    return wheel(page);
  },
};

/** What large matrices must do within one frame, too. */
export const LARGE_ACTIONS: readonly Action[] = [step, zoom, scroll];

/** What can be done to an image of millions of pixels, seen whole and with its numbers. */
export const WHOLE_ACTIONS: readonly Action[] = [step, zoom];
export const NUMBERED_ACTIONS: readonly Action[] = [step, hover, scroll];
/** Another picture of all of it. */
export const REMAKING_ACTIONS: readonly Action[] = [weight];

/** What every lens must do within one frame. */
export const LENS_ACTIONS: readonly Action[] = [step];

/** What must be within one frame. */
export const ACTIONS: readonly Action[] = [step, hover, scrub, stride, weight];

/** The same inputs for the bare page. */
export const BARE_ACTIONS: readonly Action[] = [
  {
    ...step,
    name: "a key",
    start: async (page) => () => page.keyboard.press("ArrowRight"),
  },
  {
    ...hover,
    name: "a move",
    start: async (page) => (i) => page.mouse.move(300 + 27 * (i % 20), 200 + 27 * (i % 3)),
  },
  {
    ...scroll,
    name: "a scroll",
    async start(page) {
      await page.mouse.move(600, 400);
      return wheel(page);
    },
  },
];

async function boxOf(page: Page, selector: string) {
  const box = await page.locator(selector).boundingBox();
  if (!box) throw new Error(`${selector} cannot be seen`);
  return box;
}

/** Zooms until cells have numbers, and shows the end of X and the beginning of Y. */
export async function showNumbers(page: Page): Promise<void> {
  const side = async () =>
    (await boxOf(page, grid("X"))).width /
    Number(await page.locator(grid("X")).getAttribute("aria-colcount"));
  while ((await side()) < 20) {
    await page.keyboard.press("+");
    await page.waitForTimeout(100);
  }
  const y = await boxOf(page, grid("Y"));
  await page.locator(STAGE).evaluate((stage, left) => {
    stage.scrollLeft += left - stage.getBoundingClientRect().left - stage.clientWidth / 2;
  }, y.x);
  await page.waitForTimeout(100);
}

/** The focus goes from one part of a page to the next, whatever else the page is about. */
const focus: Action = {
  name: "focus",
  wanted: { type: "keydown", key: "Tab", anywhere: true },
  start: async (page) => () => page.keyboard.press("Tab"),
};

export const TRAINING_ACTIONS: readonly Action[] = [focus];

/** A network is trained as fast as it goes. */
export async function train(page: Page): Promise<void> {
  await page.getByLabel("as fast as it goes").check({ force: true });
  await page.getByRole("button", { name: "Train", exact: true }).click();
}
