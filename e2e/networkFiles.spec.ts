import { readFile } from "node:fs/promises";
import type { Locator, Page } from "@playwright/test";
import { expect, test as plainTest } from "@playwright/test";
import { test } from "./support.ts";

// Networks and images as files, on the page where they are trained.

async function openNetwork(page: Page): Promise<void> {
  await page.goto("./?lens=network");
  await expect(page.getByRole("button", { name: "Save" })).toBeVisible();
}

const settings = (page: Page) => page.getByRole("complementary", { name: "Settings" });
const problem = (page: Page): Locator => settings(page).getByRole("alert");

/** Where the run stands. */
const place = (page: Page) => page.getByRole("slider", { name: "Step of the run" });

/** Takes so many steps. */
async function steps(page: Page, from: number, count: number): Promise<void> {
  for (let step = from + 1; step <= from + count; step++) {
    await page.getByRole("button", { name: "One step" }).click();
    await expect(place(page)).toHaveValue(String(step));
  }
}

const file = (name: string, text: string) => ({
  name,
  mimeType: "text/plain",
  buffer: Buffer.from(text),
});

/** What a button offers to be kept. */
async function kept(page: Page, button: string) {
  const offered = page.waitForEvent("download");
  await page.getByRole("button", { name: button }).click();
  const download = await offered;
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

/** The losses so far, to the last digit: as they are saved. */
async function losses(page: Page): Promise<number[]> {
  return JSON.parse((await kept(page, "Save")).bytes.toString()).metrics.loss;
}

test("a saved network, opened again after a rewind, goes on to the same losses", async ({
  page,
}) => {
  await openNetwork(page);
  await steps(page, 0, 3);
  const { name, bytes } = await kept(page, "Save");
  expect(name).toBe("convlens-network-3.json");
  await steps(page, 3, 2);
  const expected = await losses(page);
  expect(expected.length).toBe(5);
  await page.getByRole("button", { name: "Rewind to the first weights" }).click();
  await expect(place(page)).toHaveValue("0");

  await page.getByLabel("Saved network").setInputFiles(file("mine.json", bytes.toString()));
  await expect(settings(page)).toContainText("mine.json: a network after 3 steps");
  await expect(place(page)).toHaveValue("3");
  await steps(page, 3, 2);
  expect(await losses(page)).toEqual(expected);
});

test("a run that was not saved is offered after a reload, and goes on to the same losses", async ({
  page,
}) => {
  await openNetwork(page);
  await expect(page.getByRole("button", { name: /^Go on with/ })).toHaveCount(0);
  await steps(page, 0, 3);
  const before = await losses(page);
  const asked: string[] = [];
  page.on("dialog", (dialog) => {
    asked.push(dialog.type());
    void dialog.accept();
  });
  await expect.poll(() => shelved(page)).toBe(3);
  await page.reload();
  expect(asked).toEqual([]);
  await page.getByRole("button", { name: /^Go on with the run of \d\d:\d\d$/ }).click();
  await expect(place(page)).toHaveValue("3");
  await expect(page.getByRole("button", { name: /^Go on with/ })).toHaveCount(0);
  expect(await losses(page)).toEqual(before);
  await expect(settings(page).getByText(/^the run of .* a network after 3 steps/)).toBeVisible();
});

test("who leaves while it trains is asked", async ({ page }) => {
  await openNetwork(page);
  await page.getByRole("button", { name: "Train", exact: true }).click();
  await expect(place(page)).not.toHaveValue("0");
  const asked = page.waitForEvent("dialog");
  const left = page.close({ runBeforeUnload: true });
  const dialog = await asked;
  expect(dialog.type()).toBe("beforeunload");
  await dialog.accept();
  await left;
});

/** The step of the run that this browser keeps. */
function shelved(page: Page): Promise<number | undefined> {
  return page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const request = indexedDB.open("convlens-network");
        request.onerror = () => reject(request.error);
        request.onsuccess = () => {
          const found = request.result.transaction("last").objectStore("last").get("run");
          found.onsuccess = () => {
            request.result.close();
            resolve(found.result?.step);
          };
        };
      }),
  );
}

test("a bad file is refused in a sentence, and nothing is lost", async ({ page }) => {
  await openNetwork(page);
  await steps(page, 0, 2);
  const before = await losses(page);
  const text = (await kept(page, "Save")).bytes.toString();
  for (const [wrong, says] of [
    [
      text.slice(0, -9),
      "mine.json, file: is no JSON, or cut off; accepted: a network as convlens saves it.",
    ],
    [
      text.replace('"version": 1', '"version": 9'),
      "mine.json, version: 9 cannot be read here; accepted: version 1.",
    ],
    [text.replace(/\[-?0\.\d+/, "[null"), "null is none; accepted: a finite number."],
  ] as const) {
    await page.getByLabel("Saved network").setInputFiles(file("mine.json", wrong));
    await expect(problem(page)).toContainText(says);
    expect(await losses(page)).toEqual(before);
  }
  await page.getByLabel("Labelled images").setInputFiles(file("a.csv", "1,2\n3,x"));
  await expect(problem(page).first()).toContainText("a.csv, row 2, column 2: “x” is not a number");
  await steps(page, 2, 1);
});

/** Thirty images of 6 × 6 in three classes: the left half inked, the upper half, the diagonal. */
const SHAPES = Array.from({ length: 30 }, (_, n) => {
  const inked = (r: number, c: number) => [c < 3, r < 3, r === c][n % 3]!;
  const pixels = Array.from({ length: 36 }, (_, i) =>
    inked(Math.floor(i / 6), i % 6) ? 9 : (i * n) % 3,
  );
  return [n % 3, ...pixels].join(",");
}).join("\n");

test("a CSV of made-up images is trained on, and the digits are a click away", async ({ page }) => {
  await openNetwork(page);
  await page.getByLabel("Labelled images").setInputFiles(file("shapes.csv", SHAPES));
  await expect(settings(page)).toContainText("30 images of 6 × 6 in 3 classes, 6 held out");
  await page.getByText("as fast as it goes").click();
  await page.getByRole("button", { name: "Train" }).click();
  await expect(page.getByRole("table", { name: /: 6 of 6 right/ })).toBeVisible();
  await page.getByRole("button", { name: "Pause" }).click();
  await expect(page.getByRole("button", { name: /^sample 1, / }).first()).toBeVisible();

  await page.getByRole("button", { name: "Back to the digits" }).click();
  await expect(settings(page)).toContainText("out of 1437");
  await steps(page, 0, 1);
});

/** Drops a file on the middle of the page; whether the page takes it: else the browser would open it in its place. */
function drop(page: Page, name: string, text: string): Promise<boolean> {
  return page.evaluate(
    ([name, text]) => {
      const carried = new DataTransfer();
      carried.items.add(new File([text!], name!));
      const over = { bubbles: true, cancelable: true, dataTransfer: carried };
      const target = document.querySelector("main")!;
      const isTaken = !target.dispatchEvent(new DragEvent("dragover", over));
      return !target.dispatchEvent(new DragEvent("drop", over)) && isTaken;
    },
    [name, text],
  );
}

test("files dropped anywhere on the page are opened", async ({ page }) => {
  await openNetwork(page);
  expect(await drop(page, "dropped.csv", SHAPES)).toBe(true);
  await expect(settings(page)).toContainText("dropped.csv: 30 images of 6 × 6");
  await expect(page.getByRole("main").getByRole("alert")).toBeEmpty();
});

test("what cannot be opened is said where one looks, and is not opened by the browser", async ({
  page,
}) => {
  await openNetwork(page);
  const told = page.getByRole("main").getByRole("alert");
  expect(await drop(page, "broken.json", "{")).toBe(true);
  await expect(told).toContainText("broken.json");
  expect(await drop(page, "cat.png", "")).toBe(true);
  await expect(told).toContainText("cat.png is neither a network nor labelled images");
});

// Not with `test`: the browser itself complains of what it cannot fetch.
plainTest("without a connection the page is not opened, and the figure stays", async ({ page }) => {
  await page.goto("./");
  await expect(page.getByRole("grid", { name: "Y", exact: true })).toBeVisible();
  await page.route(/\/assets\/.*\.(js|css)$/, (route) => route.abort());
  await page.getByRole("radio", { name: "Network" }).press("Space");
  await expect(page.getByRole("alert")).toContainText("The page Network could not be fetched");
  await expect(page.getByRole("grid", { name: "Y", exact: true })).toBeVisible();
});

test("weights and a script for PyTorch are handed out", async ({ page }) => {
  await openNetwork(page);
  await steps(page, 0, 1);
  const weights = await kept(page, "Weights as .npy");
  expect(weights.name).toBe("convlens-weights.npz");
  const text = weights.bytes.toString("latin1");
  for (const layer of ["conv", "linear1", "linear2"]) expect(text).toContain(`${layer}.w.npy`);
  expect(text).toContain("'shape': (4, 1, 3, 3)");
  const script = await kept(page, "PyTorch");
  expect(script.name).toBe("convlens-network.py");
  expect(script.bytes.toString()).toContain("nn.Linear(144, 16)");
});
