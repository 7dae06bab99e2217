// npm run screenshots: the pictures of docs/, made from the built app by the browser that the tests use.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import { preview } from "vite";
import { findChromium } from "./browser.mjs";
import { ROOT } from "./npm.mjs";

const WIDE = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };

/** @type {readonly { name: string, link: string, size: typeof WIDE, dark?: true }[]} */
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
];

const executablePath = findChromium();
const server = await preview({ root: ROOT, preview: { port: 4290, host: "127.0.0.1" } });
const address = server.resolvedUrls?.local[0] ?? "";
const browser = await chromium.launch(executablePath ? { executablePath } : {});
mkdirSync(join(ROOT, "docs"), { recursive: true });
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
  await page.getByRole("grid", { name: "Y", exact: true }).waitFor();
  await page.locator("h2", { hasText: "Agreement" }).waitFor({ state: "attached" });
  await page.screenshot({ path: join(ROOT, "docs", `${name}.png`) });
  console.log(`docs/${name}.png`);
  await context.close();
}
await browser.close();
await server.close();
