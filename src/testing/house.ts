// The rules of the house: who may import whom. One table; what breaks a row is said in one line that names both files.

/** Source texts by their path from the root of the repository. */
export type Files = Readonly<Record<string, string>>;

/** One import: the file it stands in, what it says, and the path or the package it leads to. */
interface Import {
  readonly from: string;
  readonly specifier: string;
  readonly to: string;
}

const DOOR = "src/index.ts";

/** Rooms of the engine, and the rooms each may import from besides itself. Arrows run down. */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  ground: ["conv"],
  conv: ["ground"],
  simd: ["ground", "conv"],
  presets: ["ground", "conv"],
  edits: ["ground", "conv", "presets"],
  address: ["ground", "conv", "presets", "edits"],
  explain: ["ground", "conv"],
  network: ["ground", "conv", "presets"],
  files: ["ground", "conv", "presets", "network"],
  worker: ["ground", "conv", "simd", "presets", "edits", "address", "explain", "network", "files"],
};

function roomOf(path: string): string {
  const [, folder, ...rest] = path.split("/");
  if (rest.length > 0) return folder!;
  return "ground";
}

const isEngine = (path: string) => path.startsWith("src/");

/** Tests, and what is made for them alone. */
const isTest = (path: string) =>
  path.endsWith(".test.ts") || path.startsWith("src/testing/") || path.endsWith("/testing.ts");

/** The rooms themselves: the door stands before them all, and tests beside them. */
const isShipped = (path: string) => isEngine(path) && path !== DOOR && !isTest(path);

/** Whether `path` is the module `name`, or in the folder or package of that name. */
const isIn = (path: string, name: string) => path === name || path.startsWith(`${name}/`);

const knowsTheApp = (to: string) =>
  isIn(to, "app/store") || isIn(to, "react") || isIn(to, "react-dom");

interface Rule {
  readonly says: string;
  readonly breaks: (one: Import) => boolean;
}

const RULES: readonly Rule[] = [
  {
    says: "the engine imports nothing outside src, and no package",
    breaks: ({ from, to }) => isEngine(from) && !isTest(from) && !isEngine(to),
  },
  {
    says: "a file of the engine imports its neighbour, never the door",
    breaks: ({ from, to }) => isEngine(from) && to === DOOR,
  },
  {
    says: 'strangers enter the engine only through "#engine"',
    breaks: ({ from, to, specifier }) => !isEngine(from) && isEngine(to) && specifier !== "#engine",
  },
  {
    // A test may stand between rooms, and look up.
    says: "arrows in the engine run down, and every room has its row in the table",
    breaks: ({ from, to }) =>
      isShipped(from) && isEngine(to) && to !== DOOR && !mayImport(from, to),
  },
  {
    says: "only tests import what is made for tests",
    breaks: ({ from, to }) => !isTest(from) && isTest(to),
  },
  {
    says: "draw knows neither the store nor React",
    breaks: ({ from, to }) => isIn(from, "app/draw") && knowsTheApp(to),
  },
  {
    says: "a lens knows neither the store nor React",
    breaks: ({ from, to }) => isIn(from, "app/lenses") && knowsTheApp(to),
  },
];

function mayImport(from: string, to: string): boolean {
  const [room, other] = [roomOf(from), roomOf(to)];
  const below = ROOMS[room];
  return below !== undefined && (room === other || below.includes(other));
}

/**
 * What is imported or exported from elsewhere, types included. Statements begin a line, as the formatter puts them;
 * the text of a program that the engine writes does not.
 */
export function importsIn(text: string): string[] {
  const statement = /^(?:import|export)\b[^"'`;]*?\bfrom\s*["']([^"']+)["']/gm;
  const bare = /^import\s*["']([^"']+)["']/gm;
  const dynamic = /\bimport\(\s*["']([^"']+)["']\s*\)/g;
  return [statement, bare, dynamic].flatMap((pattern) =>
    [...text.matchAll(pattern)].map((match) => match[1]!),
  );
}

function resolve(from: string, specifier: string): string {
  if (specifier === "#engine") return DOOR;
  if (!specifier.startsWith(".")) return specifier;
  return new URL(specifier, `file:///${from}`).pathname.slice(1);
}

function importsOf(files: Files): Import[] {
  return Object.entries(files).flatMap(([from, text]) =>
    importsIn(text).map((specifier) => ({ from, specifier, to: resolve(from, specifier) })),
  );
}

/** Every broken rule, one line each; none when the house is in order. */
export function brokenRules(files: Files): string[] {
  const imports = importsOf(files);
  const broken = imports.flatMap((one) =>
    RULES.filter(({ breaks }) => breaks(one)).map(
      ({ says }) => `${one.from} imports ${one.to}: ${says}`,
    ),
  );
  return [...broken, ...circles(imports)];
}

/** Each way in which files import one another in a ring, found by walking from every file down. */
function circles(imports: readonly Import[]): string[] {
  const next = new Map<string, Set<string>>();
  for (const { from, to } of imports) next.set(from, (next.get(from) ?? new Set()).add(to));
  const found: string[] = [];
  const done = new Set<string>();
  const path: string[] = [];
  const walk = (file: string) => {
    const start = path.indexOf(file);
    if (start >= 0) found.push([...path.slice(start), file].join(" imports "));
    if (start >= 0 || done.has(file)) return;
    path.push(file);
    for (const to of next.get(file) ?? []) walk(to);
    path.pop();
    done.add(file);
  };
  for (const file of next.keys()) walk(file);
  return found.map((ring) => `${ring}: no circles`);
}
