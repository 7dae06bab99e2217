import { readFile } from "node:fs/promises";
import { expect, type Locator, type Page } from "@playwright/test";
import {
  beginRun,
  blankLevels,
  type Dataset,
  DIGITS,
  decodeDigits,
  digitsDataset,
  forwardPass,
  imageOfLevels,
  levelsOfStroke,
  logitsOf,
  NETWORK_PRESETS,
  nextStep,
  type PenPoint,
  predicted,
  type Run,
  softmax,
  splitAt,
  startStroke,
  strokeTo,
  type Tensor,
  tensor,
} from "#engine";
import { cell, eventually, grid, test } from "./support.ts";

// What is drawn, and what the network makes of it: the engine trains the same run here, and is asked the same.

async function digits(): Promise<Dataset> {
  const file = await readFile(new URL(`../public/${DIGITS.file}`, import.meta.url));
  return digitsDataset(decodeDigits(new Uint8Array(file)));
}

/** The run that the page begins with, so many steps on. */
async function runAfter(steps: number, seed = 1): Promise<Run> {
  const { train } = splitAt(await digits(), DIGITS.train);
  let run = beginRun(NETWORK_PRESETS.default.settings, seed, train);
  while (run.step < steps) run = nextStep(run, train).run;
  return run;
}

const FIELD = "Drawn digit";
const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const answer = (page: Page) =>
  page.getByRole("region", { name: "What the network makes of what is drawn" });
const spoken = (page: Page) => answer(page).getByRole("status");
const place = (page: Page) => page.locator("output.place");

async function openNetwork(page: Page): Promise<void> {
  await page.goto("./?lens=network");
  await expect(button(page, "Train")).toBeVisible();
}

async function openField(page: Page): Promise<void> {
  await openNetwork(page);
  await page.getByRole("radio", { name: "Draw a digit" }).check({ force: true });
  await expect(grid(page, FIELD).getByRole("gridcell")).toHaveCount(64);
}

/** Takes single steps, each waited for. */
async function steps(page: Page, from: number, to: number): Promise<void> {
  for (let step = from + 1; step <= to; step++) {
    await button(page, "One step").click();
    await expect(place(page)).toHaveText(new RegExp(`^step ${step},`));
  }
}

const at = (row: number, column: number): PenPoint => ({ row, column });
const SEVEN = [at(0.75, 1.5), at(0.75, 5.75), at(3.5, 4.5), at(7.25, 3)];

/** Draws with the mouse, seen only where the pen turns; then it is lifted. */
async function draw(page: Page, path: readonly PenPoint[]): Promise<void> {
  const box = (await grid(page, FIELD).boundingBox())!;
  const side = box.width / 8;
  for (const [i, { row, column }] of path.entries()) {
    await page.mouse.move(box.x + column * side, box.y + row * side);
    if (i === 0) await page.mouse.down();
  }
  await page.mouse.up();
}

/** What the engine makes of that way of the pen. */
const drawn = (
  path: readonly PenPoint[],
  over = blankLevels(8, 8),
  pen = "pen" as "pen" | "eraser",
) => levelsOfStroke(path.slice(1).reduce(strokeTo, startStroke(over, pen, path[0]!)));

/** The levels as the field tells them. */
async function levelsOn(page: Page): Promise<Tensor> {
  const texts = await grid(page, FIELD).getByRole("gridcell").allTextContents();
  return tensor([1, 1, 8, 8], texts.map(Number));
}

const percentOf = (text: string) => Number(text.replace(" %", ""));

async function bars(page: Page, title: string): Promise<number[]> {
  const figure = answer(page).locator("figure", { hasText: title }).last();
  return (await figure.locator(".bar-value").allTextContents()).map(percentOf);
}

/** All that is shown of an answer is what the engine says of these parameters and these levels. */
async function expectAnswer(page: Page, { network }: Run, levels: Tensor): Promise<void> {
  const pass = forwardPass(network, imageOfLevels(levels));
  const { data } = softmax(logitsOf(pass), 1);
  const shares = [...data].map((share) => Number((100 * share).toFixed(1)));
  await eventually(() => bars(page, "probabilities"), shares);
  const hiddenAt = network.layers.findIndex(({ kind }) => kind === "linear") + 2;
  const hidden = [...pass.values[hiddenAt]!.data].map((v) => Number(v.toPrecision(3)));
  await eventually(() => bars(page, "hidden units"), hidden);
  const maps = pass.values[2]!.data;
  const area = maps.length / network.spec.F;
  for (let f = 0; f < network.spec.F; f++) {
    const open = maps.slice(f * area, (f + 1) * area).filter((v) => v !== 0).length;
    const words = `feature map ${f}: ${open} of ${area} cells are not 0`;
    await expect(answer(page).getByRole("img", { name: words })).toBeVisible();
  }
  const taken = predicted(logitsOf(pass), 0);
  await expect(spoken(page)).toHaveText(
    new RegExp(`^It is taken for an? ${taken} \\(${shares[taken]} %\\)`),
  );
}

test("a stroke of the mouse is answered by the whole network, and undone as one", async ({
  page,
}) => {
  await page.setViewportSize({ width: 1280, height: 900 });
  await openField(page);
  await steps(page, 0, 2);
  await grid(page, FIELD).scrollIntoViewIfNeeded();
  const box = await grid(page, FIELD).boundingBox();
  await draw(page, SEVEN);
  await expect(spoken(page)).toHaveText(/^It is taken/);
  expect(await grid(page, FIELD).boundingBox()).toEqual(box); // nothing moves under the pen
  const seven = drawn(SEVEN);
  await expect.poll(() => levelsOn(page)).toEqual(seven);
  const run = await runAfter(3);
  await expectAnswer(page, await runAfter(2), seven);
  // the answer follows the parameters
  await steps(page, 2, 3);
  await expectAnswer(page, run, seven);

  await page.getByRole("radio", { name: "Eraser" }).check({ force: true });
  const rub = [at(7, 2), at(7, 4)];
  await draw(page, rub);
  const rubbed = drawn(rub, seven, "eraser");
  await expect.poll(() => levelsOn(page)).toEqual(rubbed);
  await expectAnswer(page, run, rubbed);
  await button(page, "Undo").click();
  await expect.poll(() => levelsOn(page)).toEqual(seven);
  await expectAnswer(page, run, seven);
  await button(page, "Clear").click();
  await expect.poll(() => levelsOn(page)).toEqual(blankLevels(8, 8));
});

test("the network answers while the pen is down, and is heard when it is lifted", async ({
  page,
}) => {
  await openField(page);
  const box = (await grid(page, FIELD).boundingBox())!;
  await page.mouse.move(box.x + 40, box.y + 40);
  await page.mouse.down();
  await page.mouse.move(box.x + 140, box.y + 40);
  await expect(answer(page).locator(".bar-value").first()).toBeVisible();
  await expect(page.locator(".taken")).toHaveText(/^It is taken for .*It is not trained yet/);
  const heard = await spoken(page).textContent();
  expect(heard).not.toMatch(/taken/);
  await page.mouse.up();
  await expectAnswer(page, await runAfter(0), await levelsOn(page));
});

test("keys draw, too: space a point, shift and an arrow a line, digits a level", async ({
  page,
}) => {
  await openField(page);
  const [middle, right] = [at(2.5, 3.5), at(2.5, 4.5)];
  await cell(page, FIELD, 1, 3).focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press(" ");
  const point = drawn([middle]);
  await expect.poll(() => levelsOn(page)).toEqual(point);
  await expect(button(page, "Train")).toBeVisible(); // space has not played the run
  await page.keyboard.press("Shift+ArrowRight");
  await expect(cell(page, FIELD, 2, 4)).toBeFocused();
  const line = drawn([middle, right], point);
  await expect.poll(() => levelsOn(page)).toEqual(line);
  await page.keyboard.press("Control+z");
  await expect.poll(() => levelsOn(page)).toEqual(point);
  await page.keyboard.press("Control+y");
  await expect.poll(() => levelsOn(page)).toEqual(line);
  await page.keyboard.press("9");
  await page.keyboard.press("Enter");
  await expect(cell(page, FIELD, 2, 4)).toHaveText("9");
  await expectAnswer(page, await runAfter(0), await levelsOn(page));
});

test("a sample is drawn over; what is drawn is still there after a look at a lens", async ({
  page,
}) => {
  await openField(page);
  const { images, labels } = await digits();
  await page.getByRole("button", { name: /^sample 4, / }).click();
  await page.getByRole("button", { name: /^Start from the sample/ }).click();
  const cells = images.data.slice(3 * 64, 4 * 64);
  const levels = tensor(
    [1, 1, 8, 8],
    cells.map((v) => 16 * v),
  );
  await expect.poll(() => levelsOn(page)).toEqual(levels);
  await expect(answer(page).getByLabel("As a")).toHaveValue(String(labels[3]));
  await answer(page).getByLabel("Open in").selectOption("window");
  await answer(page).getByRole("button", { name: "Open" }).click();
  await expect(grid(page, "Y")).toBeVisible();
  const x = await grid(page, "X").getByRole("gridcell").allTextContents();
  expect(x.map(Number)).toEqual([...cells]);
  await page.getByRole("radio", { name: "Network" }).press("Space");
  await expect(grid(page, FIELD).getByRole("gridcell")).toHaveCount(64);
  await expect.poll(() => levelsOn(page)).toEqual(levels);
});

test("a sample that no step has seen opens alone, with the weights there are", async ({ page }) => {
  await openNetwork(page);
  const sample = page.getByRole("region", { name: "What the network makes of a sample" });
  await sample.getByLabel("Open in").selectOption("window");
  await sample.getByRole("button", { name: "Open" }).click();
  await expect(grid(page, "Y")).toBeVisible();
  const x = await grid(page, "X").getByRole("gridcell").allTextContents();
  expect(x.map(Number)).toEqual([...(await digits()).images.data.slice(0, 64)]);

  // the lens that was chosen is chosen the next time, of a drawing, too
  await openNetwork(page);
  await expect(sample.getByLabel("Open in")).toHaveValue("window");
  await page.getByText("Draw a digit").click();
  await expect(page.getByLabel("Open in")).toHaveValue("window");
});

const table = (page: Page): Locator => page.getByRole("region", { name: "Runs compared" });

/** What the table says of a run, line by line. */
async function column(page: Page, name: RegExp): Promise<string> {
  const runs = await table(page).getByRole("columnheader").allTextContents();
  const at = runs.findIndex((run) => name.test(run));
  const rows = table(page).locator("tbody tr");
  return (await rows.locator(`:nth-child(${at + 1})`).allTextContents()).join("\n");
}

test("a kept run stands behind the next one, named by what differs, at the same step", async ({
  page,
}) => {
  await openNetwork(page);
  await expect(button(page, "Keep this run")).toHaveAttribute("aria-disabled", "true");
  await steps(page, 0, 3);
  await button(page, "Keep this run").click();
  await expect(table(page)).toContainText("the same settings");
  await expect(button(page, "Keep this run")).toHaveAttribute("aria-disabled", "true");

  await page.getByRole("textbox", { name: "Seed" }).fill("2");
  await page.keyboard.press("Enter");
  await expect(page.locator(".chart-foot")).toContainText("kept: seed 1");
  await expect(page.locator(".chart-kept-1 .chart-train")).toHaveCount(2);
  await steps(page, 0, 2);
  const { train } = splitAt(await digits(), DIGITS.train);
  const lossAt = async (seed: number, step: number) => {
    const before = await runAfter(step - 1, seed);
    return String(Number(nextStep(before, train).metrics.loss.toPrecision(3)));
  };
  await expect(table(page)).toContainText("at step 2");
  await expect.poll(() => column(page, /^this run: seed 2/)).toContain(await lossAt(2, 2));
  await expect.poll(() => column(page, /^seed 1/)).toContain(await lossAt(1, 2));

  // rewound, and trained with the first seed again, it is the run that is kept
  await page.getByRole("textbox", { name: "Seed" }).fill("1");
  await page.keyboard.press("Enter");
  await steps(page, 0, 1);
  const same = await lossAt(1, 1);
  await expect.poll(() => column(page, /^this run/)).toContain(same);
  await expect.poll(() => column(page, /^the same settings/)).toContain(same);
  await button(page, "Rewind to the first weights").click();
  await expect(place(page)).toHaveText(/^step 0,/);
  await expect.poll(() => column(page, /^the same settings/)).toContain("–");

  await button(page, "Remove kept run 1").click();
  await expect(table(page)).toHaveCount(0);
  await expect(page.locator(".chart-kept-1")).toHaveCount(0);
});
