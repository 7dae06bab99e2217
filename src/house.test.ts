import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { brokenRules, type Files, importsIn } from "./testing/house.ts";

const ROOT = new URL("../", import.meta.url);
const FLOORS = ["src", "app", "e2e", "conformance", "bench"];

function filesOf(folder: string): string[] {
  if (!existsSync(new URL(folder, ROOT))) return []; // an empty folder is not in a clone
  return readdirSync(new URL(`${folder}/`, ROOT), { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === "node_modules") return []; // what bench/ installs for itself is not ours
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return filesOf(path);
    return /\.(ts|tsx|js|mjs)$/.test(entry.name) ? [path] : [];
  });
}

test("the house is in order", () => {
  const paths = FLOORS.flatMap(filesOf);
  expect(paths).toContain("src/geometry.ts");
  expect(paths).toContain("conformance/main.ts");
  const files = paths.map((path) => [path, readFileSync(new URL(path, ROOT), "utf8")]);
  expect(brokenRules(Object.fromEntries(files))).toEqual([]);
});

describe("imports are found however they are written", () => {
  test.each([
    ["names", 'import { a } from "./a.ts";', ["./a.ts"]],
    ["a type", 'import type { A } from "./a.ts";', ["./a.ts"]],
    ["many lines", 'import {\n  a,\n  type B,\n} from "./a.ts";', ["./a.ts"]],
    ["a default and quotes", "import a from 'react';", ["react"]],
    ["everything", 'import * as a from "./a.ts";', ["./a.ts"]],
    ["for its effect", 'import "./a.css";', ["./a.css"]],
    ["passed on", 'export { a } from "./a.ts";', ["./a.ts"]],
    ["passed on whole", 'export * from "./a.ts";', ["./a.ts"]],
    ["later", 'const a = await import("./a.ts");', ["./a.ts"]],
    ["two", 'import { a } from "./a.ts";\nimport { b } from "./b.ts";', ["./a.ts", "./b.ts"]],
    ["none, in a comment", '// import { a } from "./a.ts";', []],
    ["none, in a text", "const text = 'import { a } from \"./a.ts\"';", []],
    ["none, in a program", "const python = `\nimport numpy as np\nx = 1\n`;", []],
    ["none, a word", 'export const from = "./a.ts";', []],
  ])("%s", (_how, text, found) => {
    expect(importsIn(text)).toEqual(found);
  });
});

/** A made-up house: files with what they import. */
function house(imports: Readonly<Record<string, readonly string[]>>): Files {
  const text = (to: string) => `import { a } from "${to}";\n`;
  return Object.fromEntries(Object.entries(imports).map(([at, to]) => [at, to.map(text).join("")]));
}

describe("what is allowed", () => {
  test.each<Readonly<Record<string, string[]>>>([
    { "src/conv/im2col.ts": ["../geometry.ts", "./pad.ts"] },
    { "src/forward.ts": ["./conv/algorithms.ts"] },
    { "src/address/link.ts": ["../presets/kernels.ts", "../spec.ts"] },
    { "src/worker/jobs.ts": ["../forward.ts", "../explain/sum.ts", "./protocol.ts"] },
    { "src/index.ts": ["./worker/client.ts", "./address/link.ts"] },
    { "src/spec.test.ts": ["vitest", "node:fs", "./testing/specs.ts", "./address/link.ts"] },
    { "src/testing/specs.ts": ["fast-check", "../spec.ts"] },
    { "app/main.tsx": ["react", "#engine", "./store/store.ts", "../app/style.css"] },
    { "app/draw/canvas.ts": ["d3-array", "#engine", "./scene.ts"] },
    { "app/lenses/window/layout.ts": ["#engine", "../../draw/scene.ts", "d3-array"] },
    { "conformance/ops.ts": ["#engine", "./compare.ts"] },
  ])("%j", (imports) => {
    expect(brokenRules(house(imports))).toEqual([]);
  });
});

describe("what is not, and the line that says so", () => {
  const outside = "the engine imports nothing outside src, and no package";
  const neighbour = "a file of the engine imports its neighbour, never the door";
  const door = 'strangers enter the engine only through "#engine"';
  const down = "arrows in the engine run down, and every room has its row in the table";
  const tests = "only tests import what is made for tests";
  const draw = "draw knows neither the store nor React";
  const lens = "a lens knows neither the store nor React";

  test.each([
    ["src/spec.ts", "react", "react", outside],
    ["src/worker/client.ts", "node:fs", "node:fs", outside],
    ["src/explain/sum.ts", "../../app/draw/scene.ts", "app/draw/scene.ts", outside],
    ["src/conv/direct.ts", "../index.ts", "src/index.ts", neighbour],
    ["src/spec.ts", "#engine", "src/index.ts", neighbour],
    ["src/spec.test.ts", "./index.ts", "src/index.ts", neighbour],
    ["app/main.tsx", "../src/spec.ts", "src/spec.ts", door],
    ["app/main.tsx", "../src/index.ts", "src/index.ts", door],
    ["e2e/a.spec.ts", "../src/axis.ts", "src/axis.ts", door],
    ["conformance/ops.ts", "../src/axis.ts", "src/axis.ts", door],
    ["bench/ui.mjs", "../src/axis.ts", "src/axis.ts", door],
    ["src/spec.ts", "./explain/sum.ts", "src/explain/sum.ts", down],
    ["src/spec.ts", "./presets/kernels.ts", "src/presets/kernels.ts", down],
    ["src/document.ts", "./address/link.ts", "src/address/link.ts", down],
    ["src/conv/direct.ts", "../worker/jobs.ts", "src/worker/jobs.ts", down],
    ["src/presets/kernels.ts", "../address/link.ts", "src/address/link.ts", down],
    ["src/explain/sum.ts", "../presets/kernels.ts", "src/presets/kernels.ts", down],
    ["src/address/link.ts", "../explain/sum.ts", "src/explain/sum.ts", down],
    ["src/explain/sum.ts", "../worker/jobs.ts", "src/worker/jobs.ts", down],
    ["src/attic/a.ts", "../spec.ts", "src/spec.ts", down],
    ["src/attic/a.ts", "./b.ts", "src/attic/b.ts", down],
    ["src/conv/direct.ts", "../testing/specs.ts", "src/testing/specs.ts", tests],
    ["app/draw/canvas.ts", "../store/store.ts", "app/store/store.ts", draw],
    ["app/draw/canvas.ts", "react", "react", draw],
    ["app/draw/canvas.ts", "react/jsx-runtime", "react/jsx-runtime", draw],
    ["app/draw/canvas.ts", "react-dom/client", "react-dom/client", draw],
    ["app/lenses/window/layout.ts", "../../store/store.ts", "app/store/store.ts", lens],
    ["app/lenses/window/layout.ts", "react", "react", lens],
    ["app/lenses/table.ts", "react-dom", "react-dom", lens],
  ])("%s imports %s", (from, specifier, to, says) => {
    expect(brokenRules(house({ [from]: [specifier] }))).toContain(`${from} imports ${to}: ${says}`);
  });

  test("a circle, types included", () => {
    const two = house({ "src/a.ts": ["./b.ts"], "src/b.ts": ["./a.ts"] });
    expect(brokenRules(two)).toEqual(["src/a.ts imports src/b.ts imports src/a.ts: no circles"]);
    const typed: Files = { "app/a.ts": 'import type { A } from "./a.ts";' };
    expect(brokenRules(typed)).toEqual(["app/a.ts imports app/a.ts: no circles"]);
    const three = house({
      "src/0.ts": ["./a.ts"],
      "src/a.ts": ["./d.ts", "./b.ts"],
      "src/b.ts": ["./c.ts", "./d.ts"],
      "src/c.ts": ["./a.ts"],
      "src/d.ts": [],
    });
    expect(brokenRules(three)).toEqual([
      "src/a.ts imports src/b.ts imports src/c.ts imports src/a.ts: no circles",
    ]);
  });

  test("two ways to one file are no circle", () => {
    const diamond = {
      "src/a.ts": ["./b.ts", "./c.ts"],
      "src/b.ts": ["./d.ts"],
      "src/c.ts": ["./d.ts"],
    };
    expect(brokenRules(house(diamond))).toEqual([]);
  });
});
