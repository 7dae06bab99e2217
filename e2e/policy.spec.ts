import { fileURLToPath } from "node:url";
import { expect, type Page, test } from "@playwright/test";
import { EXAMPLES } from "#engine";
import { CONTENT_SECURITY_POLICY } from "../vite.config.ts";
import { DIST, serve } from "./serve.ts";
import {
  choose,
  documentOf,
  expectLink,
  expectNumbers,
  geometryPanel,
  inputPanel,
  kernelPanel,
  pick,
  type,
} from "./settings.ts";
import { grid, hover, hoverNothing, notices, open } from "./support.ts";

const PNG = fileURLToPath(new URL("./files/transparent.png", import.meta.url));

/** What a page may not do: break its policy, complain, fail, or ask another host. */
async function watch(page: Page): Promise<() => Promise<string[]>> {
  const seen: string[] = [];
  const origins = new Set<string>();
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning")
      seen.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => seen.push(`error: ${error.message}`));
  page.on("request", (request) => origins.add(new URL(request.url()).origin));
  page.on("requestfailed", (request) => seen.push(`failed: ${request.url()}`));
  page.on("response", (response) => {
    if (response.status() >= 400) seen.push(`${response.status()}: ${response.url()}`);
  });
  await page.addInitScript(() => {
    const violations: string[] = [];
    Object.assign(window, { violations });
    document.addEventListener("securitypolicyviolation", (event) => {
      violations.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sourceFile}`);
    });
  });
  return async () => {
    const violations = await page.evaluate(
      () => (window as unknown as { violations: string[] }).violations,
    );
    const { origin } = new URL(page.url());
    const others = [...origins].filter((other) => other !== origin && other !== "null");
    return [...seen, ...violations, ...others.map((other) => `asked ${other}`)];
  };
}

/** All that a person may do in one sitting. */
async function session(page: Page): Promise<void> {
  await test.step("draw", async () => {
    await page.keyboard.press("b");
    await hover(page, "X", 2, 2);
    await page.mouse.down();
    await hover(page, "X", 4, 4);
    await page.mouse.up();
    await hoverNothing(page);
    await page.keyboard.press("p");
  });
  await test.step("set", async () => {
    await choose(page, "Kernel", "Gaussian");
    await type(geometryPanel(page), "Stride", "2");
    await type(geometryPanel(page), "Dilation", "99");
    await notices(page).getByRole("button", { name: "Back to what worked" }).click();
    await type(kernelPanel(page), "Bias", "1");
  });
  await test.step("load", async () => {
    await pick(inputPanel(page), "Where the input comes from", "Load");
    await page.getByLabel("Image file").setInputFiles(PNG);
    await expect(inputPanel(page).getByRole("status")).toContainText("transparent.png");
    await pick(inputPanel(page), "Where the input comes from", "Samples");
    await inputPanel(page).getByRole("button", { name: "cat", exact: true }).click();
    await expect.poll(() => page.url()).toContain("photo:cat");
    await inputPanel(page).getByRole("button", { name: "digit", exact: true }).click();
    await expect.poll(() => page.url()).toContain("input=digit");
  });
  await test.step("step and play", async () => {
    await page.getByRole("checkbox", { name: "every product" }).check();
    await page.getByRole("button", { name: "Step on" }).click();
    await page.getByRole("button", { name: "Play" }).click();
    await page.getByRole("button", { name: "Pause" }).click();
  });
  await test.step("read the code", async () => {
    for (const language of ["PyTorch", "TypeScript"])
      await page.getByRole("radio", { name: language }).check();
    await page.getByRole("button", { name: "Whole program" }).click();
    await expect(page.getByRole("region", { name: "Agreement" })).toBeVisible();
  });
  await test.step("share and open", async () => {
    await page.getByRole("button", { name: "Share" }).click();
    await expect(page.getByRole("textbox", { name: "Link" })).not.toHaveValue("");
    await page.getByRole("button", { name: "Close" }).click();
    await page.getByRole("button", { name: "Examples" }).click();
    const { label, why } = EXAMPLES.colour;
    await page.getByRole("button", { name: label }).filter({ hasText: why }).click();
    await expectNumbers(page, await documentOf(EXAMPLES.colour.link), 0);
    await page.keyboard.press("?");
    await expect(page.getByRole("dialog", { name: "Keys" })).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
  });
  await test.step("themes, zoom, present", async () => {
    for (const theme of ["Dark", "Light"]) await choose(page, "Theme", theme);
    await page.getByRole("button", { name: "Zoom in" }).click();
    await page.keyboard.press("f");
    await page.keyboard.press("Escape");
  });
}

test("the policy stands in the header and in the page, and they say the same", async ({ page }) => {
  const response = await page.goto("./");
  expect(response!.headers()["content-security-policy"]).toBe(CONTENT_SECURITY_POLICY);
  const meta = page.locator('meta[http-equiv="Content-Security-Policy"]');
  await expect(meta).toHaveAttribute("content", CONTENT_SECURITY_POLICY);
  // WebAssembly may be compiled; nothing else that is not a file of this page may run.
  const words = CONTENT_SECURITY_POLICY.split(/[; ]+/);
  for (const open of ["'unsafe-inline'", "'unsafe-eval'", "*"]) expect(words).not.toContain(open);
  expect(words.filter((word) => word.includes("unsafe"))).toEqual(["'wasm-unsafe-eval'"]);
  // It stands before everything it is about.
  expect(await page.evaluate(() => document.head.firstElementChild?.tagName)).toBe("META");
  expect(
    await page.evaluate(
      () =>
        document.scripts[0]!.compareDocumentPosition(document.querySelector("meta[http-equiv]")!) &
        Node.DOCUMENT_POSITION_PRECEDING,
    ),
  ).not.toBe(0);
});

test("a whole session breaks no rule of the policy, and asks no other host", async ({ page }) => {
  const broken = await watch(page);
  await open(page);
  await session(page);
  expect(await broken()).toEqual([]);
});

test("what breaks the policy would be seen", async ({ page }) => {
  const broken = await watch(page);
  await open(page);
  await page.evaluate(() => {
    document.body.insertAdjacentHTML("beforeend", '<p style="color: red">red</p>');
    document.body.append(
      Object.assign(new Image(), { src: "https://convlens.invalid/picture.png" }),
    );
  });
  await expect.poll(async () => (await broken()).join("\n")).toContain("style-src");
  await expect.poll(async () => (await broken()).join("\n")).toContain("img-src");
});

test("it lives under any path, with no header of its own", async ({ page }) => {
  const { address, close } = await serve(DIST, "/deep/path/");
  try {
    const broken = await watch(page);
    await page.goto(`${address}?${EXAMPLES.textbook.link}`);
    await expect(grid(page, "Y")).toBeVisible();
    const document = await documentOf(EXAMPLES.textbook.link);
    await expectNumbers(page, document, 0);
    await expectLink(page, document);
    await session(page);
    expect(new URL(page.url()).pathname).toBe("/deep/path/");
    await page.getByRole("button", { name: "Share" }).click();
    const link = page.getByRole("textbox", { name: "Link" });
    await expect.poll(() => link.inputValue()).toContain(`${address}?`);
    expect(await broken()).toEqual([]);
  } finally {
    await close();
  }
});
