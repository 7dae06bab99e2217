// npm run build:wasm: the AssemblyScript kernels as src/simd/built/kernels.js. Compiling takes seconds, so what was
// compiled from the same sources by the same compiler is kept.
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { ROOT } from "./npm.mjs";

const SOURCES = "src/simd/assembly";
const ENTRY = "index.ts";
const BUILT = "src/simd/built/kernels.js";

/** Memory comes from outside; without a runtime and without assertions nothing else is imported. */
const FLAGS = ["-O3", "--runtime", "stub", "--use", "abort=", "--noAssert", "--importMemory"];

/** The modules, and what each may use beyond the flags above. */
const MODULES = {
  strict: ["--enable", "simd"],
  fused: ["--enable", "simd,relaxed-simd"],
};

/** @param {string} path */
const read = (path) => readFileSync(join(ROOT, path), "utf8");

/** The sources of a folder by name. @param {string} folder @returns {Record<string, string>} */
function sources(folder) {
  const names = readdirSync(join(ROOT, folder)).filter((name) => name.endsWith(".ts"));
  return Object.fromEntries(names.sort().map((name) => [name, read(`${folder}/${name}`)]));
}

/** All that decides what comes out. @param {Record<string, string>} files */
function hashOf(files) {
  const { version } = JSON.parse(read("node_modules/assemblyscript/package.json"));
  const all = JSON.stringify([version, FLAGS, MODULES, files]);
  return createHash("sha256").update(all).digest("hex");
}

/**
 * The bytes of one module, from a folder with an `index.ts`.
 * @param {keyof typeof MODULES} name @param {string} folder
 * @throws Error with the compiler's messages
 */
export async function compile(name, folder = SOURCES) {
  const files = sources(folder);
  const { default: asc } = await import("assemblyscript/asc"); // loads binaryen: about a second
  /** @type {Uint8Array | undefined} */
  let bytes;
  const { error, stderr } = await asc.main([ENTRY, "-o", "out.wasm", ...FLAGS, ...MODULES[name]], {
    readFile: (path) => files[path] ?? null,
    writeFile: (_path, contents) => {
      if (typeof contents !== "string") bytes = contents;
    },
    listFiles: () => [],
  });
  if (error || !bytes) throw new Error(`${name}: ${stderr.toString() || error}`);
  return bytes;
}

/** @param {string} hash @param {Record<string, string>} modules */
function textOf(hash, modules) {
  const rows = Object.entries(modules).map(([name, base64]) => `  ${name}: "${base64}",\n`);
  return `// Built by npm run build:wasm from ../assembly. ${hash}\nexport const KERNELS = {\n${rows.join("")}};\n`;
}

/** Builds what is not built yet from these sources. */
export async function buildKernels() {
  const hash = hashOf(sources(SOURCES));
  if (existsSync(join(ROOT, BUILT)) && read(BUILT).includes(hash)) return;
  /** @type {Record<string, string>} */
  const modules = {};
  for (const name of /** @type {(keyof typeof MODULES)[]} */ (Object.keys(MODULES))) {
    const bytes = await compile(name);
    modules[name] = Buffer.from(bytes).toString("base64");
    console.log(`${name}: ${bytes.length} bytes`);
  }
  mkdirSync(dirname(join(ROOT, BUILT)), { recursive: true });
  const half = join(ROOT, `${BUILT}.${process.pid}`); // never half a file where another process reads
  writeFileSync(half, textOf(hash, modules));
  renameSync(half, join(ROOT, BUILT));
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href)
  await buildKernels();
