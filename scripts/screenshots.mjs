// npm run screenshots: the pictures of docs/, made from the built app by the browser that the tests use.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import { preview } from "vite";
import { findChromium } from "./browser.mjs";
import { ROOT } from "./npm.mjs";

const WIDE = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };

/** What each lens is shown with: the opening layer, at a step that says what it is about. */
const LENSES = {
  window: "input=digit:7&kernel=sobel-x&stride=2&padding=1&step=7",
  im2col: "input=digit:7&kernel=sobel-x&stride=2&padding=1&step=23",
  strides: "input=digit:7&kernel=sobel-x&stride=2&padding=1&step=7",
  indices: "input=digit:7&kernel=sobel-x&stride=2&padding=1&step=7",
  delta:
    "input=digit:7&kernel=sobel-x&stride=2&padding=1&activation=relu&delta=random:seed=3&step=7",
  scatter: "input=digit:7&kernel=sobel-x&stride=2&padding=1&step=11",
  col2im: "input=digit:7&kernel=sobel-x&stride=2&padding=1&step=11",
  rotate: "input=digit:7&kernel=sobel-x&stride=2&padding=1&step=29",
  weights: "input=digit:7&kernel=sobel-x&stride=2&padding=1&delta=random:seed=3&step=6",
  update: "input=digit:7&kernel=random:seed=3&delta=kernel:sobel-x&step=3",
};

/** @typedef {{ name: string, link: string, size: typeof WIDE, dark?: boolean }} Picture */

/** @type {readonly Picture[]} */
const LENS_PICTURES = Object.entries(LENSES).flatMap(([lens, words]) => {
  const link = `lens=${lens}&${words}`;
  const name = `lenses/${lens}`;
  return [
    { name, link, size: WIDE },
    { name: `${name}-dark`, link, size: WIDE, dark: true },
    { name: `${name}-phone`, link, size: PHONE },
  ];
});

/** @type {readonly Picture[]} */
const NETWORK_PICTURES = [
  { name: "lenses/network", link: "lens=network", size: WIDE },
  { name: "lenses/network-dark", link: "lens=network", size: WIDE, dark: true },
  { name: "lenses/network-phone", link: "lens=network", size: PHONE },
];

/** @type {readonly Picture[]} */
const PICTURES = [
  { name: "opening", link: "", size: WIDE },
  {
    name: "photograph",
    link: "input=photo:cat:128x128&kernel=sobel-x&padding=1&step=16384",
    size: WIDE,
  },
  {
    name: "rgb",
    link: "input=photo:coffee:16x16&channels=3&kernel=sobel-x || sharpen&padding=same&activation=relu&step=100",
    size: WIDE,
  },
  { name: "phone", link: "", size: PHONE },
  { name: "dark", link: "", size: WIDE, dark: true },
  ...LENS_PICTURES,
  ...NETWORK_PICTURES,
];

/** Waits for all of a figure. @param {import("@playwright/test").Page} page */
async function figureThere(page) {
  await page.getByRole("grid").first().waitFor();
  await page.locator("h2", { hasText: "Agreement" }).waitFor({ state: "attached" });
}

/** Trains to the same step each time, and waits for all that is said of it. @param {import("@playwright/test").Page} page */
async function networkThere(page) {
  const training = page.getByRole("region", { name: "Training" });
  const slider = training.getByRole("slider");
  await training.getByRole("button", { name: "Train" }).click();
  await page.getByRole("img", { name: /^Accuracy, over [2-9]\d\d steps/ }).waitFor();
  await training.getByRole("button", { name: "Pause" }).click();
  await slider.fill("199");
  await page.getByRole("heading", { name: "The batch of step 199" }).waitFor();
  await training.getByRole("button", { name: "One step" }).click(); // what was beyond is forgotten
  const batch = page.getByRole("region", { name: "The batch of step 200" });
  const chosen = batch.getByRole("button").nth(2);
  await chosen.click();
  const label = (await chosen.innerText()).trim()[0];
  const answer = page.getByRole("region", { name: "What the network makes of a sample" });
  await answer.filter({ hasText: `This is a ${label}.` }).waitFor();
  const said = page.getByRole("region", { name: "This step" }).getByRole("status");
  await said.filter({ hasText: /^Step 200, .* right$/ }).waitFor();
}

const executablePath = findChromium();
const server = await preview({ root: ROOT, preview: { port: 4290, host: "127.0.0.1" } });
const address = server.resolvedUrls?.local[0] ?? "";
const browser = await chromium.launch(executablePath ? { executablePath } : {});
mkdirSync(join(ROOT, "docs/lenses"), { recursive: true });
for (const { name, link, size, dark } of PICTURES) {
  const context = await browser.newContext({
    viewport: size,
    colorScheme: dark ? "dark" : "light",
    reducedMotion: "reduce",
    hasTouch: size === PHONE,
    isMobile: size === PHONE,
  });
  const page = await context.newPage();
  await page.goto(`${address}?${link}`);
  await (link === "lens=network" ? networkThere(page) : figureThere(page));
  await page.screenshot({ path: join(ROOT, "docs", `${name}.png`) });
  console.log(`docs/${name}.png`);
  await context.close();
}
await browser.close();
await server.close();
