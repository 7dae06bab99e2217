import { expect, type Page } from "@playwright/test";
import { EXAMPLES, sizeOf } from "#engine";
import {
  eventually,
  expectMoment,
  grid,
  isFramed,
  open,
  said,
  slider,
  type Truth,
  test,
  truthOfLink,
  windowOf,
} from "./support.ts";

const OPENING = EXAMPLES.opening.link;
const OPENING_STEP = Number(new URLSearchParams(OPENING).get("step")) - 1;
const FROM_START = OPENING.replace(/&step=\d+/, "");

/** Everything that a small layer can have. */
const RICH =
  "input=random:7x9:seed=3&channels=3&batch=2&kernel=random:3x2:seed=5&filters=2&bias=1,-2.5" +
  "&flip=true&stride=1,2&padding=1,2,0,1&mode=reflect&dilation=2,1&activation=relu";

/** Two groups, each of two filters that share two channels. */
const GROUPED =
  "input=random:5x6:seed=8&channels=4&kernel=random:2x2:seed=9&filters=4&bias=0,1,2,3" +
  "&padding=same&mode=circular&groups=2&activation=leaky-relu:0.5";

const stepsOf = ({ geometry }: Truth) => sizeOf(geometry.shapes.Y);

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

test("the page opens with the opening document at its step", async ({ page }) => {
  const truth = await truthOfLink(OPENING);
  await open(page);
  await expectMoment(page, truth, { step: OPENING_STEP });
});

test("every step of the opening walk shows what the engine computes, there and back", async ({
  page,
}) => {
  const truth = await truthOfLink(FROM_START);
  const last = stepsOf(truth) - 1;
  await open(page, FROM_START);
  for (let step = 0; step <= last; step++) {
    await expectMoment(page, truth, { step });
    await page.keyboard.press("ArrowRight");
  }
  await expectMoment(page, truth, { step: last }); // at the end it stays
  for (let step = last - 1; step >= 0; step--) {
    await page.keyboard.press("ArrowLeft");
    await expectMoment(page, truth, { step });
  }
});

test("the frames of the window and of its output stand where the step is", async ({ page }) => {
  const truth = await truthOfLink(FROM_START);
  const { columns } = truth.geometry;
  await open(page, FROM_START);
  for (const step of [0, 1, columns.out, stepsOf(truth) - 1]) {
    await slider(page).fill(String(step + 1));
    const output = { row: Math.floor(step / columns.out), column: step % columns.out };
    await eventually(() => isFramed(page, "X", windowOf(truth, step)), true);
    await eventually(() => isFramed(page, "Y", { ...output, rows: 1, columns: 1 }), true);
  }
});

test("keys step, go by rows, and to both ends", async ({ page }) => {
  const truth = await truthOfLink(OPENING);
  const last = stepsOf(truth) - 1;
  const row = truth.geometry.columns.out;
  await open(page);
  const walk: readonly [key: string, step: number][] = [
    ["ArrowRight", OPENING_STEP + 1],
    ["ArrowLeft", OPENING_STEP],
    ["PageDown", OPENING_STEP + 1],
    ["PageUp", OPENING_STEP],
    ["Shift+ArrowDown", OPENING_STEP + row],
    ["Shift+ArrowUp", OPENING_STEP],
    ["Shift+ArrowRight", OPENING_STEP + row],
    ["Shift+ArrowLeft", OPENING_STEP],
    ["End", last],
    ["ArrowRight", last],
    ["Shift+ArrowDown", last],
    ["Home", 0],
    ["ArrowLeft", 0],
    ["Shift+ArrowUp", 0],
  ];
  for (const [key, step] of walk)
    await test.step(key, async () => {
      await page.keyboard.press(key);
      await expectMoment(page, truth, { step });
    });
});

test("the buttons of the transport step, and go to both ends", async ({ page }) => {
  const truth = await truthOfLink(OPENING);
  await open(page);
  await button(page, "Step on").click();
  await expectMoment(page, truth, { step: OPENING_STEP + 1 });
  await button(page, "Step back").click();
  await expectMoment(page, truth, { step: OPENING_STEP });
  await button(page, "Last step").click();
  await expectMoment(page, truth, { step: stepsOf(truth) - 1 });
  await button(page, "First step").click();
  await expectMoment(page, truth, { step: 0 });
});

test("the slider is the figure's time, by mouse and by keyboard", async ({ page }) => {
  const truth = await truthOfLink(OPENING);
  const last = stepsOf(truth) - 1;
  await open(page);
  const { x, y, width, height } = (await slider(page).boundingBox())!;
  const middle = y + height / 2;
  await page.mouse.move(x + 4, middle);
  await page.mouse.down();
  await expectMoment(page, truth, { step: 0 });
  for (const share of [0.3, 0.8, 0.55]) {
    await page.mouse.move(x + width * share, middle, { steps: 4 });
    const step = Number(await slider(page).inputValue()) - 1;
    expect(Math.abs(step / last - share)).toBeLessThan(1 / last);
    await expectMoment(page, truth, { step });
  }
  await page.mouse.move(x + width + 40, middle, { steps: 4 });
  await page.mouse.up();
  await expectMoment(page, truth, { step: last });

  for (const [key, step] of [
    ["Home", 0],
    ["ArrowRight", 1],
    ["End", last],
    ["ArrowLeft", last - 1],
  ] as const) {
    await page.keyboard.press(key);
    await expectMoment(page, truth, { step });
  }
  await expect(slider(page)).toBeFocused();
});

test.describe("playing", () => {
  const speed = (page: Page) => page.getByRole("combobox", { name: "Steps a second" });
  const loop = (page: Page) => page.getByRole("checkbox", { name: "loop" });

  // The page's clock is the test's: how long a step lasts does not hang on the machine.
  test.beforeEach(async ({ page }) => {
    await page.clock.install();
    await open(page, FROM_START);
    await page.clock.pauseAt(Date.now() + 60_000);
  });

  /** Lets the page live for so many seconds, and a little: a step is taken with the next picture of the screen. */
  const seconds = (page: Page, count: number) => page.clock.runFor(count * 1000 + 50);

  /** Pauses, and lets the page live until its words have followed its picture. */
  async function pause(page: Page): Promise<void> {
    await button(page, "Pause").click();
    await page.clock.runFor(50);
  }

  test("takes as many steps a second as it says, until it is paused", async ({ page }) => {
    const truth = await truthOfLink(FROM_START);
    await speed(page).selectOption("2");
    await button(page, "Play").click();
    await seconds(page, 2);
    await expect(slider(page)).toHaveValue(String(1 + 4));
    await pause(page);
    await seconds(page, 2);
    await expectMoment(page, truth, { step: 4 });

    await button(page, "First step").click();
    await speed(page).selectOption("4");
    await button(page, "Play").click();
    await seconds(page, 3);
    await pause(page);
    await expectMoment(page, truth, { step: 12 });
  });

  test("begins again at the end when it loops, and stops there when it does not", async ({
    page,
  }) => {
    const truth = await truthOfLink(FROM_START);
    const last = stepsOf(truth) - 1;
    await page.keyboard.press("End");
    await page.keyboard.press("ArrowLeft");
    await expect(loop(page)).toBeChecked();
    await button(page, "Play").click();
    await seconds(page, 1);
    await pause(page);
    await expectMoment(page, truth, { step: 0 });

    await loop(page).uncheck();
    await page.keyboard.press("End");
    await page.keyboard.press("ArrowLeft");
    await button(page, "Play").click();
    await seconds(page, 1);
    await expect(button(page, "Play")).toBeVisible();
    await expectMoment(page, truth, { step: last });
    await button(page, "Play").click(); // from the end it starts over
    await seconds(page, 0.5);
    await pause(page);
    await expectMoment(page, truth, { step: 1 });
  });

  test("is spoken of only where it stops", async ({ page }) => {
    const truth = await truthOfLink(FROM_START);
    await expectMoment(page, truth, { step: 0 });
    const { spoken } = await said(page);
    await page.keyboard.press("Space");
    await seconds(page, 1);
    await expect(slider(page)).toHaveValue("3");
    expect((await said(page)).spoken).toBe(spoken);
    await page.keyboard.press("Space");
    await page.clock.runFor(50);
    await expectMoment(page, truth, { step: 2 });
  });
});

test("every product fills in tap by tap, and the sum grows with it", async ({ page }) => {
  const truth = await truthOfLink(OPENING);
  const { window } = truth.geometry;
  await open(page);
  await page.keyboard.press(".");
  for (let slot = 0; slot < window; slot++) {
    await expectMoment(page, truth, { step: OPENING_STEP, slot });
    await page.keyboard.press("ArrowRight");
  }
  await expectMoment(page, truth, { step: OPENING_STEP + 1, slot: 0 });
  await expect(slider(page)).toHaveAttribute("max", String(stepsOf(truth) * window));
  await page.keyboard.press("ArrowLeft");
  await expectMoment(page, truth, { step: OPENING_STEP, slot: window - 1 });
  await page.keyboard.press("Shift+ArrowDown");
  const below = OPENING_STEP + truth.geometry.columns.out;
  await expectMoment(page, truth, { step: below, slot: window - 1 });
  await page.keyboard.press("Home");
  await expectMoment(page, truth, { step: 0, slot: 0 });
  await page.getByRole("checkbox", { name: "every product" }).uncheck();
  await expectMoment(page, truth, { step: 0 });
});

for (const [name, link] of [
  ["with batch, channels, filters, dilation, reflected sides, flip, bias and ReLU", RICH],
  ["with groups", GROUPED],
] as const)
  test(`a layer ${name} shows what the engine computes`, async ({ page }) => {
    const truth = await truthOfLink(link);
    const { geometry } = truth;
    const steps = stepsOf(truth);
    await open(page, link);
    // the first and the last of a plane, of a filter, of a sample, and some between
    const sampled = [0, 1, 5, 23, 24, 47, 48, 71, 72, 77, steps - 2, steps - 1];
    for (const step of sampled) {
      await slider(page).fill(String(step + 1));
      await expectMoment(page, truth, { step });
    }
    await page.keyboard.press(".");
    for (let slot = 0; slot < geometry.window; slot++) {
      await expectMoment(page, truth, { step: steps - 1, slot });
      await page.keyboard.press("ArrowRight");
    }
  });

test.describe("a large picture that was stepped through looks like one that is opened there", () => {
  /** The corners of a frame may be rounded a little differently. */
  const CORNERS = 12;

  /** The picture, and what moves over it, as two PNGs. */
  const pixelsOf = (page: Page) =>
    page.evaluate(() =>
      Array.from(document.querySelectorAll<HTMLCanvasElement>(".figure-stage canvas"), (canvas) =>
        canvas.toDataURL(),
      ),
    );

  /** How many pixels of the page's picture are others now. */
  const differing = (page: Page, before: readonly string[]) =>
    page.evaluate(async (urls) => {
      const data = (source: CanvasImageSource, { width, height }: HTMLCanvasElement) => {
        const ctx = new OffscreenCanvas(width, height).getContext("2d")!;
        ctx.drawImage(source, 0, 0);
        return new Uint32Array(ctx.getImageData(0, 0, width, height).data.buffer);
      };
      const counts = urls.map(async (url, i) => {
        const canvas = document.querySelectorAll<HTMLCanvasElement>(".figure-stage canvas")[i]!;
        const image = new Image();
        image.src = url;
        await image.decode();
        const then = data(image, canvas);
        return data(canvas, canvas).filter((pixel, at) => pixel !== then[at]).length;
      });
      return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
    }, before);

  for (const lens of ["scatter", "rotate"])
    test(lens, async ({ page }) => {
      const image = `lens=${lens}&input=random:160x200:seed=1&kernel=sobel-x&padding=1`;
      const openAt = async (step: number) => {
        await page.goto(`./?${image}&step=${step}`);
        await expect(grid(page, "dX")).toBeVisible();
      };
      await openAt(9000);
      for (let step = 0; step < 5; step++) await page.keyboard.press("Shift+ArrowDown");
      for (let step = 0; step < 7; step++) await page.keyboard.press("ArrowRight");
      await page.keyboard.press("ArrowLeft");
      await expect(page).toHaveURL(/step=10006$/); // written when all has come to rest
      const stepped = await pixelsOf(page);
      await page.goto("about:blank");
      await openAt(10006);
      await expect.poll(() => differing(page, stepped)).toBeLessThan(CORNERS);
    });
});
