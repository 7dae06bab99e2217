import { expect, type Page } from "@playwright/test";
import { type Document, forward, layerOf, readAddress, short } from "#engine";
import { documentOf } from "./settings.ts";
import { cell, grid, spoken, test } from "./support.ts";

// Forward, backward, update, again and again: from random weights to the kernel behind the target.

const RANDOM = "input=digit:7&kernel=random:3x3:seed=4&stride=2&padding=1&delta=kernel:sobel-x";
const SOBEL = [-1, 0, 1, -2, 0, 2, -1, 0, 1];

const bar = (page: Page) => page.getByRole("region", { name: "Updates" });
const button = (page: Page, name: string) =>
  page.getByRole("main").getByRole("button", { name, exact: true });
const said = (page: Page) => bar(page).getByRole("status");

/** All numbers of a plate, as they are told. */
async function numbers(page: Page, name: string): Promise<number[]> {
  const texts = await grid(page, name).getByRole("gridcell").allTextContents();
  return texts.map((text) => Number(text.replaceAll("−", "-")));
}

async function openUpdate(page: Page, link: string, lens = "update"): Promise<Document> {
  await page.goto(`./?lens=${lens}&${link}`);
  await expect(grid(page, "W")).toBeVisible();
  return documentOf(link);
}

test("again: from random weights Sobel is found, and undo brings the random ones back", async ({
  page,
}) => {
  test.slow();
  const document = await openUpdate(page, RANDOM);
  const random = [...document.kernel.tensor.data];
  expect(await numbers(page, "W")).toEqual(random);
  await button(page, "Again").click();
  await expect(button(page, "Stop")).toBeFocused();
  await expect(said(page)).toHaveText(
    /^Converged after \d+ updates: the loss is .* as good as 0\.$/,
    {
      timeout: 150_000,
    },
  );
  await expect(button(page, "Again")).toBeFocused();
  const found = await numbers(page, "W");
  for (const [i, w] of found.entries()) expect(w).toBeCloseTo(SOBEL[i]!, 2);
  // the link holds what was found
  await expect
    .poll(async () => {
      const { document: linked } = await readAddress(new URL(page.url()).search.slice(1));
      return linked.kernel.tensor.data[3]!.toFixed(2);
    })
    .toBe("-2.00");
  await page.keyboard.press("Control+z");
  await expect.poll(() => numbers(page, "W")).toEqual(random);
});

test("once: the weights after the update are those of the next one", async ({ page }) => {
  await openUpdate(page, RANDOM);
  const after = await grid(page, "W′").getByRole("gridcell").allTextContents();
  await button(page, "Once").press("Enter");
  await expect(said(page)).toHaveText(/^Update 1: the loss fell from \d/);
  expect(await grid(page, "W").getByRole("gridcell").allTextContents()).toEqual(after);
  await expect(bar(page)).toContainText("1 update");
  await cell(page, "W′", 0, 1).hover();
  await expect(spoken(page)).toHaveText(/^W′\[0, 1\] = W\[0, 1\] − lr·V′\[0, 1\] = /);
});

test("another lens follows while the updates go on, and can stop them", async ({ page }) => {
  test.slow();
  const link = RANDOM;
  await openUpdate(page, link);
  await button(page, "Again").click();
  await page.getByRole("radio", { name: "Window" }).press("Space");
  await expect(grid(page, "Y")).toBeVisible();
  const before = await numbers(page, "W");
  await expect.poll(() => numbers(page, "W")).not.toEqual(before);
  await button(page, "Stop").click();
  await expect(said(page)).toHaveText(/^Stopped after \d+ updates: the loss is /);
  // at rest the picture and the link say the same
  const weights = await grid(page, "W").getByRole("gridcell").allTextContents();
  await expect
    .poll(async () => {
      const { document } = await readAddress(documentPart(page));
      return [...document.kernel.tensor.data].map((v) => short(v));
    })
    .toEqual(weights.map((text) => short(Number(text.replaceAll("−", "-")))));
  const { document } = await readAddress(documentPart(page));
  const { y } = forward(layerOf(document));
  const shown = await numbers(page, "Y");
  for (const [i, value] of shown.entries())
    if (Number.isFinite(value)) expect(value).toBeCloseTo(y.data[i]!, 3);
});

function documentPart(page: Page): string {
  const words = new URLSearchParams(new URL(page.url()).search);
  for (const name of ["lens", "step"]) words.delete(name);
  return String(words);
}

test("without a target again says what it needs, and one click gives it", async ({ page }) => {
  await openUpdate(page, "input=digit:7&kernel=random:3x3:seed=4&delta=ones");
  await expect(button(page, "Again")).toHaveAttribute("aria-disabled", "true");
  await expect(bar(page)).toContainText("“Again” needs a target");
  await button(page, "aim at Sobel x").click();
  await expect(button(page, "Again")).toBeFocused();
  await expect(button(page, "Again")).not.toHaveAttribute("aria-disabled", "true");
  await expect(page).toHaveURL(/delta=kernel:sobel-x/);
  await expect(bar(page)).toContainText("½‖Y − T‖² =");
});

test("where there is nothing to learn it says so, and random weights are one click away", async ({
  page,
}) => {
  await openUpdate(page, "input=digit:7&kernel=sobel-x&delta=kernel:sobel-x");
  await button(page, "Again").click();
  await expect(said(page)).toHaveText("There is nothing to learn: Y is the target already.");
  await button(page, "Begin with random weights").click();
  await expect(button(page, "Again")).toBeFocused();
  await expect(page).toHaveURL(/kernel=random:seed=4/);
  await expect(said(page)).toHaveText("");
});

test("the rule and its numbers are set, stand in the link, and come back with it", async ({
  page,
}) => {
  await openUpdate(page, RANDOM);
  const settings = page.getByRole("region", { name: "Training" });
  await settings.getByRole("combobox", { name: "Rule" }).selectOption("numpynet-nesterov");
  await settings.getByRole("textbox", { name: "Momentum µ" }).fill("0.5");
  await settings.getByRole("textbox", { name: "Step length lr" }).fill("0.001");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/sgd=numpynet-nesterov:lr=0.001,momentum=0.5/);
  await page.reload();
  await expect(settings.getByRole("combobox", { name: "Rule" })).toHaveValue("numpynet-nesterov");
  await expect(page.getByRole("main")).toContainText("W′ = W + µ·V′ − lr·dW");
});

test("a step length that is too long is stopped, with words and with numbers that are some", async ({
  page,
}) => {
  await openUpdate(page, `${RANDOM}&sgd=torch:lr=0.5`);
  await button(page, "Again").click();
  await expect(said(page)).toHaveText(/try a smaller step length\.$/i);
  for (const w of await numbers(page, "W")) expect(Number.isFinite(w)).toBe(true);
});
