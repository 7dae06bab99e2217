import { expect, type Page, test, type Worker } from "@playwright/test";
import { type Document, setCells, setSettings } from "#engine";
import {
  documentOf,
  expectFigure,
  expectLink,
  expectNumbers,
  geometryPanel,
  kernelPanel,
  openAtEnd,
  type,
} from "./settings.ts";
import {
  expectMoment,
  grid,
  hover,
  hoverNothing,
  isLit,
  notices,
  open,
  truthOf,
} from "./support.ts";

const LINK = "input=random:7x9:seed=3&kernel=sobel-x&padding=1";

const engines = (page: Page) =>
  page.workers().filter((worker) => worker.url().includes("engine.worker"));

async function engine(page: Page): Promise<Worker> {
  await expect.poll(() => engines(page).length).toBe(1);
  return engines(page)[0]!;
}

/** Resolves with what the page says as soon as it says that the engine is being started again. */
function replacement(page: Page): Promise<string> {
  return page.evaluate(
    () =>
      new Promise<string>((told) => {
        const alert = document.querySelector('main [role="alert"]')!;
        new MutationObserver(() => {
          const text = alert.textContent ?? "";
          if (text.includes("started again")) told(text);
        }).observe(alert, { childList: true, subtree: true, characterData: true });
      }),
  );
}

/** There is another engine. */
function expectReplaced(page: Page, old: Worker): Promise<void> {
  return expect.poll(() => engines(page).some((worker) => worker !== old)).toBe(true);
}

const WAYS: Readonly<Record<string, (worker: Worker) => unknown>> = {
  "has gone": (worker) => worker.evaluate(() => self.close()),
  "is busy for ever": (worker) => {
    const never = worker.evaluate(() => {
      for (;;) {}
    });
    never.catch(() => {}); // it ends with the worker
  },
};

for (const [what, kill] of Object.entries(WAYS))
  test.describe(`an engine that ${what}`, () => {
    test("is replaced, and the newest of several edits is answered", async ({ page }) => {
      const start = await openAtEnd(page, LINK);
      const worker = await engine(page);
      const told = replacement(page);
      await kill(worker);

      await type(geometryPanel(page), "Stride", "3");
      await type(kernelPanel(page), "Bias", "1");
      await type(kernelPanel(page), "Bias", "-2.5");
      await type(geometryPanel(page), "Padding", "2");
      const settings = { stride: [3, 3], padding: 2 } as const;
      const document = setCells(setSettings(start, settings), "b", [0], -2.5);

      expect(await told).toMatch(/^The engine stopped.*nothing is lost/);
      await expectFigure(page, document);
      await expectReplaced(page, worker);
      await expect(notices(page)).toBeEmpty();
    });

    test("leaves the last picture to step through and to point at", async ({ page }) => {
      await open(page, LINK);
      const before = await documentOf(LINK);
      const truth = truthOf(before);
      const worker = await engine(page);
      await kill(worker);
      await type(geometryPanel(page), "Stride", "2");

      await page.getByRole("button", { name: "Step on" }).click();
      await expectMoment(page, truth, { step: 1 });
      await hover(page, "X", 2, 3);
      await expect.poll(() => isLit(page, "X", 2, 3)).toBe(true);
      await hoverNothing(page);
      await expect.poll(() => isLit(page, "X", 2, 3)).toBe(false);
      await page.getByRole("button", { name: "Step on" }).click();
      await expectMoment(page, truth, { step: 2 });

      await expectNumbers(page, setSettings(before, { stride: [2, 2] }), 2);
      await expectReplaced(page, worker);
    });
  });

test.describe("an engine that cannot be fetched", () => {
  const SCRIPT = /engine\.worker/;
  const tryAgain = (page: Page) => notices(page).getByRole("button", { name: "Try again" });

  /** One sentence says what is wrong, and one button tries again. */
  async function expectFailure(page: Page): Promise<void> {
    await expect(notices(page).getByRole("paragraph")).toHaveCount(1);
    await expect(notices(page)).toContainText("The engine's script could not be loaded");
    await expect(tryAgain(page)).toBeVisible();
  }

  test("is said, and tried again when asked for", async ({ page }) => {
    await page.route(SCRIPT, (route) => route.abort());
    await page.goto(`./?${LINK}`);
    await expectFailure(page);
    await expect(grid(page, "Y")).toHaveCount(0);
    await tryAgain(page).click();
    await expectFailure(page);

    await page.unroute(SCRIPT);
    await tryAgain(page).click();
    await expectNumbers(page, await documentOf(LINK), 0);
    await expect(notices(page)).toBeEmpty();
  });

  test("when another has died: the last picture stands, and the edit is answered later", async ({
    page,
  }) => {
    const start: Document = await openAtEnd(page, LINK);
    const worker = await engine(page);
    await page.route(SCRIPT, (route) => route.abort());
    await worker.evaluate(() => self.close());
    await type(geometryPanel(page), "Stride", "2");
    const document = setSettings(start, { stride: [2, 2] });
    await expectFailure(page);
    await expectNumbers(page, start);
    await expectLink(page, document);

    await page.unroute(SCRIPT);
    await tryAgain(page).click();
    await expectFigure(page, document);
    await expect(notices(page)).toBeEmpty();
  });
});
