import { readFileSync } from "node:fs";
import { expect, type Locator, type Page } from "@playwright/test";
import {
  backward,
  beginRun,
  DIGITS,
  decodeDigits,
  digitsDataset,
  documentOfStep,
  forward,
  full,
  type LastStep,
  layerOf,
  NETWORK_PRESETS,
  type NetworkPreset,
  nextStep,
  type Run,
  sliceOf,
  unravel,
  withRate,
} from "#engine";
import { choose } from "./settings.ts";
import { eventually, grid, notices, open, test } from "./support.ts";

// The Network: what the page shows of a run is what the engine computes without it.

const file = readFileSync(new URL(`../public/${DIGITS.file}`, import.meta.url));
const train = sliceOf(digitsDataset(decodeDigits(new Uint8Array(file))), 0, DIGITS.train);

function begin(preset: NetworkPreset = "default", seed = 1): Run {
  return beginRun(NETWORK_PRESETS[preset].settings, seed, train);
}

/** The step that a run comes to when it takes so many, as the engine takes them. */
function taken(from: Run, steps: number): LastStep {
  let before = from;
  let last = { ...nextStep(before, train), before };
  for (let i = 1; i < steps; i++) {
    before = last.run;
    last = { ...nextStep(before, train), before };
  }
  return last;
}

/**
 * The page shows the loss of this step. Math.exp and Math.log may differ in their last bit from one browser to another,
 * and from Node: what the page says twice must be the same to the last digit, what Node says of it nearly so.
 */
async function expectLoss(page: Page, { metrics }: LastStep): Promise<void> {
  const shown = Number(await shownLoss(page));
  expect(Math.abs(shown - metrics.loss) / metrics.loss, `${shown}`).toBeLessThan(1e-9);
}

const transport = (page: Page) => page.getByRole("region", { name: "Training" });
const button = (page: Page, name: string) =>
  transport(page).getByRole("button", { name, exact: true });
const thisStep = (page: Page) => page.getByRole("region", { name: "This step" });
const lens = (page: Page, name: string) => page.getByRole("radio", { name, exact: true });

async function openNetwork(page: Page, words = ""): Promise<void> {
  await page.goto(`./?lens=network${words && `&${words}`}`);
  await expect(button(page, "Train")).toBeVisible();
  await expect(thisStep(page).getByRole("status")).toHaveText(/^Step 0, held out/);
}

/** The number of the step that the run stands at, or goes through. */
async function stepAt(page: Page): Promise<number> {
  const text = await transport(page).getByRole("status").textContent();
  return Number(/step (\d+)/.exec(text ?? "")?.[1]);
}

/** The loss of the step, to its last digit. */
function shownLoss(page: Page): Promise<string | null> {
  return thisStep(page).locator("data").getAttribute("value");
}

/** One step on, and the loss it had. */
async function once(page: Page): Promise<string | null> {
  const before = await stepAt(page);
  await button(page, "One step").click();
  await eventually(() => stepAt(page), before + 1);
  return shownLoss(page);
}

/** The run goes by itself until the page says what is waited for, and is paused. Gives the step it stands at then. */
async function trainUntil(page: Page, isThere: () => Promise<boolean>): Promise<number> {
  await button(page, "Train").click();
  await expect.poll(isThere, { timeout: 60_000 }).toBe(true);
  return pause(page);
}

async function pause(page: Page): Promise<number> {
  await button(page, "Pause").click();
  // what was under way comes in, and is looked at
  const said = thisStep(page).getByRole("status");
  await expect(said).toHaveText(/^Step \d+, loss [^ ]+, held out [\d.]+ % right$/);
  return stepAt(page);
}

/** The accuracy on what is held out, in per cent. */
async function heldOut(page: Page): Promise<number> {
  const name = await page.getByRole("img", { name: /^Accuracy/ }).getAttribute("aria-label");
  return Number(/held out ([\d.]+) %/.exec(name ?? "")?.[1] ?? 0);
}

const batch = (page: Page, step: number) =>
  page.getByRole("region", { name: `The batch of step ${step}`, exact: true });

function cells(plate: Locator): Promise<string[]> {
  return plate.getByRole("gridcell").allTextContents();
}

/** The numbers of a tensor whose first indices are these, as the page spells them. */
function spelled(
  { shape, data }: { readonly shape: readonly number[]; readonly data: ArrayLike<number> },
  ...first: readonly number[]
): string[] {
  return Array.from(data, full).filter((_, i) =>
    unravel(shape, i)
      .slice(0, first.length)
      .every((index, axis) => index === first[axis]),
  );
}

/** Fewer samples than this are in no batch of the default. */
const SAMPLE = 5;

test("trained to more than 80 %, looked into, gone on with, rewound", async ({ page }) => {
  test.slow();
  await open(page);
  await lens(page, "Network").check();
  const firstLoss = await once(page);
  await expectLoss(page, taken(begin(), 1));

  let step = 0;
  await test.step("as fast as it goes until it reads 80 % of what is held out", async () => {
    await lens(page, "as fast as it goes").check();
    step = await trainUntil(page, async () => (await heldOut(page)) > 80);
    expect(await heldOut(page)).toBeGreaterThan(80);
    await expectLoss(page, taken(begin(), step));
  });

  const last = taken(begin(), step);
  await test.step("a sample of the batch opens in Rotate with the δ of the engine", async () => {
    await batch(page, step).getByRole("button").nth(SAMPLE).click();
    await page.getByRole("button", { name: "Open", exact: true }).click();
    await expect(grid(page, "dX")).toBeVisible();
    await expect(lens(page, "Rotate")).toBeChecked();
    const document = documentOfStep(last);
    const layer = layerOf(document);
    const { delta } = backward(layer, forward(layer), document.upstream, document.training);
    expect(delta).toEqual(last.back.deltas[0]); // what the loss sent back through the whole network
    for (let f = 0; f < 4; f++) {
      await page
        .getByRole("main")
        .getByRole("radio", { name: `f ${f}`, exact: true })
        .check();
      await eventually(() => cells(grid(page, "δ")), spelled(delta, SAMPLE, f));
    }
    expect([...delta.data].some((v) => v !== 0)).toBe(true);
  });

  await test.step("Update shows the update that the batch made", async () => {
    await lens(page, "Update").check();
    const { w } = last.run.network.parameters[0]!;
    await eventually(() => cells(grid(page, "W′")), spelled(w, 0));
  });

  await test.step("back at the page the run stands where it stood, and goes on", async () => {
    await lens(page, "Network").check();
    await expect(batch(page, step)).toBeVisible();
    expect(await stepAt(page)).toBe(step);
    const later = await trainUntil(page, async () => (await stepAt(page)) > step);
    await expectLoss(page, taken(begin(), later));
  });

  await test.step("rewound, the first loss is the same to the last digit", async () => {
    await button(page, "Rewind to the first weights").click();
    await eventually(() => stepAt(page), 0);
    expect(await once(page)).toBe(firstLoss);
  });
});

test("another learning rate holds from the next step on, and nothing is reset", async ({
  page,
}) => {
  await openNetwork(page);
  await once(page);
  const loss = await once(page);
  await choose(page, "Learning rate", "0.3");
  expect(await stepAt(page)).toBe(2);
  expect(await shownLoss(page)).toBe(loss);
  await once(page);
  const two = taken(begin(), 2).run;
  const changed = { ...two, optimiser: withRate(two.optimiser, 0.3) };
  await once(page);
  await expectLoss(page, taken(changed, 2));
  const unchanged = taken(begin(), 4).metrics.loss;
  expect(Math.abs(Number(await shownLoss(page)) - unchanged)).toBeGreaterThan(1e-3);
  await expect(page).toHaveURL(/rate=0\.3/);
});

test.describe("a link", () => {
  test("with preset, seed and rate gives that run, and the page writes it", async ({ page }) => {
    await openNetwork(page, "preset=momentum&seed=7&rate=0.03");
    await expect(page.getByRole("combobox", { name: "Preset" })).toHaveValue("momentum");
    await expect(page.getByRole("textbox", { name: "Seed" })).toHaveValue("7");
    await expect(page.getByRole("combobox", { name: "Learning rate" })).toHaveValue("0.03");
    const first = begin("momentum", 7);
    const run = { ...first, optimiser: withRate(first.optimiser, 0.03) };
    await once(page);
    await expectLoss(page, taken(run, 1));
    await once(page);
    await once(page);
    await expectLoss(page, taken(run, 3));

    await choose(page, "Preset", "with padding");
    await page.getByRole("textbox", { name: "Seed" }).fill("12");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/preset=padding/);
    await expect(page).toHaveURL(/seed=12/);
    await expect(page).not.toHaveURL(/rate=/); // it is the preset's again
    await page.reload();
    await once(page);
    await expectLoss(page, taken(begin("padding", 12), 1));
  });

  test("with a bad word gets one sentence, and the rest of it holds", async ({ page }) => {
    await openNetwork(page, "preset=momentun&seed=7");
    await expect(notices(page).locator("p")).toHaveCount(1);
    await expect(notices(page)).toContainText("“preset=momentun” is left out");
    await expect(notices(page)).toContainText("momentum, padding, max-pooling");
    await expect(page.getByRole("combobox", { name: "Preset" })).toHaveValue("default");
    await once(page);
    await expectLoss(page, taken(begin("default", 7), 1));
  });

  test("gone back to by the browser leaves the run where it stands", async ({ page }) => {
    await openNetwork(page, "seed=4");
    await once(page);
    const loss = await once(page);
    await lens(page, "Delta").check();
    await expect(page).toHaveURL(/lens=delta/);
    await page.goBack();
    await expect(button(page, "Train")).toBeVisible();
    expect(await stepAt(page)).toBe(2);
    expect(await shownLoss(page)).toBe(loss);
  });
});

test("by keyboard alone", async ({ page }) => {
  const keys = page.keyboard;
  /** Tab until this has the focus. */
  const tabTo = async (wanted: Locator) => {
    const has = () => wanted.evaluate((element) => element === document.activeElement);
    for (let i = 0; i < 120 && !(await has()); i++) await keys.press("Tab");
    await expect(wanted).toBeFocused();
  };
  await openNetwork(page);
  for (const [key, step] of [
    ["ArrowRight", 1],
    ["ArrowRight", 2],
    ["ArrowLeft", 1],
    ["Home", 0],
    ["End", 2],
  ] as const)
    await test.step(key, async () => {
      await keys.press(key);
      await eventually(() => stepAt(page), step);
      await expect(thisStep(page).getByRole("status")).toHaveText(
        new RegExp(`^Step ${step},.* right$`),
      );
    });
  await keys.press(" ");
  await expect(button(page, "Pause")).toBeVisible();
  await expect.poll(() => stepAt(page)).toBeGreaterThan(2);
  await keys.press(" ");
  await expect(button(page, "Train")).toBeVisible();

  await keys.press("?");
  await expect(page.getByRole("dialog", { name: "Keys" })).toContainText("train or pause");
  await keys.press("Escape");

  await tabTo(page.getByRole("combobox", { name: "Preset" }));
  await keys.press("ArrowDown");
  await expect(page.getByRole("combobox", { name: "Preset" })).toHaveValue("article");
  await eventually(() => stepAt(page), 0);
  await tabTo(lens(page, "fast"));
  await keys.press("ArrowLeft");
  await expect(lens(page, "slow")).toBeChecked();
  await tabTo(button(page, "One step"));
  await keys.press("Enter");
  await eventually(() => stepAt(page), 1);
  await expectLoss(page, taken(begin("article"), 1));
  await tabTo(batch(page, 1).getByRole("button").nth(3));
  await keys.press("Enter");
  await tabTo(page.getByRole("button", { name: "Open", exact: true }));
  await keys.press("Enter");
  await expect(grid(page, "dX")).toBeVisible();
  await expect(page.locator(".figure-stage")).toBeFocused();
  for (let i = 0; i < 3; i++) await keys.press("]");
  await expect(batch(page, 1)).toBeVisible();
});

test("the page answers while it trains as fast as it goes", async ({ page }) => {
  await openNetwork(page);
  await lens(page, "as fast as it goes").check();
  await button(page, "Train").click();
  await expect.poll(() => stepAt(page)).toBeGreaterThan(20);

  const samples = page.getByRole("region", { name: "Samples" });
  await samples.getByRole("button", { name: "sample 4, a 3" }).click();
  await expect(samples.getByRole("button", { name: "sample 4, a 3" })).toHaveAttribute(
    "aria-pressed",
    "true",
  );
  const answer = page.getByRole("region", { name: "What the network makes of a sample" });
  await expect(answer).toContainText("This is a 3.");
  await choose(page, "Theme", "Dark");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await choose(page, "Learning rate", "0.03");
  await expect(page.getByRole("combobox", { name: "Learning rate" })).toHaveValue("0.03");
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keys" })).toBeVisible();
  await page.keyboard.press("Escape");
  const before = await stepAt(page);
  await expect.poll(() => stepAt(page)).toBeGreaterThan(before); // and none of it has stopped the run
  await page.getByRole("textbox", { name: "Seed" }).fill("31");
  await page.keyboard.press("Enter");
  await expect(button(page, "Train")).toBeVisible();
  await eventually(() => stepAt(page), 0);
  await once(page);
  await expectLoss(page, taken(begin("default", 31), 1));
});

test.describe("left by the menu", () => {
  test("a run that goes waits, and goes on when it is come back to", async ({ page }) => {
    await openNetwork(page);
    await button(page, "Train").click();
    await expect.poll(() => stepAt(page)).toBeGreaterThan(3);
    await lens(page, "Window").check();
    await expect(grid(page, "Y")).toBeVisible();
    await lens(page, "Network").check();
    await expect(button(page, "Pause")).toBeVisible();
    const before = await stepAt(page);
    await expect.poll(() => stepAt(page)).toBeGreaterThan(before);
    const step = await pause(page);
    await expectLoss(page, taken(begin(), step));
  });

  test("a run that stands, stands", async ({ page }) => {
    await openNetwork(page);
    await once(page);
    await lens(page, "Window").check();
    await expect(grid(page, "Y")).toBeVisible();
    await lens(page, "Network").check();
    await expect(button(page, "Train")).toBeVisible();
    expect(await stepAt(page)).toBe(1);
  });
});

test("a run stops before a number that is none, says so, and goes back one step", async ({
  page,
}) => {
  await openNetwork(page, "rate=1e100");
  await button(page, "Train").click();
  const diagnosis = page.getByRole("region", { name: "Diagnosis" });
  await expect(diagnosis).toContainText(/The run stands before step \d+, in which/);
  await expect(button(page, "Train")).toBeVisible();
  const step = await stepAt(page);
  await diagnosis.getByRole("button", { name: "Back one step" }).click();
  await eventually(() => stepAt(page), step - 1);
});

test("where the digits are from is said beside them", async ({ page }) => {
  await openNetwork(page);
  await expect(page.getByRole("complementary", { name: "Settings" })).toContainText(
    DIGITS.attribution,
  );
});
