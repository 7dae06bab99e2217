import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, type Page, test } from "@playwright/test";
import { EXAMPLES } from "#engine";
import { choose, geometryPanel, inputPanel, kernelPanel, pick, type } from "./settings.ts";
import {
  cell,
  eventually,
  isFramed,
  notices,
  open,
  slider,
  truthOfLink,
  windowOf,
} from "./support.ts";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const SCHEMES = ["light", "dark"] as const;
const WIDE = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };

/** Small, with padding, a remainder, a negative weight and something to choose a channel and a filter from. */
const LINK =
  "input=random:5x6:seed=2&channels=2&kernel=sobel-x||random:seed=3&stride=2&padding=1&activation=relu";

/** Opens a link and waits for all that comes after the first picture. */
async function openAll(page: Page, link = ""): Promise<void> {
  await open(page, link);
  await expect(page.locator(".formula").first()).toBeAttached();
  await expect(page.locator('[aria-label="Agreement"]')).toBeAttached();
}

/** What axe finds wrong with the page as it stands: all its rules but the experimental, whatever their weight. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AXE); // by the debugger: a script element would be against the page's policy
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: typeof import("axe-core") };
    const { violations } = await axe.run(document, { resultTypes: ["violations"] });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")}: ${failureSummary}`),
    );
  });
}

/** In light and in dark there is nothing to say against the page. */
async function expectAccessible(page: Page, what: string): Promise<void> {
  for (const colorScheme of SCHEMES)
    await test.step(`${what}, ${colorScheme}`, async () => {
      await page.emulateMedia({ colorScheme });
      await expect(page.locator("html")).toHaveAttribute("data-theme", colorScheme);
      expect(await violations(page)).toEqual([]);
    });
}

/** The Network before its first step, after some, and with a diagnosis and a notice. */
async function expectNetworkAccessible(page: Page): Promise<void> {
  await page.goto("./?lens=network&rate=1e100&seeed=1");
  const said = page.getByRole("region", { name: "This step" }).getByRole("status");
  await expect(said).toHaveText(/^Step 0, held out/);
  await expect(notices(page)).toContainText("seeed");
  await expectAccessible(page, "before the first step");
  const transport = page.getByRole("region", { name: "Training" });
  await transport.getByRole("button", { name: "Train" }).click();
  await expect(page.getByRole("button", { name: "Back one step" })).toBeVisible();
  await expectAccessible(page, "stopped, with a diagnosis");
  await page.getByRole("combobox", { name: "Preset" }).selectOption("momentum");
  await transport.getByRole("button", { name: "Train" }).click();
  await expect(page.getByRole("img", { name: /^Accuracy, over \d{3} steps/ })).toBeVisible();
  await transport.getByRole("button", { name: "Pause" }).click();
  await expect(said).toHaveText(/^Step \d+, loss .* right$/);
  await expectAccessible(page, "after some steps");
}

/** A refusal, and a notice of a word that the link does not have. */
async function openTrouble(page: Page): Promise<void> {
  await openAll(page, `${LINK}&colour=blue`);
  await expect(notices(page)).toContainText("colour");
}

const DIALOGS = ["Share", "Examples", "Keys"] as const;

test.describe("axe has nothing to say against a wide page", () => {
  test.use({ viewport: WIDE });

  test("as it opens, with a cell lit and with every product", async ({ page }) => {
    await openAll(page);
    await expectAccessible(page, "as it opens");
    await cell(page, "X", 3, 3).focus();
    await expectAccessible(page, "a cell lit");
    await page.getByRole("checkbox", { name: "every product" }).check();
    await expectAccessible(page, "every product");
  });

  test("with channels and filters, in every part of the input", async ({ page }) => {
    await openAll(page, LINK);
    await expectAccessible(page, "Draw");
    for (const pane of ["Load", "Samples"]) {
      await pick(inputPanel(page), "Where the input comes from", pane);
      await expectAccessible(page, pane);
    }
    await page.keyboard.press("f");
    await expectAccessible(page, "presenting");
  });

  test("with a refusal, a notice and a field that was typed wrong", async ({ page }) => {
    await openTrouble(page);
    await choose(page, "Kind of padding", "four sides");
    await type(geometryPanel(page), "Dilation", "99");
    await type(kernelPanel(page), "Filters", "x");
    await expect(page.locator('[aria-invalid="true"]')).not.toHaveCount(0);
    await expectAccessible(page, "trouble");
  });

  test("with the Network in place of the figure", async ({ page }) => {
    test.slow();
    await expectNetworkAccessible(page);
  });

  for (const name of DIALOGS)
    test(`with the dialog ${name}`, async ({ page }) => {
      await openAll(page, LINK);
      await page.getByRole("button", { name, exact: true }).click();
      await expect(page.getByRole("dialog")).toBeVisible();
      await expectAccessible(page, name);
    });
});

test.describe("axe has nothing to say against a phone's page", () => {
  test.use({ viewport: PHONE, hasTouch: true, isMobile: true });

  test("in every tab", async ({ page }) => {
    await openAll(page, LINK);
    for (const tab of ["Step", "Input", "Kernel", "Geometry", "Code"]) {
      await page.getByRole("navigation").getByRole("radio", { name: tab }).check();
      await expectAccessible(page, tab);
    }
  });

  test("with the Network in place of the figure", async ({ page }) => {
    test.slow();
    await expectNetworkAccessible(page);
  });

  test("with a refusal, a notice and all that is behind the button More", async ({ page }) => {
    await openTrouble(page);
    await page.getByRole("navigation").getByRole("radio", { name: "Geometry" }).check();
    await type(geometryPanel(page), "Dilation", "99");
    await expectAccessible(page, "trouble");
    await page.locator("summary").tap();
    await expectAccessible(page, "More");
    for (const name of DIALOGS) {
      if (name === "Share") continue;
      await page.getByRole("button", { name, exact: true }).tap();
      await expect(page.getByRole("dialog")).toBeVisible();
      await expectAccessible(page, name);
      await page.getByRole("button", { name: "Close" }).tap();
    }
  });
});

test("every plate is a grid with a name, its counts and a text in every cell", async ({ page }) => {
  for (const { link } of [EXAMPLES.opening, EXAMPLES.groups, EXAMPLES.rings])
    await test.step(link, async () => {
      await openAll(page, link);
      const grids = await page.getByRole("grid").evaluateAll((elements) =>
        elements.map((element) => {
          const cells = [...element.querySelectorAll('[role="gridcell"]')];
          const rows = [...element.querySelectorAll('[role="row"]')];
          const count = (axis: "row" | "col") => Number(element.getAttribute(`aria-${axis}count`));
          const first = rows[0]!.querySelectorAll('[role="gridcell"]').length;
          return {
            name: element.getAttribute("aria-label") ?? "",
            counts: [count("row"), count("col")],
            whole: rows.length === count("row") && first === count("col"),
            cells: cells.length,
            size: count("row") * count("col"),
            silent: cells.filter((cell) => !cell.textContent?.trim()).length,
            stops: cells.filter((cell) => cell.getAttribute("tabindex") === "0").length,
            places: rows.map((row) => Number(row.getAttribute("aria-rowindex"))),
          };
        }),
      );
      const names = grids.map(({ name }) => name);
      for (const name of ["X", "W", "Y", "Input editor", "Kernel editor"])
        expect(names).toContain(name);
      expect(new Set(names).size).toBe(names.length);
      for (const { name, counts, whole, cells, size, silent, stops, places } of grids)
        await test.step(name, async () => {
          expect(name).not.toBe("");
          expect(counts.every((n) => n > 0)).toBe(true);
          expect(silent).toBe(0);
          expect(stops).toBe(1);
          // A large plate spells out only the row in focus, and says which it is.
          if (whole) expect(cells).toBe(size);
          else expect(size).toBeGreaterThan(400);
          expect(places.every((place) => place >= 1 && place <= counts[0]!)).toBe(true);
        });
    });
});

test.describe("movement", () => {
  const FROM_START = "input=digit:7&kernel=sobel-x&stride=2&padding=1";

  /** The page's clock is the test's. */
  async function openStill(page: Page, reducedMotion: "reduce" | "no-preference") {
    await page.emulateMedia({ reducedMotion });
    await page.clock.install();
    await open(page, FROM_START);
    await expect(page.locator(".equation")).toBeVisible(); // what comes after the picture makes it smaller
    await page.clock.pauseAt(Date.now() + 60_000);
    await page.clock.runFor(100);
    const truth = await truthOfLink(FROM_START);
    return (step: number) => isFramed(page, "X", windowOf(truth, step));
  }

  test("nobody asked for less: the window glides to its next place", async ({ page }) => {
    const isAt = await openStill(page, "no-preference");
    expect(await isAt(0)).toBe(true);
    await page.keyboard.press("ArrowRight");
    await page.clock.runFor(50);
    expect(await isAt(0)).toBe(false);
    expect(await isAt(1)).toBe(false);
    await page.clock.runFor(300);
    expect(await isAt(1)).toBe(true);
  });

  test("asked for less: the window is at its next place in the next frame", async ({ page }) => {
    const isAt = await openStill(page, "reduce");
    expect(await isAt(0)).toBe(true);
    for (const step of [1, 2]) {
      await page.keyboard.press("ArrowRight");
      await page.clock.runFor(50);
      expect(await isAt(step)).toBe(true);
    }
  });

  for (const reducedMotion of ["reduce", "no-preference"] as const)
    test(`nothing plays before it is told to (${reducedMotion})`, async ({ page }) => {
      await openStill(page, reducedMotion);
      await page.clock.runFor(10_000);
      await expect(page.getByRole("button", { name: "Play" })).toBeVisible();
      await expect(slider(page)).toHaveValue("1");
    });
});

test.describe("light and dark", () => {
  /** What is painted: the page's ground, and the middle of a zero of the kernel on the canvas. */
  const painted = (page: Page) =>
    page.evaluate(() => {
      const canvas = document.querySelector<HTMLCanvasElement>("main canvas")!;
      const zero = document.querySelector('main [aria-label="W"] [data-at="0 1"]')!;
      const [box, at] = [canvas.getBoundingClientRect(), zero.getBoundingClientRect()];
      const context = canvas.getContext("2d")!;
      const { data } = context.getImageData(at.left - box.left + 4, at.top - box.top + 4, 1, 1);
      return { ground: getComputedStyle(document.body).backgroundColor, zero: [...data].join() };
    });
  const theme = (page: Page) => page.locator("html").getAttribute("data-theme");

  test("the page follows the system, at once", async ({ page }) => {
    await page.emulateMedia({ colorScheme: "light" });
    await open(page);
    expect(await theme(page)).toBe("light");
    const light = await painted(page);
    await page.emulateMedia({ colorScheme: "dark" });
    await expect.poll(() => theme(page)).toBe("dark");
    await expect.poll(async () => (await painted(page)).zero).not.toBe(light.zero);
    expect((await painted(page)).ground).not.toBe(light.ground);
    await page.emulateMedia({ colorScheme: "light" });
    await eventually(() => painted(page), light);
  });

  test("until a person chooses; the choice is kept", async ({ page }) => {
    await page.emulateMedia({ colorScheme: "light" });
    await open(page);
    await choose(page, "Theme", "Dark");
    expect(await theme(page)).toBe("dark");
    await page.reload();
    await expect(page.getByRole("combobox", { name: "Theme" })).toHaveValue("dark");
    expect(await theme(page)).toBe("dark");
    await choose(page, "Theme", "System");
    expect(await theme(page)).toBe("light");
    await page.emulateMedia({ colorScheme: "dark" });
    await expect.poll(() => theme(page)).toBe("dark");
  });
});
