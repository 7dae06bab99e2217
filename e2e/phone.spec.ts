import { type CDPSession, expect, type Locator, type Page, test } from "@playwright/test";
import { type Document, EXAMPLES, nameOf, ravel, setCells, setSettings } from "#engine";
import {
  brush,
  documentOf,
  expectFigure,
  expectNumbers,
  geometryPanel,
  inputPanel,
  openAtEnd,
  pick,
  type,
} from "./settings.ts";
import {
  eventually,
  expectMoment,
  grid,
  isLit,
  middleOf,
  open,
  type Point,
  said,
  sentence,
  slider,
  truthOf,
} from "./support.ts";

const PHONE = { width: 390, height: 844 };
test.use({ viewport: PHONE, hasTouch: true, isMobile: true });

/** The smallest a target for a finger may be. */
const FINGER = 44;

const LINK = "input=digit:7&kernel=sobel-x&padding=1";
const TABS = ["Step", "Input", "Kernel", "Geometry", "Code"] as const;

async function openTab(page: Page, tab: (typeof TABS)[number]): Promise<void> {
  const label = page.getByRole("navigation").locator("label", { hasText: tab });
  await label.tap();
  await expect(label.getByRole("radio")).toBeChecked();
}

/** How far the page goes beyond the right edge of the screen. */
function overflow(page: Page): Promise<number> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.scrollingElement!;
    return scrollWidth - clientWidth;
  });
}

/** A finger that is put down, moved and lifted; what Playwright's own touchscreen cannot, for it only taps. */
async function finger(page: Page) {
  const session: CDPSession = await page.context().newCDPSession(page);
  const send = (type: "touchStart" | "touchMove" | "touchEnd", points: readonly Point[]) =>
    session.send("Input.dispatchTouchEvent", { type, touchPoints: [...points] });
  return async (path: readonly Point[]) => {
    await send("touchStart", [path[0]!]);
    for (const point of path.slice(1)) await send("touchMove", [point]);
    await send("touchEnd", []);
  };
}

/** The middle of a cell of any grid. */
async function middle(grid: Locator, row: number, column: number): Promise<Point> {
  const { x, y, width, height } = (await grid
    .locator(`[data-at="${row} ${column}"]`)
    .boundingBox())!;
  return { x: x + width / 2, y: y + height / 2 };
}

const scrolled = (page: Page) => page.evaluate(() => document.scrollingElement!.scrollTop);

test("nothing is wider than the screen, whatever is open", async ({ page }) => {
  for (const { link } of [EXAMPLES.opening, EXAMPLES.colour, EXAMPLES.groups, EXAMPLES.rings]) {
    await open(page, link);
    for (const tab of TABS)
      await test.step(`${link}: ${tab}`, async () => {
        await openTab(page, tab);
        expect(await overflow(page)).toBeLessThanOrEqual(0);
      });
    await openTab(page, "Input");
    for (const pane of ["Load", "Samples", "Draw"])
      await test.step(`${link}: ${pane}`, async () => {
        await pick(inputPanel(page), "Where the input comes from", pane);
        expect(await overflow(page)).toBeLessThanOrEqual(0);
      });
  }
});

test("neither a refusal, four sides nor a dialog makes the page wider", async ({ page }) => {
  await open(page, LINK);
  await openTab(page, "Geometry");
  await geometryPanel(page)
    .getByRole("combobox", { name: "Kind of padding" })
    .selectOption("four sides");
  await geometryPanel(page).getByRole("button", { name: "Stride: per axis" }).tap();
  await type(geometryPanel(page), "Dilation", "9");
  await expect(page.getByRole("button", { name: "Back to what worked" }).first()).toBeVisible();
  expect(await overflow(page)).toBeLessThanOrEqual(0);
  await page.getByRole("button", { name: "Back to what worked" }).first().tap();

  const more = page.locator("summary");
  const dialogs = [
    ["Share", "Share this figure"],
    ["Examples", "Examples"],
    ["Keys", "Keys"],
  ] as const;
  for (const [button, title] of dialogs)
    await test.step(title, async () => {
      if (button !== "Share") await more.tap();
      await page.getByRole("button", { name: button, exact: true }).tap();
      const dialog = page.getByRole("dialog", { name: title });
      await expect(dialog).toBeVisible();
      expect(await overflow(page)).toBeLessThanOrEqual(0);
      const { x, width } = (await dialog.boundingBox())!;
      expect(x).toBeGreaterThanOrEqual(0);
      expect(x + width).toBeLessThanOrEqual(PHONE.width);
      await dialog.getByRole("button", { name: "Close" }).tap();
      await expect(dialog).toBeHidden();
      if (button !== "Share") await more.tap();
    });
});

test("a tap on a cell lights it and keeps it lit, and a button lets it go", async ({ page }) => {
  await open(page, LINK);
  const truth = truthOf(await documentOf(LINK));
  const heading = page.getByRole("region", { name: "This step" }).getByRole("heading");
  for (const [plate, tensor, row, column] of [
    ["X", "P", 3, 4],
    ["W", "W", 0, 2],
  ] as const)
    await test.step(plate, async () => {
      const index = ravel(truth.geometry.shapes[tensor], [0, 0, row, column]);
      const ref = { tensor, index };
      await grid(page, plate).scrollIntoViewIfNeeded();
      const at = await middleOf(page, plate, row, column);
      await page.touchscreen.tap(at.x, at.y);
      await expect(heading).toContainText(nameOf(truth.geometry, ref));
      await eventually(async () => (await said(page)).caption, sentence(truth, ref));
      await expect.poll(() => isLit(page, plate, row, column)).toBe(true);
      await heading.getByRole("button", { name: "let go" }).tap();
      await expect(heading).toHaveText(/^Step 1 of/);
      await expect.poll(() => isLit(page, plate, row, column)).toBe(false);
    });
});

test("two taps on a cell open a field for its number", async ({ page }) => {
  const start = await openAtEnd(page, LINK);
  const { x, y } = await middleOf(page, "X", 3, 4);
  await page.touchscreen.tap(x, y);
  await page.touchscreen.tap(x, y);
  const editor = page.getByRole("textbox", { name: "X, row 4, column 5" });
  await editor.fill("-7");
  await editor.press("Enter");
  const cell = ravel(start.input.tensor.shape, [0, 0, 2, 3]); // one inside its ring
  await expectNumbers(page, setCells(start, "X", [cell], -7));
});

test("a finger draws on the plate of the Input tab, and the page stays where it is", async ({
  page,
}) => {
  const start = await openAtEnd(page, LINK);
  await openTab(page, "Input");
  const editor = inputPanel(page).getByRole("grid", { name: "Input editor" });
  await editor.scrollIntoViewIfNeeded();
  const ink = Number(await brush(inputPanel(page)).getByRole("textbox").inputValue());
  const before = await scrolled(page);
  const draw = await finger(page);
  await draw([await middle(editor, 1, 1), await middle(editor, 4, 1), await middle(editor, 4, 3)]);
  const cells = [9, 17, 25, 33, 34, 35]; // of 8 columns: down from (1, 1), then across
  await expectNumbers(page, setCells(start, "X", cells, ink));
  expect(await scrolled(page)).toBe(before);
  await inputPanel(page).getByRole("button", { name: "Undo" }).tap();
  await expectFigureOf(page, start);
});

test("a finger draws on the picture itself while the brush is chosen", async ({ page }) => {
  const start = await openAtEnd(page, LINK);
  await openTab(page, "Input");
  await pick(inputPanel(page), "Tool", "Brush");
  const ink = Number(await brush(inputPanel(page)).getByRole("textbox").inputValue());
  await page.evaluate(() => scrollTo(0, 0));
  const draw = await finger(page);
  const at = (row: number, column: number) => middleOf(page, "X", row, column);
  await draw([await at(1, 1), await at(3, 3)]);
  const cells = [0, 9, 18]; // of the image, one cell inside its ring
  await expectNumbers(page, setCells(start, "X", cells, ink));
  expect(await scrolled(page)).toBe(0);
});

test("with the pointing tool a finger on the picture scrolls the page", async ({ page }) => {
  const start = await openAtEnd(page, LINK);
  await page.evaluate(() => scrollTo(0, 0));
  const drag = await finger(page);
  const { x, y } = await middleOf(page, "X", 6, 4);
  await drag([0, 30, 60, 90, 120].map((up) => ({ x, y: y - up })));
  await expect.poll(() => scrolled(page)).toBeGreaterThan(0);
  await expectNumbers(page, start);
});

/** As expectFigure, with the tab open that has the formula. */
async function expectFigureOf(page: Page, document: Document) {
  await openTab(page, "Geometry");
  await expectFigure(page, document);
}

test("steps by its buttons and by the slider, and plays", async ({ page }) => {
  await open(page, LINK);
  const truth = truthOf(await documentOf(LINK));
  const steps = truth.answer.y.data.length;
  await page.getByRole("button", { name: "Step on" }).tap();
  await expectMoment(page, truth, { step: 1 });
  await page.getByRole("button", { name: "Step back" }).tap();
  await expectMoment(page, truth, { step: 0 });

  const box = (await slider(page).boundingBox())!;
  const at = (share: number) => ({ x: box.x + box.width * share, y: box.y + box.height / 2 });
  const drag = await finger(page);
  await drag([at(0.05), at(0.3), at(0.6)]);
  const step = Number(await slider(page).inputValue()) - 1;
  expect(step).toBeGreaterThan(steps * 0.4);
  expect(step).toBeLessThan(steps * 0.8);
  await expectMoment(page, truth, { step });

  await page.getByRole("button", { name: "Play" }).tap();
  await expect(page.getByRole("button", { name: "Pause" })).toBeVisible();
  await expect.poll(async () => Number(await slider(page).inputValue())).toBeGreaterThan(step + 1);
  await page.getByRole("button", { name: "Pause" }).tap();
  const stopped = Number(await slider(page).inputValue()) - 1;
  await expectMoment(page, truth, { step: stopped });
});

test("the stride is changed in the Geometry tab", async ({ page }) => {
  const start = await openAtEnd(page, LINK);
  await openTab(page, "Geometry");
  await type(geometryPanel(page), "Stride", "3");
  await expectFigure(page, setSettings(start, { stride: [3, 3] }));
  await geometryPanel(page).getByRole("textbox", { name: "Stride" }).tap();
  await geometryPanel(page).getByRole("button", { name: "Stride: less" }).tap();
  await expectFigure(page, setSettings(start, { stride: [2, 2] }));
});

test("what a finger must hit is large enough", async ({ page }) => {
  await open(page, LINK);
  const transport = page.getByRole("region", { name: "Playback" });
  const targets = [
    ...(await transport.getByRole("button").all()),
    transport.getByRole("slider"),
    ...(await transport.locator("label").all()),
    ...(await page.getByRole("navigation").locator("label").all()),
    ...(await page.getByRole("banner").getByRole("button").all()),
    page.getByRole("banner").locator("summary"),
    ...(await page.getByRole("banner").locator("label").all()),
  ];
  const small: string[] = [];
  for (const target of targets)
    if (await target.isVisible()) {
      const { width, height } = (await target.boundingBox())!;
      const name = (await target.getAttribute("aria-label")) ?? (await target.textContent());
      if (Math.min(width, height) < FINGER) small.push(`${name}: ${width} × ${height}`);
    }
  expect(targets.length).toBeGreaterThan(TABS.length + 3);
  expect(small).toEqual([]);
});
