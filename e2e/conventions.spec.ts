import { expect, type Page, test } from "@playwright/test";
import { EXAMPLES } from "#engine";

const grid = (page: Page, name: string) =>
  page.getByRole("main").getByRole("grid", { name, exact: true });
const numbers = (page: Page, name: string) =>
  grid(page, name).getByRole("gridcell").allTextContents();
const words = (page: Page) => new URL(page.url()).searchParams;

test("the kernel drawn turned, and the padding in other words: the numbers stay", async ({
  page,
}) => {
  await page.goto("./?input=digit:7&kernel=1+2+3;4+5+6;7+8+9&stride=2&padding=same&step=16");
  await expect(grid(page, "Y")).toBeVisible();
  const stated = page.locator(".stated");
  await expect(stated).toContainText("F.pad(x, (0, 1, 0, 1)); it refuses “same”");
  const y = await numbers(page, "Y");
  const w = await numbers(page, "W");
  await page.getByRole("group", { name: "Kernel", exact: true }).getByLabel("W turned").check();
  await expect(page.locator(".equation")).toHaveText("Y = X ∗ W̃ + b");
  await expect.poll(() => numbers(page, "W")).toEqual([...w].reverse());
  expect(await numbers(page, "Y")).toEqual(y);
  await page.getByRole("group", { name: "Padding as in" }).getByLabel("TF").check();
  await expect(stated).toContainText('TensorFlow: padding="SAME"');
  await expect.poll(() => words(page).get("pads")).toBe("tensorflow");
  expect(words(page).get("turn")).toBe("turned");
});

test("many conventions stand in a list, and hold for every lens that has them", async ({
  page,
}) => {
  await page.goto(`./?${EXAMPLES.rows.link}&step=48`);
  await expect(grid(page, "col")).toBeVisible();
  const before = await numbers(page, "col");
  const list = page.locator("details", { hasText: "rearranges" });
  await expect(list.locator("summary")).toHaveText("rows · NCHW · OIHW");
  await list.locator("summary").focus();
  await page.keyboard.press("Enter");
  await list.getByRole("radio", { name: "NHWC" }).check();
  await expect(list.locator("summary")).toHaveText("rows · NHWC · OIHW");
  await expect.poll(() => numbers(page, "col")).not.toEqual(before);
  expect((await numbers(page, "col")).sort()).toEqual([...before].sort());
  await page.keyboard.press("Escape");
  await expect(list.getByRole("radio", { name: "NHWC" })).toBeHidden();
  await expect(list.locator("summary")).toBeFocused();
  await page.keyboard.press("3");
  await expect(page.getByRole("group", { name: "X in memory" }).getByLabel("NHWC")).toBeChecked();
  await expect.poll(() => words(page).get("data")).toBe("nhwc");
});
