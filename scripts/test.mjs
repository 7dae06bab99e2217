// npm test: every check there is, one after another, to one total. A stage that fails does not stop the others.
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { npm, ROOT } from "./npm.mjs";

/** @typedef {{ passed: number, failed: number, skipped: number }} Count */
/** @typedef {{ ok: boolean, output: string }} End */
/** @typedef {{ name: string, script: string, args?: string[], count?: (end: End) => Count, needs?: string }} Stage */

const CACHE = "node_modules/.cache";
const UNIT = `${CACHE}/unit.json`;
const E2E = `${CACHE}/e2e.json`;
const NONE = { passed: 0, failed: 0, skipped: 0 };

/** Recorded numbers too many to travel with the sources; checked where they are at hand. */
const GOLDEN = "../shared/oracle/golden";

/** @param {string} path */
const readJson = (path) => JSON.parse(readFileSync(join(ROOT, path), "utf8"));

/** @returns {Count} */
function countUnit() {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = readJson(UNIT);
  return {
    passed: numPassedTests,
    failed: numFailedTests,
    skipped: numPendingTests + numTodoTests,
  };
}

/** @returns {Count} */
function countE2e() {
  const { expected, unexpected, flaky, skipped } = readJson(E2E).stats;
  return { passed: expected, failed: unexpected + flaky, skipped };
}

/** The total that the conformance command ends with. @param {End} end @returns {Count} */
function countConformance({ output }) {
  const total = /^(\d+) passed, (\d+) failed, (\d+) skipped$/m.exec(output);
  if (!total) throw new Error("no total");
  const [passed, failed, skipped] = total.slice(1).map(Number);
  return { passed: passed ?? 0, failed: failed ?? 0, skipped: skipped ?? 0 };
}

/** @returns {Stage[]} */
function golden() {
  if (!existsSync(join(ROOT, GOLDEN))) return [];
  const files = readdirSync(join(ROOT, GOLDEN)).filter((name) => name.endsWith(".json"));
  const args = files.sort().map((name) => `${GOLDEN}/${name}`);
  return [{ name: "conformance, all", script: "conformance", args, count: countConformance }];
}

/** @type {Stage[]} */
const STAGES = [
  { name: "typecheck", script: "typecheck" },
  { name: "lint", script: "lint" },
  {
    name: "unit",
    script: "unit",
    args: ["--reporter=default", "--reporter=json", `--outputFile=${UNIT}`],
    count: countUnit,
  },
  { name: "conformance", script: "conformance", count: countConformance },
  ...golden(),
  { name: "build", script: "build" },
  { name: "e2e", script: "e2e", count: countE2e, needs: "build" },
];

/** Runs a script of package.json; what it prints is shown and kept. @param {Stage} stage @returns {Promise<End>} */
function run({ script, args = [] }) {
  const { command, args: all, shell } = npm(["run", "-s", script, "--", ...args]);
  return new Promise((resolve) => {
    const child = spawn(command, all, { cwd: ROOT, shell, stdio: ["ignore", "pipe", "inherit"] });
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (text) => {
      process.stdout.write(text);
      output += text;
    });
    child.on("error", () => resolve({ ok: false, output }));
    child.on("close", (status) => resolve({ ok: status === 0, output }));
  });
}

/** The count of a stage that ended; one that crashed, or failed without naming a test, counts as one failure.
 * @param {Stage} stage @param {End} end @returns {Count} */
function countOf({ count }, end) {
  let counted = NONE;
  let isCounted = true;
  try {
    counted = count?.(end) ?? NONE;
  } catch {
    isCounted = false;
  }
  const isWhole = isCounted && (end.ok || counted.failed > 0);
  return isWhole ? counted : { ...counted, failed: counted.failed + 1 };
}

/** @param {Count} count */
const line = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed, ${skipped} skipped`;

mkdirSync(join(ROOT, CACHE), { recursive: true });
for (const old of [UNIT, E2E]) rmSync(join(ROOT, old), { force: true });

const total = { ...NONE };
const summary = [];
const failed = new Set();
for (const stage of STAGES) {
  console.log(`\n── ${stage.name}`);
  const isPossible = stage.needs === undefined || !failed.has(stage.needs);
  if (!isPossible) console.log(`not run: the ${stage.needs} failed`);
  const started = performance.now();
  const count = countOf(stage, isPossible ? await run(stage) : { ok: false, output: "" });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  if (count.failed > 0) failed.add(stage.name);
  for (const key of /** @type {const} */ (["passed", "failed", "skipped"]))
    total[key] += count[key];
  const verdict = count.failed > 0 ? "FAILED" : "ok";
  const numbers = stage.count ? `, ${line(count)}` : "";
  summary.push(`${stage.name}: ${verdict}${numbers} (${seconds} s)`);
}

console.log(`\n── total\n${summary.join("\n")}`);
console.log(line(total));
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
