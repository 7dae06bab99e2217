import type { Browser, Page } from "@playwright/test";
import { openAt, type Place } from "./measure.ts";

/** Frames that are looked at: three seconds of a screen that is not late. */
const FRAMES = 180;

/** A frame this many times longer than the rhythm has left one out. */
const LATE = 1.5;

/** The share of the screen's frames that are left out while a page plays. */
export async function dropped(browser: Browser, place: Place, slowdown: number): Promise<number> {
  const page = await openAt(browser, place, slowdown);
  if (!place.begin || !place.address) await play(page, place); // training plays by itself
  await page.waitForTimeout(500);
  const frames = await page.evaluate((count) => window.probe.frames(count), FRAMES);
  await page.close();
  return frames.filter((length) => length > (LATE * 1000) / 60).length / frames.length;
}

async function play(page: Page, { address }: Place): Promise<void> {
  if (address) await page.getByLabel("Steps a second").selectOption("60");
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  await page.keyboard.press(" ");
}
