import { expect, type Page, test } from "@playwright/test";
import { build } from "vite";
import { checkDocument, type Document, EXAMPLES, full, nameOf } from "#engine";
import { LENSES } from "../app/lenses/lenses.ts";
import { type Served, serve } from "./serve.ts";
import { documentOf, documentWords } from "./settings.ts";
import { cell, eventually, grid, notices, said, slider } from "./support.ts";
import { readings, TOY } from "./toy/lens/index.ts";
import config, { TOY_DIST } from "./toy/vite.config.ts";

// A lens is a folder and a row of a table: e2e/toy/ is the app with one more, and that it is built from no file of the
// app but those that are shipped shows that adding it touched no other.

test.describe.configure({ mode: "default" }); // one build is enough
let served: Served;
test.beforeAll(async () => {
  await build({ ...config, configFile: false });
  served = await serve(TOY_DIST);
});
test.afterAll(() => served.close());

const LINK = "input=counting:3x4&kernel=ones:2x2&stride=1";

async function openToy(page: Page, words: string): Promise<string[]> {
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  await page.goto(`${served.address}?${words}`);
  return errors;
}

/** The plate of the toy at a step: the readings up to it, in the plane of the step. */
async function expectReadings(page: Page, document: Document, step: number): Promise<void> {
  const geometry = checkDocument(document);
  const [, , rows, columns] = geometry.shapes.X as [number, number, number, number];
  const counts = readings({ geometry });
  const first = step - (step % (rows * columns));
  const text = (i: number) => (i <= step ? full(counts[i]!) : "–");
  await expect(grid(page, "Readings")).toHaveAttribute("aria-rowcount", String(rows));
  await expect(grid(page, "Readings")).toHaveAttribute("aria-colcount", String(columns));
  const shown = async () => (await said(page)).plates.Readings!.map((row) => row.slice(0, 20));
  // Of a large plate one row is spelled out.
  const spelled = rows * columns <= 400 ? rows : 1;
  await eventually(
    shown,
    Array.from({ length: spelled }, (_, row) =>
      Array.from({ length: Math.min(20, columns) }, (_, c) => text(first + row * columns + c)),
    ),
  );
}

test("it is in the menu, and is opened there and by the key of its number", async ({ page }) => {
  const errors = await openToy(page, LINK);
  const menu = page.getByRole("group", { name: "Lens" });
  const labels = menu.locator("label");
  await expect(labels).toHaveCount(Object.keys(LENSES).length + 1);
  const names = await labels.allTextContents();
  const document = await documentOf(LINK);

  await menu.getByRole("radio", { name: TOY.label }).check();
  await page.getByRole("button", { name: "First step" }).click();
  await expectReadings(page, document, 0);
  await expect(grid(page, "Y")).toHaveCount(0);
  await expect(page.getByRole("region", { name: "Why this view" })).toContainText(
    (await TOY.load()).why,
  );

  await page.getByRole("heading", { name: "convlens" }).click();
  await page.keyboard.press("1");
  await expect(grid(page, "Y")).toBeVisible();
  await page.keyboard.press(String(names.indexOf(TOY.label) + 1));
  await expect(menu.getByRole("radio", { name: TOY.label })).toBeChecked();
  await page.keyboard.press("Home");
  await expectReadings(page, document, 0);
  expect(errors).toEqual([]);
});

test("it is walked like any other: steps, words, program, and the cell in focus", async ({
  page,
}) => {
  await openToy(page, `lens=toy&${LINK}`);
  const document = await documentOf(LINK);
  const geometry = checkDocument(document);
  const cells = document.input.tensor.data.length;
  await page.getByRole("button", { name: "Step on" }).click();
  await expectReadings(page, document, 1);
  await eventually(async () => (await said(page)).heading, `Step 2 of ${cells}`);
  await eventually(
    async () => (await said(page)).caption,
    `${readings({ geometry })[1]} taps read this cell.`,
  );
  const place = nameOf(geometry, { tensor: "X", index: 1 });
  await expect(slider(page)).toHaveAttribute("aria-valuetext", `2 of ${cells}, ${place}`);
  await page.keyboard.press("End");
  await expectReadings(page, document, cells - 1);
  for (const language of ["NumPy", "PyTorch", "TypeScript"]) {
    await page.getByRole("radio", { name: language }).check();
    await expect(page.getByRole("region", { name: "Program" })).toContainText("readings");
  }
  await cell(page, "Readings", 1, 2).focus();
  const pointed = nameOf(geometry, { tensor: "X", index: 6 });
  await expect(page.getByRole("region", { name: "This step" })).toContainText(pointed);
});

test("a link is written with it, and read", async ({ page }) => {
  await openToy(page, LINK);
  await page.getByRole("radio", { name: TOY.label }).check();
  await page.getByRole("button", { name: "First step" }).click();
  await page.getByRole("button", { name: "Step on" }).click();
  await expect.poll(() => new URL(page.url()).searchParams.get("lens")).toBe("toy");
  await expect.poll(() => new URL(page.url()).searchParams.get("step")).toBe("2");
  expect(documentWords(page.url())).toBe(LINK.replace("&stride=1", ""));

  await page.goto(page.url());
  await expectReadings(page, await documentOf(LINK), 1);
  await expect(notices(page)).toBeEmpty();

  await openToy(page, `lens=tоy&${LINK}`); // with a Cyrillic o
  await expect(notices(page)).toContainText("window, toy");
  await expect(grid(page, "Y")).toBeVisible();
});

test("it lays out every example without an error", async ({ page }) => {
  for (const { label, link } of Object.values(EXAMPLES))
    await test.step(label, async () => {
      const errors = await openToy(page, `lens=toy&${documentWords(link)}&step=2`);
      await expectReadings(page, await documentOf(link), 1);
      await expect(notices(page)).toBeEmpty();
      expect(errors).toEqual([]);
    });
});
