import { readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { checkFile, type Report } from "./check.ts";

const FIXTURES = new URL("fixtures/", import.meta.url);

/** The recorded files that travel with the engine: what is checked when no file is named. */
export function fixtures(): string[] {
  return readdirSync(FIXTURES)
    .sort()
    .map((name) => fileURLToPath(new URL(name, FIXTURES)));
}

function reportOn(file: string): Report {
  try {
    return checkFile(basename(file), readFileSync(file, "utf8"));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const line = `FAILED ${basename(file)}: cannot be read (${reason})`;
    return { lines: [line], passed: 0, failed: 1, skipped: 0 };
  }
}

/** Checks the files (all fixtures when none is named), prints what was found, returns the exit status. */
export function main(files: readonly string[]): number {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const file of files.length > 0 ? files : fixtures()) {
    const report = reportOn(file);
    for (const line of report.lines) console.log(line);
    total.passed += report.passed;
    total.failed += report.failed;
    total.skipped += report.skipped;
  }
  console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
  return total.failed > 0 ? 1 : 0;
}
