// Whether dist is what the sources of this moment would give.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ROOT } from "./npm.mjs";

/** All that a build is made of. */
const INPUTS = [
  "index.html",
  "vite.config.ts",
  "tsconfig.json",
  "package.json",
  "package-lock.json",
  "src",
  "app",
  "public",
];
const PAGE = "dist/index.html";
const STAMP = "node_modules/.cache/build.json";

/** @param {string} path @returns {string[]} */
function filesUnder(path) {
  if (!existsSync(join(ROOT, path))) return [];
  if (!statSync(join(ROOT, path)).isDirectory()) return [path];
  const names = readdirSync(join(ROOT, path)).sort();
  return names.flatMap((name) => filesUnder(`${path}/${name}`));
}

/** @param {readonly string[]} paths */
function hashOf(paths) {
  const hash = createHash("sha256");
  for (const path of paths.flatMap(filesUnder))
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(ROOT, path)))
      .update("\0");
  return hash.digest("hex");
}

/** The sources as they stand. */
export function hashOfInputs() {
  return hashOf(INPUTS);
}

/** What dist holds, by its page, which names all its parts by their hashes. @param {string} inputs */
function stampOf(inputs) {
  return JSON.stringify({ inputs, page: hashOf([PAGE]) });
}

/** Whether dist was built from these inputs, and is still what that build left. @param {string} inputs */
export function isBuiltFrom(inputs) {
  const [page, stamp] = [join(ROOT, PAGE), join(ROOT, STAMP)];
  return existsSync(page) && existsSync(stamp) && readFileSync(stamp, "utf8") === stampOf(inputs);
}

/** Remembers that dist was built from these inputs. @param {string} inputs */
export function rememberBuild(inputs) {
  mkdirSync(dirname(join(ROOT, STAMP)), { recursive: true });
  writeFileSync(join(ROOT, STAMP), stampOf(inputs));
}
