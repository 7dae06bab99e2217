import { expect, type Page } from "@playwright/test";
import { ADDRESS, EXAMPLES, full, readAddress, setCells, setKernelWord } from "#engine";
import {
  cell,
  eventually,
  expectMoment,
  hover,
  hoverNothing,
  notices,
  open,
  platesOf,
  said,
  slider,
  test,
  truthOf,
  truthOfAddress,
  truthOfLink,
} from "./support.ts";

const OPENING = EXAMPLES.opening.link;

/** A word of the address that the page stands at. */
const wordOfAddress = (page: Page, name: string) => new URL(page.url()).searchParams.get(name);

/** How many places Back could go to. */
const places = (page: Page) => page.evaluate(() => history.length);

const kernel = (page: Page) => page.getByRole("combobox", { name: "Kernel", exact: true });

test("a link shows its document, lens, step, product and language to someone who was never here", async ({
  page,
}) => {
  const link =
    "lens=window&input=random:5x6:seed=8&channels=2&kernel=random:2x2:seed=9&filters=2&bias=1,-1" +
    "&padding=1&activation=relu&step=30&tap=6&code=pytorch";
  await open(page, link);
  await expectMoment(page, await truthOfLink(link), { step: 29, slot: 5 });
  await expect(page.getByRole("radio", { name: "Window", exact: true })).toBeChecked();
  await expect(page.getByRole("radio", { name: "PyTorch" })).toBeChecked();
  await expect(page.getByRole("checkbox", { name: "every product" })).toBeChecked();
  await expect(notices(page)).toHaveText("");
});

test("words that mean nothing are named, and the rest of the link works", async ({ page }) => {
  const link =
    "lens=fish&input=digit:7&kernel=<b>bold</b>&stride=0&padding=1&colour=red&step=3&tap=none";
  const { document, problems } = await readAddress(link);
  await open(page, link);
  await expectMoment(page, truthOf(document), { step: 2 });
  const ofDocument = problems.filter(({ word }) => Object.hasOwn(ADDRESS, word));
  expect(ofDocument.map(({ word }) => word).toSorted()).toEqual(["kernel", "stride"]);
  for (const { message } of ofDocument) await expect(notices(page)).toContainText(message);
  await expect(notices(page)).toContainText("“lens=fish” is left out");
  await expect(notices(page)).toContainText("“colour” is not a word of this address");
  await expect(notices(page)).toContainText("“tap=none” is left out");

  const putAway = page.getByRole("button", { name: /^Put away/ });
  for (let left = ofDocument.length + 3; left > 0; left--) {
    await expect(putAway).toHaveCount(left);
    await putAway.first().click();
  }
  await expect(notices(page)).toHaveText("");
});

test("a step beyond the last is the last", async ({ page }) => {
  const truth = await truthOfLink(OPENING);
  await open(page, OPENING.replace(/step=\d+/, "step=4000"));
  await expectMoment(page, truth, { step: truth.answer.y.data.length - 1 });
});

test("the address stays what the page shows, and Back is not filled with steps and strokes", async ({
  page,
}) => {
  await open(page, OPENING);
  const before = await places(page);
  for (const key of ["ArrowRight", "End", "PageUp", "Shift+ArrowUp"]) {
    await page.keyboard.press(key);
    await eventually(
      async () => wordOfAddress(page, "step"),
      await slider(page).getAttribute("value"),
    );
  }
  await page.keyboard.press(".");
  await page.keyboard.press("ArrowRight");
  await eventually(async () => wordOfAddress(page, "tap"), "2");

  await page.keyboard.press("b");
  for (const column of [2, 5]) {
    await hover(page, "X", 4, column);
    await page.mouse.down();
    await hover(page, "X", 7, column);
    await page.mouse.up();
    await hoverNothing(page);
    const { plates } = await said(page);
    await eventually(async () => {
      const truth = await truthOfAddress(page);
      return platesOf(truth, { step: 0 }).X;
    }, plates.X);
  }
  await cell(page, "W", 0, 0).focus();
  await page.keyboard.type("3");
  await page.keyboard.press("Enter");
  await eventually(async () => (await truthOfAddress(page)).layer.w.data[0], 3);
  expect(await places(page)).toBe(before);
});

test("Back and Forward go through the kernels and the lenses that were chosen", async ({
  page,
}) => {
  const { document } = await readAddress(OPENING);
  const step = Number(new URLSearchParams(OPENING).get("step")) - 1;
  await open(page, OPENING);
  const before = await places(page);

  await kernel(page).selectOption({ label: "emboss" });
  const emboss = truthOf(setKernelWord(document, "emboss"));
  await expectMoment(page, emboss, { step });
  await eventually(async () => wordOfAddress(page, "kernel"), "emboss");
  await slider(page).fill("2");
  await eventually(async () => wordOfAddress(page, "step"), "2");

  await kernel(page).selectOption({ label: "outline" });
  const outline = truthOf(setKernelWord(document, "outline"));
  await expectMoment(page, outline, { step: 1 });
  await eventually(async () => wordOfAddress(page, "kernel"), "outline");
  expect(await places(page)).toBe(before + 2);

  const lens = (name: string) => page.getByRole("radio", { name, exact: true });
  await lens("im2col").check();
  await eventually(async () => wordOfAddress(page, "lens"), "im2col");
  expect(await places(page)).toBe(before + 3);
  await page.goBack();
  await expect(lens("Window")).toBeChecked();
  await expectMoment(page, outline, { step: 1 });
  await page.goBack();
  await expectMoment(page, emboss, { step: 1 });
  await page.goBack();
  await expectMoment(page, truthOf(document), { step });
  await expect(kernel(page)).toHaveValue("sobel-x");
  await page.goForward();
  await page.goForward();
  await expectMoment(page, outline, { step: 1 });
  await page.goForward();
  await expect(lens("im2col")).toBeChecked();
  expect(await places(page)).toBe(before + 3);
});

test("Back to a drawing brings the drawing back", async ({ page }) => {
  const { document } = await readAddress(OPENING);
  await open(page, OPENING);
  await cell(page, "X", 1, 1).focus();
  await page.keyboard.type("5");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await slider(page).fill("1");
  const drawn = truthOf(setCells(document, "X", [0], 5));
  await expectMoment(page, drawn, { step: 0 });
  await eventually(async () => (await truthOfAddress(page)).layer.x.data[0], 5);

  await kernel(page).selectOption({ label: "emboss" });
  await eventually(async () => wordOfAddress(page, "kernel"), "emboss");
  await page.goBack();
  await expectMoment(page, drawn, { step: 0 });
});

test("a drawing too large for a link stays in this browser, and another one says so", async ({
  page,
  browser,
}) => {
  const link = "input=random:120x120:seed=4&kernel=box";
  const { document } = await readAddress(link);
  await open(page, link);
  await page.keyboard.press("b");
  await page.getByRole("textbox", { name: "Brush writes: any number", exact: true }).fill("-7");
  await page.keyboard.press("Enter");
  await hover(page, "X", 0, 1);
  await page.mouse.down();
  await hover(page, "X", 0, 12);
  await page.mouse.up();
  await hoverNothing(page);
  await slider(page).focus();
  const stroke = Array.from({ length: 12 }, (_, i) => i + 1);
  const drawn = truthOf(setCells(document, "X", stroke, -7));
  const wanted = {
    X: [Array.from(drawn.layer.x.data.slice(0, 25), full)],
    Result: [[full(drawn.answer.y.data[0]!)]],
  };
  const seen = async (of: Page) => {
    const { X, Result } = (await said(of)).plates;
    return { X: X?.map((row) => row.slice(0, 25)), Result };
  };
  await eventually(() => seen(page), wanted);
  await expect(page).toHaveURL(/input=kept:/);

  await page.reload();
  await eventually(() => seen(page), wanted);
  await expect(notices(page)).toHaveText("");

  const elsewhere = await browser.newContext({ viewport: page.viewportSize() });
  const other = await elsewhere.newPage();
  await other.goto(page.url());
  await expect(notices(other)).toContainText("kept only in the browser it was made in");
  await expectMoment(other, await truthOfAddress(page), { step: 0 });
  await elsewhere.close();
});
