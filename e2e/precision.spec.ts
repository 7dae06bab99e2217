import { expect, type Page } from "@playwright/test";
import { forward, full } from "#engine";
import { test, truthOfLink } from "./support.ts";

const LARGE = "?input=random:512x512:seed=1&kernel=sobel-x&activation=tanh&step=1000";

const geometry = (page: Page) => page.getByRole("region", { name: "Geometry" });
const precision = (page: Page) => page.getByRole("combobox", { name: "Precision" });
const written = (page: Page) => page.getByRole("region", { name: "The sum, written out" });

test("a large layer is computed by the kernels, under the policy of the page; what is written out stays exact", async ({
  page,
}) => {
  await page.goto(`./${LARGE}`);
  await expect(geometry(page)).toContainText(
    "Computed in float32, four numbers at a time; 6 of 9 taps, the others multiply by zero.",
  );
  const { layer } = await truthOfLink(LARGE);
  await expect(written(page)).toContainText(full(forward(layer).y.data[999]!));
});

test("the precision is chosen, stands in the link, and can be had exact", async ({ page }) => {
  await page.goto(`./${LARGE}`);
  await precision(page).selectOption("exact");
  await expect(geometry(page)).toContainText("Computed in float64, one cell after the other");
  await expect.poll(() => new URL(page.url()).searchParams.get("tier")).toBe("exact");
  await page.goto("./?input=random:64x64:seed=1&kernel=box:7x7&padding=3&tier=fast");
  await expect(geometry(page)).toContainText("as two passes: a column, then a row");
  await expect(precision(page)).toHaveValue("fast");
  await page.goto("./?tier=quick");
  await expect(page.getByRole("alert")).toContainText("“quick” is not known");
  await expect(geometry(page)).toContainText("Computed in float64");
});

test("a layer of many products is made by two workers, where there are two processors", async ({
  page,
}) => {
  await page.goto("./?input=random:512x512:seed=1&kernel=box:15x15&stride=1&padding=same");
  await expect(geometry(page)).toContainText("Computed in float32, four numbers at a time");
  const alone = await page.evaluate(() => navigator.hardwareConcurrency < 2);
  const made = alone ? "four numbers at a time. What" : "four numbers at a time, by two workers";
  await expect(async () => {
    await precision(page).selectOption("exact");
    await expect(geometry(page)).toContainText("Computed in float64");
    await precision(page).selectOption("strict");
    await expect(geometry(page)).toContainText(made, { timeout: 2000 });
  }).toPass();
});
