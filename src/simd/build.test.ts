import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { compile } from "../../scripts/wasm.mjs";
import { FIELDS } from "./layout.ts";
import { bytesOf, type ModuleName } from "./module.ts";
import { allFeatures } from "./testing.ts";

test.each(["strict", "fused"] as ModuleName[])(
  "%s: built again from the same sources, the same bytes",
  async (name) => {
    const again = await compile(name);
    expect(Buffer.compare(Buffer.from(again), Buffer.from(bytesOf(name)))).toBe(0);
  },
);

test("the modules want a memory and nothing else", () => {
  allFeatures();
  for (const name of ["strict", "fused"] as const) {
    const imports = WebAssembly.Module.imports(new WebAssembly.Module(bytesOf(name)));
    expect(imports).toEqual([{ module: "env", name: "memory", kind: "memory" }]);
  }
});

test("both modules together are 15 kB at most, compressed", () => {
  const sizes = (["strict", "fused"] as const).map((name) => gzipSync(bytesOf(name)).length);
  expect(sizes[0]! + sizes[1]!).toBeLessThan(15_000);
});

/** The fields of a class in the AssemblyScript sources, in their order. */
function fieldsIn(file: string, name: string): string[] {
  const text = readFileSync(new URL(`assembly/${file}.ts`, import.meta.url), "utf8");
  const body = text.slice(text.indexOf(`export class ${name} {`));
  const lines = body.slice(0, body.indexOf("\n}")).matchAll(/^ {2}(\w+): (?:i32|usize);$/gm);
  return [...lines].map((match) => match[1]!);
}

test.each([
  ["Job", "job"],
  ["Phase", "job"],
  ["Block", "job"],
  ["Fold", "fold"],
  ["Sums", "weights"],
  ["Winograd", "winograd"],
] as const)("%s is written as the kernels read it", (name, file) => {
  expect(fieldsIn(file, name)).toEqual([...FIELDS[name]]);
});
