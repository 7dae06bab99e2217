import type { Made } from "../document.ts";
import { ConvError, shown } from "../errors.ts";
import { checkInputShape, checkKernelShape, checkSize, type Size } from "../limits.ts";
import { narrowed } from "../memory.ts";
import type { Pair } from "../spec.ts";
import { tensor } from "../tensor.ts";
import type { Argument } from "./argument.ts";
import { IMAGES, type ImageName, type ImageRow } from "./images.ts";
import { KERNELS, type KernelName, type KernelRow } from "./kernels.ts";
import { nearest } from "./nearest.ts";

/**
 * A preset with all that can be said of it: NAME(:PART)*, where a part is a size HxW, `seed=3` or a bare number.
 * `digit:7`, `random:6x8:seed=3`, `gabor:45:9x9`. `size` is null where the text named none.
 */
export interface Word<Name extends string = string> {
  readonly name: Name;
  readonly argument: number;
  readonly size: Pair | null;
  readonly seed: number;
}

/** What both tables of presets say of a row that a word can choose. */
interface Row {
  readonly size: Pair;
  readonly argument?: Argument;
  readonly seeded?: true;
}

/** One table of presets and the words of a refusal about it. */
interface Kind<Name extends string> {
  readonly field: "input" | "kernel";
  readonly rows: Readonly<Record<Name, Row>>;
  readonly sides: readonly [Size, Size];
}

const INPUT: Kind<ImageName> = { field: "input", rows: IMAGES, sides: ["H", "W"] };
const KERNEL: Kind<KernelName> = { field: "kernel", rows: KERNELS, sides: ["kH", "kW"] };

const FIRST_SEED = 1;
const MOST_SEED = 2 ** 32 - 1;

/** The filters of a kernel word stand between these. */
const BETWEEN_FILTERS = "||";

export function parseInputWord(text: string): Word<ImageName> {
  return parse(INPUT, text);
}

export function parseKernelWord(text: string): Word<KernelName> {
  return parse(KERNEL, text);
}

export function formatInputWord(word: Word<ImageName>): string {
  return format(INPUT, word);
}

export function formatKernelWord(word: Word<KernelName>): string {
  return format(KERNEL, word);
}

/** The name a word begins with: what is before the first colon, in small letters. */
export function nameOfWord(text: string): string {
  return text.split(":", 1)[0]!.trim().toLowerCase();
}

/** A refusal of a name, with the one that was probably meant. */
export function unknownName(field: string, name: string, names: readonly string[]): ConvError {
  const close = nearest(name, names);
  const hint = close === null ? "" : ` (did you mean “${close}”?)`;
  return new ConvError(field, `${shown(name)} is not known${hint}`, names.join(", "));
}

function parse<Name extends string>(kind: Kind<Name>, text: string): Word<Name> {
  const name = nameOfWord(text) as Name;
  if (!Object.hasOwn(kind.rows, name)) throw unknownName(kind.field, name, Object.keys(kind.rows));
  const row = kind.rows[name];
  const found: { argument?: number; size?: Pair; seed?: number } = {};
  for (const part of text.toLowerCase().split(":").slice(1)) {
    const read = readPart(kind, name, row, part.trim());
    const twice = Object.keys(read).find((what) => Object.hasOwn(found, what));
    if (twice !== undefined)
      throw new ConvError(kind.field, `${shown(text)} gives its ${twice} twice`, "one of them");
    Object.assign(found, read);
  }
  return {
    name,
    argument: found.argument ?? row.argument?.initial ?? 0,
    size: found.size ?? null,
    seed: found.seed ?? FIRST_SEED,
  };
}

type Part = { argument: number } | { size: Pair } | { seed: number };

function readPart<Name extends string>(
  { field, sides }: Kind<Name>,
  name: Name,
  { argument, seeded }: Row,
  part: string,
): Part {
  const size = /^(\d+)[x×](\d+)$/.exec(part);
  if (size)
    return { size: [checkSize(sides[0], Number(size[1])), checkSize(sides[1], Number(size[2]))] };
  const seed = /^seed=(\d+)$/.exec(part);
  if (seed && seeded && Number(seed[1]) <= MOST_SEED) return { seed: Number(seed[1]) };
  if (/^\d+$/.test(part) && argument) {
    const value = Number(part);
    if (value >= argument.least && value <= argument.most) return { argument: value };
  }
  const accepted = [`a size such as ${name}:5x5`];
  if (argument)
    accepted.unshift(
      `${argument.meaning} (${argument.least} to ${argument.most}) as ${name}:${argument.initial}`,
    );
  if (seeded) accepted.push(`a seed up to ${MOST_SEED} as ${name}:seed=3`);
  throw new ConvError(field, `${shown(part)} says nothing to “${name}”`, accepted.join(", "));
}

function format<Name extends string>({ rows }: Kind<Name>, word: Word<Name>): string {
  const row = rows[word.name];
  const parts: string[] = [word.name];
  if (row.argument) parts.push(String(word.argument));
  if (word.size !== null && (word.size[0] !== row.size[0] || word.size[1] !== row.size[1]))
    parts.push(word.size.join("x"));
  if (row.seeded && word.seed !== FIRST_SEED) parts.push(`seed=${word.seed}`);
  return parts.join(":");
}

/** Whether these tables can make the word again; `photo:…` and `kept:…` are made elsewhere. */
export function isInputWord(word: string | null): word is string {
  return word !== null && Object.hasOwn(IMAGES, nameOfWord(word));
}

export function isKernelWord(word: string | null): word is string {
  const known = (each: string) => Object.hasOwn(KERNELS, nameOfWord(each));
  return word?.split(BETWEEN_FILTERS).every(known) ?? false;
}

/** The channels a picture has when no one says how many. */
export function channelsOf(word: string): number {
  const row: ImageRow = IMAGES[parseInputWord(word).name];
  return row.channels ?? 1;
}

/** The word of a picture and its numbers, N C H W. */
export function makeInput(word: string, { N, C }: { N: number; C: number }): Made {
  const parsed = parseInputWord(word);
  const row: ImageRow = IMAGES[parsed.name];
  const [H, W] = parsed.size ?? row.size;
  const shape = [N, C, H, W];
  checkInputShape(shape);
  const { argument, seed } = parsed;
  return {
    word: formatInputWord(parsed),
    tensor: narrowed(tensor(shape, row.make({ N, C, H, W, argument, seed }))),
  };
}

/** The kernel words of a word: one a filter. */
export function filterWords(word: string): Word<KernelName>[] {
  return word.split(BETWEEN_FILTERS).map(parseKernelWord);
}

export interface KernelSizes {
  readonly F: number;
  /** C / groups. */
  readonly depth: number;
  readonly kH?: number;
  readonly kW?: number;
}

/**
 * The word of a kernel and its numbers, F depth kH kW. Words between `||` are one a filter; where there are
 * fewer words than filters they repeat. A word means the same kernel in every channel, save for the seeded ones.
 * The size is the one asked for, else the first that a word names, else that of the first preset.
 */
export function makeKernel(word: string, { F, depth, kH, kW }: KernelSizes): Made {
  const words = filterWords(word);
  if (words.length > F)
    throw new ConvError(
      "F",
      `${F} ${F === 1 ? "filter is" : "filters are"} too few for ${words.length} kernels`,
      `at least ${words.length} filters, or fewer kernels`,
    );
  const first = words.find((each) => each.size !== null)?.size ?? KERNELS[words[0]!.name].size;
  const size: Pair = [kH ?? first[0], kW ?? first[1]];
  checkKernelShape([F, depth, ...size]);
  for (const each of words) checkFits(each, size);
  const area = size[0] * size[1];
  const data = new Float64Array(F * depth * area);
  for (let f = 0; f < F; f++)
    for (let c = 0; c < depth; c++)
      data.set(oneKernel(words[f % words.length]!, size, f, c), (f * depth + c) * area);
  return {
    word: formatWords(words, size),
    tensor: tensor([F, depth, ...size], data),
  };
}

/** A kernel word that leaves the size to `makeKernel`, cut to so many filters. */
export function unsized(word: string, filters?: number): string {
  return filterWords(word)
    .slice(0, filters)
    .map((each) => formatKernelWord({ ...each, size: null }))
    .join(BETWEEN_FILTERS);
}

/** The word with another seed; null where nothing in it is drawn from one. */
export function reseeded(which: "X" | "W", word: string, seed: number): string | null {
  if (which === "X") {
    if (!isInputWord(word)) return null;
    const parsed = parseInputWord(word);
    return isSeeded(IMAGES[parsed.name]) ? formatInputWord({ ...parsed, seed }) : null;
  }
  if (!isKernelWord(word)) return null;
  const words = filterWords(word);
  if (!words.some(({ name }) => isSeeded(KERNELS[name]))) return null;
  return words.map((each) => formatKernelWord({ ...each, seed })).join(BETWEEN_FILTERS);
}

function isSeeded(row: Row): boolean {
  return row.seeded === true;
}

/** Every word at this size; the first alone names it where the others follow. */
function formatWords(words: readonly Word<KernelName>[], size: Pair): string {
  const [first, ...rest] = words;
  const bare = rest.map((word) => formatKernelWord({ ...word, size: null }));
  return [formatKernelWord({ ...first!, size }), ...bare].join(BETWEEN_FILTERS);
}

function checkFits(word: Word<KernelName>, size: Pair): void {
  const row: KernelRow = KERNELS[word.name];
  const asked = word.size ?? size;
  if (asked[0] !== size[0] || asked[1] !== size[1])
    throw new ConvError(
      "kernel",
      `${word.name} is ${asked.join("x")}, but another filter is ${size.join("x")}`,
      "one size for all filters",
    );
  if (!row.fits(...size))
    throw new ConvError("kernel", `${word.name} cannot be made at ${size.join("x")}`, row.sizes);
}

function oneKernel(word: Word<KernelName>, [kH, kW]: Pair, filter: number, channel: number) {
  const row: KernelRow = KERNELS[word.name];
  return row.make({ kH, kW, argument: word.argument, seed: word.seed, filter, channel });
}
