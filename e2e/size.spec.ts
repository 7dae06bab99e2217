import { gzipSync } from "node:zlib";
import { expect, type Response, type Route, test } from "@playwright/test";

/** CONTRIBUTING.md: the first load stays under 120 kB. */
const MOST = 120_000;

test("all that the first picture takes is small", async ({ page }) => {
  // The engine's script is held back: without it there is no picture, and all that is asked for until then counts.
  const held = new Promise<Route>((hold) => page.route(/engine\.worker/, hold));
  const responses: Response[] = [];
  page.on("response", (response) => responses.push(response));
  await page.goto("./", { waitUntil: "commit" });
  await expect(page.getByRole("button", { name: "Play" })).toBeVisible();
  const engine = await held;

  const sizes = new Map<string, number>();
  const size = async (response: Response) =>
    sizes.set(response.url(), gzipSync(await response.body(), { level: 9 }).length);
  // What was answered may have asked for more.
  while (sizes.size < responses.length) await Promise.all(responses.map(size));
  await expect(page.getByRole("grid")).toHaveCount(0);
  const answer = page.waitForResponse(engine.request().url());
  // What the worker takes for its first answer would count, too: nothing more is given, and there is a picture.
  await page.route(/assets/, () => {});
  await engine.continue();
  await size(await answer);
  const place = page.getByRole("region", { name: "Playback" }).getByRole("status");
  await expect(place).toContainText("Y");

  const list = [...sizes].map(([url, bytes]) => `${bytes} ${new URL(url).pathname}`).join("\n");
  const total = [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0);
  test.info().annotations.push({ type: "first load", description: `${total} bytes\n${list}` });
  expect(total, list).toBeLessThanOrEqual(MOST);
  expect(list).toMatch(/\.css/);
});
