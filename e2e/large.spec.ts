import { expect, type Page } from "@playwright/test";
import { grid, notices, test } from "./support.ts";

const LARGE = "?input=ramp:4096x4096&kernel=sobel-x&stride=1&padding=same";

const stage = (page: Page) => page.locator(".figure-stage");

/** How far across and down a grid a point of the page is, from 0 to 1. */
async function shareOf(page: Page, name: string, x: number, y: number) {
  const box = (await grid(page, name).boundingBox())!;
  return { across: (x - box.x) / box.width, down: (y - box.y) / box.height, width: box.width };
}

test("an image of sixteen million pixels is zoomed into where the pointer is, down to its numbers", async ({
  page,
}) => {
  await page.goto(`./${LARGE}`);
  await expect(grid(page, "X")).toBeVisible();
  const box = (await grid(page, "X").boundingBox())!;
  const [x, y] = [box.x + 0.7 * box.width, box.y + 0.4 * box.height];
  await page.mouse.move(x, y);
  const before = await shareOf(page, "X", x, y);
  await page.keyboard.down("Control");
  await expect(async () => {
    await page.mouse.wheel(0, -120);
    expect((await shareOf(page, "X", x, y)).width).toBeGreaterThan(4098 * 20);
  }).toPass();
  await page.keyboard.up("Control");
  const after = await shareOf(page, "X", x, y);
  expect(after.across).toBeCloseTo(before.across, 2);
  expect(after.down).toBeCloseTo(before.down, 2);
  // it is taken hold of, and let go of elsewhere
  await page.mouse.down();
  await page.mouse.move(x - 120, y - 60, { steps: 4 });
  await page.mouse.up();
  await expect
    .poll(async () => (await shareOf(page, "X", x, y)).across)
    .toBeCloseTo(after.across + 120 / after.width, 6);
});

test("a map says where one is in a large picture, and leads elsewhere", async ({ page }) => {
  await page.goto(`./${LARGE}`);
  const map = page.locator(".minimap");
  await expect(grid(page, "X")).toBeVisible();
  await expect(map).toBeHidden();
  await expect(async () => {
    await page.keyboard.press("+");
    await expect(map).toBeVisible({ timeout: 500 });
  }).toPass();
  for (let i = 0; i < 4; i++) await page.keyboard.press("+");
  for (const [across, down] of [
    [0.5, 0.5],
    [0.25, 0.75],
  ] as const) {
    const box = (await map.locator("canvas").boundingBox())!;
    await page.mouse.click(box.x + across * box.width, box.y + down * box.height);
    const seen = (await stage(page).boundingBox())!;
    const middle = [seen.x + seen.width / 2, seen.y + seen.height / 2] as const;
    await expect.poll(async () => (await shareOf(page, "X", ...middle)).down).toBeCloseTo(down, 1);
    expect((await shareOf(page, "X", ...middle)).across).toBeCloseTo(across, 1);
  }
});

test("a matrix of 151 million cells is scrolled to its last row, and stepped to it", async ({
  page,
}) => {
  await page.goto(`./${LARGE}&lens=im2col`);
  await expect(grid(page, "col")).toBeVisible();
  const { x, width } = (await grid(page, "col").boundingBox())!;
  await stage(page).evaluate((element) => element.scrollTo(0, element.scrollHeight));
  const seen = (await stage(page).boundingBox())!;
  await expect(async () => {
    for (let y = seen.y + seen.height - 5; y > seen.y; y -= 12) {
      await page.mouse.move(x + width / 2, y);
      if ((await page.locator(".explanation").innerText()).includes("16777215")) return;
    }
    throw new Error("the last row has not been found");
  }).toPass();
  await page.mouse.move(5, 5);
  await stage(page).evaluate((element) => element.scrollTo(0, 0));
  await page.getByRole("slider", { name: "Step" }).press("End");
  await expect(page.locator(".explanation")).toContainText("out[16777215]");
});

test("what would take too much memory is refused with the figure, and had where more is allowed", async ({
  page,
}) => {
  await page.goto("./?input=ramp:2048x2048&stride=1&padding=same");
  const filters = page.getByRole("textbox", { name: "Filters" });
  await filters.fill("10");
  await filters.press("Enter");
  await expect(notices(page)).toContainText("X, Y and what leads back would take 1.7 GB");
  await expect(notices(page)).toContainText("up to 1 GB");
  await page.getByRole("combobox", { name: "Memory" }).selectOption({ label: "2 GB" });
  await expect(notices(page)).toHaveText("");
  await expect.poll(() => new URL(page.url()).searchParams.get("filters")).toBe("10");
  await page.reload();
  await expect(page.getByRole("combobox", { name: "Memory" })).toHaveValue(String(2 ** 31));
  await expect(filters).toHaveValue("10");
});
