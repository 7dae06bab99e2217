// Run before `npm start` and `npm test`, so before node_modules exists: Node's own modules only.
//   node scripts/setup.mjs            the packages, and the kernels compiled
//   node scripts/setup.mjs browser    the same, then a Chromium that the tests can drive
import { spawnSync } from "node:child_process";
import { lookup } from "node:dns/promises";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { npm, ROOT } from "./npm.mjs";

const LEAST_NODE = /** @type {const} */ ([20, 19]);
const PLAYWRIGHT_HOST = "cdn.playwright.dev";

/** @param {string} message @returns {never} */
function fail(message) {
  console.error(`\nsetup: ${message}\n`);
  process.exit(1);
}

/** @param {string} command @param {string[]} args @param {import("node:child_process").SpawnSyncOptions} options */
function run(command, args, options = {}) {
  console.log(`setup: ${[command, ...args].join(" ")}`);
  return spawnSync(command, args, { cwd: ROOT, stdio: "inherit", ...options }).status === 0;
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const [leastMajor, leastMinor] = LEAST_NODE;
  if (major < leastMajor || (major === leastMajor && minor < leastMinor))
    fail(`Node.js ${LEAST_NODE.join(".")} or newer is needed; this is ${process.versions.node}.`);
}

/** The packages a lock file lists, or nothing. @param {string} path */
function packagesIn(path) {
  try {
    return JSON.parse(readFileSync(join(ROOT, path), "utf8")).packages;
  } catch {
    return undefined;
  }
}

/** Whether node_modules holds what package-lock.json names; packages for other platforms may be absent. */
function packagesAreCurrent() {
  const have = packagesIn("node_modules/.package-lock.json");
  const want = packagesIn("package-lock.json");
  if (!have || !want) return false;
  return Object.entries(want).every(
    ([path, { version, optional, peer }]) =>
      path === "" || have[path]?.version === version || ((optional || peer) && !have[path]),
  );
}

function ensurePackages() {
  if (packagesAreCurrent()) return;
  const { command, args, shell } = npm(["ci", "--include=dev", "--no-audit", "--no-fund"]);
  if (!run(command, args, { shell }))
    fail("the packages could not be installed (npm ci failed; its message is above).");
}

/** Whether Playwright's own download can be tried: without the network it would retry for half a minute. */
async function canDownload() {
  if (process.env.HTTPS_PROXY || process.env.PLAYWRIGHT_DOWNLOAD_HOST) return true;
  return lookup(PLAYWRIGHT_HOST).then(
    () => true,
    () => false,
  );
}

function aptInstall() {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const packages = ["chromium", "fonts-dejavu-core"]; // without a font of its own, text would be boxes
  run("apt-get", ["update", "-qq"], { env });
  run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...packages], { env });
}

async function ensureBrowser() {
  // Imported late, for it needs node_modules. The end-to-end tests ask it too, so both find the same browser.
  const { findChromium } = await import("./browser.mjs");
  const find = () => {
    try {
      return findChromium();
    } catch (error) {
      return fail(error instanceof Error ? error.message : String(error));
    }
  };
  let browser = find();
  if (!browser && (await canDownload())) {
    run(process.execPath, ["node_modules/@playwright/test/cli.js", "install", "chromium"]);
    browser = find();
  }
  if (!browser && process.getuid?.() === 0 && existsSync("/etc/debian_version")) {
    aptInstall();
    browser = find();
  }
  if (!browser)
    fail(
      [
        "the end-to-end tests need Chromium or Chrome, and none was found or could be installed. Do one of:",
        "  npx playwright install --with-deps chromium",
        "  sudo apt-get install chromium          (Debian; elsewhere the system's own package)",
        "  CHROME_PATH=/path/to/chrome npm test",
      ].join("\n"),
    );
  checkStarts(browser);
}

/** @param {string} browser */
function checkStarts(browser) {
  if (process.platform === "win32") return; // there chrome.exe opens a window instead
  const { status, error } = spawnSync(browser, ["--version"], { stdio: "ignore" });
  if (status !== 0) fail(`${browser} does not start: ${error?.message ?? `exit status ${status}`}`);
}

/** The WebAssembly kernels, so that they are there before anything is made of the sources. */
async function ensureKernels() {
  const { buildKernels } = await import("./wasm.mjs"); // late, for it needs node_modules
  await buildKernels();
}

checkNode();
ensurePackages();
await ensureKernels();
if (process.argv[2] === "browser") await ensureBrowser();
