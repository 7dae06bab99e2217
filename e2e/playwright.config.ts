import { defineConfig } from "@playwright/test";
import { findChromium } from "../scripts/browser.mjs";
import { TEST_PORT } from "../scripts/ports.mjs";

// Two runs beside each other need a port each, and may test a build each: E2E_PORT, E2E_DIST.
const port = Number(process.env.E2E_PORT ?? TEST_PORT);
const results = port === TEST_PORT ? "e2e" : `e2e-${port}`;
const dist = process.env.E2E_DIST ?? "dist";

const ADDRESS = `http://127.0.0.1:${port}/`;
const isCI = Boolean(process.env.CI);
const chromium = findChromium();

// What is tested is what is shipped: the built app, under its Content-Security-Policy. Timeouts are for a busy machine.
export default defineConfig({
  globalTimeout: 2_400_000,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  testDir: ".",
  outputDir: `../node_modules/.cache/${results}`,
  fullyParallel: true,
  forbidOnly: isCI,
  ...(isCI ? { workers: 1 } : {}),
  reporter: [["list"], ["json", { outputFile: `../node_modules/.cache/${results}.json` }]],
  use: {
    baseURL: ADDRESS,
    actionTimeout: 15_000,
    viewport: { width: 1440, height: 900 },
    locale: "en-US",
    timezoneId: "UTC",
    trace: { mode: "retain-on-failure", screenshots: false }, // filming takes as long as the tests
    launchOptions: {
      ...(chromium ? { executablePath: chromium } : {}),
      args: ["--disable-quic", "--font-render-hinting=none"],
    },
  },
  projects: [{ name: "chromium", use: { browserName: "chromium" } }],
  webServer: {
    // By its file, and not by npx: ending npx would leave the server running, to be met by the next tests.
    command: `node node_modules/vite/bin/vite.js preview --outDir ${dist} --host 127.0.0.1 --port ${port} --strictPort`,
    cwd: "..",
    url: ADDRESS,
    reuseExistingServer: !isCI,
    timeout: 30_000,
  },
});
