import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Browser } from "@playwright/test";
import { ROOT } from "../scripts/npm.mjs";
import { installProbe } from "./probe.ts";

export interface Loaded {
  readonly file: string;
  /** Compressed, as a server sends it. */
  readonly bytes: number;
}

/** All that is asked for before the first picture stands, the largest first. */
export async function firstLoad(browser: Browser, address: string): Promise<Loaded[]> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.addInitScript(installProbe);
  await page.goto(address);
  const paths = await page.evaluate(requestedFirst);
  await page.close();
  return [...new Set(paths)]
    .map((path) => (path === "/" ? "/index.html" : path))
    .map((file) => ({
      file,
      bytes: gzipSync(readFileSync(join(ROOT, "dist", file)), { level: 9 }).length,
    }))
    .sort((a, b) => b.bytes - a.bytes);
}

/** In the page: itself, and what it had asked for when the first picture stood. */
async function requestedFirst(): Promise<string[]> {
  const first = await window.probe.first;
  const asked = performance
    .getEntriesByType("resource")
    .filter(({ startTime }) => startTime <= first)
    .map(({ name }) => new URL(name).pathname);
  return [location.pathname, ...asked];
}
