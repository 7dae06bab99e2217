import { expect, type Page } from "@playwright/test";
import { type CellRef, EXAMPLES, ravel, setCells } from "#engine";
import {
  cell,
  eventually,
  expectCell,
  expectMoment,
  grid,
  open,
  platesOf,
  said,
  sentence,
  slider,
  spoken,
  test,
  truthOf,
  truthOfLink,
} from "./support.ts";

// The mouse is never touched here.

const LINK = EXAMPLES.opening.link;
const STEP = Number(new URLSearchParams(LINK).get("step")) - 1;

/** What has the focus, in words: a cell by its plate, anything else by its name. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return "nothing";
    const plate = element.closest('[role="grid"]')?.getAttribute("aria-label");
    const labels = element instanceof HTMLInputElement ? [...(element.labels ?? [])] : [];
    const name =
      element.getAttribute("aria-label") ||
      labels.map((label) => label.textContent).join() ||
      (element as HTMLElement).innerText;
    return (plate ?? name).trim();
  });
}

const plates = ["X", "W", "Y", "Window", "Kernel", "Products", "Bias", "Result"];
const transport = ["First step", "Step back", "Play", "Step on", "Last step", "Step"];

test("Tab reaches the lenses, every plate once, and the transport, in reading order", async ({
  page,
}) => {
  await open(page, LINK);
  const reached: string[] = [];
  do {
    await page.keyboard.press("Tab");
    reached.push(await focused(page));
  } while (reached.at(-1) !== "loop" && reached.length < 100);
  const wanted = ["Window", ...plates, ...transport];
  const inFigure = reached.slice(reached.indexOf("X"));
  expect(reached.indexOf("Window")).toBeLessThan(reached.indexOf("X"));
  expect(["Window", ...inFigure].filter((name) => wanted.includes(name))).toEqual(wanted);
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Shift+Tab");
  await expect(slider(page)).toBeFocused();
});

/** Arrow keys and what they do to a place in a plate. */
const MOVES: readonly (readonly [key: string, row: number, column: number])[] = [
  ["ArrowRight", 0, 1],
  ["ArrowDown", 1, 1],
  ["ArrowDown", 2, 1],
  ["ArrowLeft", 2, 0],
  ["ArrowLeft", 2, 0],
  ["ArrowUp", 1, 0],
  ["End", 1, 9],
  ["ArrowRight", 1, 9],
  ["PageDown", 9, 9],
  ["ArrowDown", 9, 9],
  ["Home", 9, 0],
  ["PageUp", 1, 0],
];

test("arrows inside a plate move the cell, and the page speaks of each", async ({ page }) => {
  const truth = await truthOfLink(LINK);
  const { shapes } = truth.geometry;
  await open(page, LINK);
  await cell(page, "X", 0, 0).focus();
  for (const [key, row, column] of MOVES)
    await test.step(`${key} to ${row}, ${column}`, async () => {
      await page.keyboard.press(key);
      await expect(cell(page, "X", row, column)).toBeFocused();
      const index = ravel(shapes.P, [0, 0, row, column]);
      await expectCell(page, truth, { tensor: "P", index }, { step: STEP });
    });

  await cell(page, "Y", 0, 0).focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowRight");
  const output = ravel(shapes.Y, [0, 0, 1, 1]);
  await expectCell(page, truth, { tensor: "Y", index: output }, { step: STEP, output });
  await slider(page).focus();
  await expectMoment(page, truth, { step: STEP });
});

test("a large plate keeps the row in focus in the page, and all of it can be reached", async ({
  page,
}) => {
  const link = "input=random:40x60:seed=2&kernel=box";
  const truth = await truthOfLink(link);
  await open(page, link);
  await expect(grid(page, "X")).toHaveAttribute("aria-rowcount", "40");
  await expect(grid(page, "X")).toHaveAttribute("aria-colcount", "60");
  await cell(page, "X", 0, 0).focus();
  for (const [key, row, column] of [
    ["End", 0, 59],
    ["PageDown", 8, 59],
    ["ArrowDown", 9, 59],
    ["ArrowLeft", 9, 58],
  ] as const) {
    await page.keyboard.press(key);
    await expect(cell(page, "X", row, column)).toBeFocused();
    const index = ravel(truth.geometry.shapes.P, [0, 0, row, column]);
    const said = sentence(truth, { tensor: "P", index });
    await expect(spoken(page)).toHaveText(said);
  }
  await expect(grid(page, "X").getByRole("row")).toHaveCount(1);
});

test("a number typed into a cell changes it, and the cell keeps the focus", async ({ page }) => {
  const { document } = await truthOfLink(LINK);
  await open(page, LINK);
  await cell(page, "W", 0, 0).focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.type("-5");
  await page.keyboard.press("Enter");
  const edited = truthOf(setCells(document, "W", [3], -5));
  const weight: CellRef = { tensor: "W", index: 3 };
  await expectCell(page, edited, weight, { step: STEP });
  await expect(cell(page, "W", 1, 0)).toBeFocused();

  await page.keyboard.press("Enter"); // opens the number that is there
  await page.keyboard.press("End");
  await page.keyboard.type("0");
  await page.keyboard.press("Enter");
  const again = truthOf(setCells(document, "W", [3], -50));
  await expectCell(page, again, weight, { step: STEP });
  await page.keyboard.press("Control+z");
  await expectCell(page, edited, weight, { step: STEP });
  await expect(cell(page, "W", 1, 0)).toBeFocused();
});

test("Enter pins a cell that cannot be typed into, and lets go of it", async ({ page }) => {
  const truth = await truthOfLink(LINK);
  await open(page, LINK);
  await cell(page, "Y", 0, 0).focus();
  await page.keyboard.press("Enter");
  await slider(page).focus();
  await expectCell(page, truth, { tensor: "Y", index: 0 }, { step: STEP, output: 0 });
  await page.keyboard.press("Escape");
  await expectMoment(page, truth, { step: STEP });
});

test("keys do what they do wherever they mean nothing else", async ({ page }) => {
  await open(page, LINK);
  const play = page.getByRole("button", { name: "Play", exact: true });
  const pause = page.getByRole("button", { name: "Pause", exact: true });
  await expect(play).toBeVisible();
  for (const place of [
    page.getByRole("button", { name: "Play", exact: true }),
    cell(page, "X", 3, 3),
    slider(page),
  ]) {
    await place.focus();
    const before = await slider(page).inputValue();
    await page.keyboard.press("Space");
    await expect(pause).toBeVisible();
    await expect(slider(page)).not.toHaveValue(before);
    await page.keyboard.press("Space");
    await expect(play).toBeVisible();
  }
  const lenses = page.getByRole("group", { name: "Lens" }).getByRole("radio");
  for (const place of [page.getByRole("checkbox", { name: "loop" }), slider(page)]) {
    await place.focus();
    await page.keyboard.press("2");
    await expect(lenses.nth(1)).toBeChecked();
    await page.keyboard.press("1");
    await expect(lenses.nth(0)).toBeChecked();
    await page.keyboard.press("]");
    await expect(lenses.nth(1)).toBeChecked();
    await page.keyboard.press("[");
    await expect(lenses.nth(0)).toBeChecked();
    await page.keyboard.press(".");
    await expect(page.getByRole("checkbox", { name: "every product" })).toBeChecked();
    await page.keyboard.press(".");
    await expect(page.getByRole("checkbox", { name: "every product" })).not.toBeChecked();
  }
});

test.describe("the focus is never lost", () => {
  const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name });

  /** Presses Enter on something, sees what it does, and sees that something has the focus. */
  async function press(page: Page, name: string | RegExp, effect: () => Promise<void>) {
    await button(page, name).first().focus();
    await page.keyboard.press("Enter");
    await effect();
    expect(await focused(page)).not.toBe("nothing");
  }

  test("when a button has done all it can, or goes with what it does", async ({ page }) => {
    await open(page, `${LINK}&colour=red&size=3`);
    const zoom = page.getByRole("main").getByText(/^(fit|[\d.]+×)$/);
    await press(page, "Zoom in", () => expect(zoom).not.toHaveText("fit"));
    await press(page, "Zoom out", () => expect(zoom).toHaveText("fit"));

    const putAway = button(page, /^Put away/);
    await press(page, /^Put away/, () => expect(putAway).toHaveCount(1));
    await press(page, /^Put away/, () => expect(putAway).toHaveCount(0));

    await cell(page, "Y", 0, 0).focus();
    await page.keyboard.press("Enter");
    await slider(page).focus();
    const letGo = button(page, "pinned · let go");
    await press(page, "pinned · let go", () => expect(letGo).toHaveCount(0));
  });

  test("when a number is typed, or not", async ({ page }) => {
    await open(page, LINK);
    for (const end of ["Enter", "Escape"]) {
      await cell(page, "X", 2, 2).focus();
      await page.keyboard.type("4");
      await page.keyboard.press(end);
      await expect(cell(page, "X", 2, 2)).toBeFocused();
    }
    await page.keyboard.type("5");
    await page.keyboard.press("Tab");
    await expect(cell(page, "X", 2, 2)).toHaveText("5");
    expect(await focused(page)).not.toBe("nothing");
  });

  test("when stepping changes the plates", async ({ page }) => {
    const link = "input=random:3x3:seed=1&channels=4&kernel=random:2x2:seed=9&filters=2&groups=2";
    const truth = await truthOfLink(link);
    const { rows, columns } = truth.geometry;
    await open(page, `${link}&step=${rows.out * columns.out}`);
    await cell(page, "Window of channel 0", 1, 0).focus();
    await page.keyboard.press("Shift+ArrowDown"); // the next filter reads other channels
    await expect(cell(page, "Window of channel 2", 1, 0)).toBeFocused();
    const wanted = platesOf(truth, { step: rows.out * columns.out + columns.out - 1 });
    expect(Object.keys((await said(page)).plates)).toEqual(Object.keys(wanted)); // in reading order
  });

  test("when a picture shrinks under it", async ({ page }) => {
    await open(page, LINK);
    const size = page.getByRole("textbox", { name: "Rows of the input" });
    await size.fill("12");
    await size.press("Enter");
    await cell(page, "X", 13, 3).focus();
    await page.keyboard.press("Control+z");
    await expect(cell(page, "X", 9, 3)).toBeFocused();
  });

  test("when the picture is presented", async ({ page }) => {
    await open(page, LINK);
    await page.getByRole("radio", { name: "Point", exact: true }).focus();
    await page.keyboard.press("f");
    await expect(page.getByRole("complementary", { name: "Settings" })).toBeHidden();
    expect(await focused(page)).not.toBe("nothing");
    await page.keyboard.press("f");
    await eventually(() => page.getByRole("complementary", { name: "Settings" }).isVisible(), true);
  });
});
