import { ACTIVATIONS, type Activation, type ActivationChoice } from "../activation.ts";
import type { Document, Made, Upstream } from "../document.ts";
import { filtersFor, tidyActivation } from "../edits/edits.ts";
import { OPENING_UPSTREAM } from "../edits/opening.ts";
import { UPSTREAMS, upstreamOfWord, upstreamOver } from "../edits/upstream.ts";
import { ConvError, keyOf, shown } from "../errors.ts";
import { checkDocument, checkSize } from "../limits.ts";
import { PAD_MODES, PADDING_WORDS, type Padding, type PaddingWord } from "../padding.ts";
import { channelsOf, filterWords, isInputWord, isKernelWord } from "../presets/words.ts";
import { DEFAULTS, type Pair } from "../spec.ts";
import type { Asked, AskedName, Source } from "./asked.ts";
import {
  type Outer,
  readList,
  readLiteral,
  readNumber,
  readWholes,
  writeLiteral,
  writeNumber,
} from "./numbers.ts";
import { isPacked, pack, unpack } from "./packed.ts";
import { readSgd, SGD_ACCEPTS, writeSgd } from "./training.ts";

/** One word of an address. */
export interface AddressWord<Value> {
  /** What may stand after it. */
  readonly accepts: string;
  /** The fields of a refusal (`ConvError.field`, before any dot) for which this word may be to blame. */
  readonly fields: readonly string[];
  /** @throws ConvError where the text means nothing. */
  readonly read: (text: string) => Value | Promise<Value>;
  /** What to write for this document; null where it is what an address without the word means. */
  readonly write: (document: Document) => Text | Promise<Text>;
}

type Text = string | null | typeof TOO_LONG;

/** Stands for numbers that do not fit into a link. */
export const TOO_LONG = Symbol("too long");

/** Drawn numbers are written out up to this length, and packed beyond. */
const READABLE = 200;

/** The longest packed text that goes into a link: beyond, mail programs and servers begin to cut it. */
export const LONGEST_PACKED = 6000;

/** A word begins with a letter; anything else is numbers. */
async function readSource(
  field: "input" | "kernel" | "delta",
  text: string,
  outer: Outer,
): Promise<Source> {
  const trimmed = text.trim();
  if (isPacked(trimmed)) return { numbers: await unpack(field, trimmed) };
  if (/^[\p{L}_]/u.test(trimmed)) return { word: trimmed };
  return { numbers: readLiteral(field, text, outer) };
}

async function writeSource({ word, tensor }: Made): Promise<string | typeof TOO_LONG> {
  return word ?? writeLiteral(tensor, READABLE) ?? (await pack(tensor, LONGEST_PACKED)) ?? TOO_LONG;
}

async function readUpstream(text: string): Promise<Upstream> {
  const source = await readSource("delta", text, "example");
  return "word" in source ? upstreamOfWord(source.word) : { word: null, tensor: source.numbers };
}

/** Numbers set by hand as they stand, though the layer may have had other outputs when they were set. */
async function writeUpstream(document: Document): Promise<Text> {
  const { upstream } = document;
  if (upstream.word === OPENING_UPSTREAM.word) return null;
  if (upstream.word !== null) return upstream.word;
  const { shapes } = checkDocument(document);
  return writeSource({ word: null, tensor: upstreamOver(shapes.Y, upstream.tensor) });
}

function one(field: string, text: string, least: number, accepted: string): number {
  const values = readWholes(field, text, least, accepted);
  if (values.length === 1) return values[0]!;
  throw new ConvError(field, `${shown(text)} is not one number`, accepted);
}

function pair(field: string, text: string): Pair {
  const accepted = "a whole number from 1, or two as height,width";
  const values = readWholes(field, text, 1, accepted);
  if (values.length === 1) return [values[0]!, values[0]!];
  if (values.length === 2) return [values[0]!, values[1]!];
  throw new ConvError(field, `${shown(text)} is not one number or two`, accepted);
}

function writePair([vertical, horizontal]: Pair): string | null {
  if (vertical !== horizontal) return `${vertical},${horizontal}`;
  return vertical === 1 ? null : String(vertical);
}

const PADDING_ACCEPTS = `${Object.keys(PADDING_WORDS).join(", ")}, or whole numbers from 0: one for all sides, two as height,width or four as top,right,bottom,left`;

function readPadding(text: string): Padding {
  const word = text.trim().toLowerCase();
  if (Object.hasOwn(PADDING_WORDS, word)) return word as PaddingWord;
  if (/^\p{L}/u.test(word)) throw notPadding(text);
  const values = readWholes("padding", text, 0, PADDING_ACCEPTS);
  const [a, b, c, d] = values as [number, number, number, number];
  if (values.length === 1) return a;
  if (values.length === 2) return [a, b, a, b];
  if (values.length === 4) return [a, b, c, d];
  throw notPadding(text);
}

function notPadding(text: string): ConvError {
  return new ConvError("padding", `${shown(text)} is not a padding`, PADDING_ACCEPTS);
}

const YES = ["", "true", "yes", "1"];
const NO = ["false", "no", "0"];

function readFlip(text: string): boolean {
  const word = text.trim().toLowerCase();
  if (YES.includes(word)) return true;
  if (NO.includes(word)) return false;
  throw new ConvError("flip", `${shown(text)} is neither`, "true or false");
}

/** NAME or NAME:PARAMETER. */
function readActivation(text: string): ActivationChoice {
  const [first = "", parameter] = text.trim().toLowerCase().split(":", 2);
  const name = keyOf("activation", ACTIVATIONS, first.trim());
  if (parameter === undefined) return tidyActivation({ name });
  const row: Activation = ACTIVATIONS[name];
  if (row.alpha === undefined)
    throw new ConvError("activation", `${name} takes no number`, `${name} alone`);
  return { name, alpha: readNumber("activation", parameter) };
}

function writeActivation({ name, alpha }: ActivationChoice): string | null {
  if (name === DEFAULTS.activation.name) return null;
  const row: Activation = ACTIVATIONS[name];
  return row.alpha === undefined ? name : `${name}:${writeNumber(alpha)}`;
}

function writeBias({ bias: { data } }: Document): string | null {
  const all = data.every((value) => Object.is(value, data[0]));
  if (!all) return Array.from(data, writeNumber).join(",");
  return Object.is(data[0], 0) ? null : writeNumber(data[0]!);
}

/** The input's own channels need no word; those of a picture that the application makes are always said. */
function writeChannels({ input: { word, tensor } }: Document): string | null {
  if (word === null) return null;
  const C = tensor.shape[1]!;
  return isInputWord(word) && channelsOf(word) === C ? null : String(C);
}

function writeFilters({ kernel: { word, tensor }, settings }: Document): string | null {
  if (!isKernelWord(word)) return null;
  const F = tensor.shape[0]!;
  return filtersFor(filterWords(word).length, settings.groups) === F ? null : String(F);
}

/**
 * The words of an address that make a document, in the order in which they are written.
 * What does not go together is blamed from the last word to the first: a picture is the last to be given up.
 */
export const ADDRESS = {
  input: {
    accepts: "the name of a picture such as digit:7, or numbers such as 1 2; 3 4",
    fields: [
      "input",
      "X",
      "X padded",
      "Y",
      "memory",
      "multiply-adds",
      "H",
      "W",
      "kH",
      "kW",
      "padding",
    ],
    read: (text) => readSource("input", text, "example"),
    write: ({ input }) => writeSource(input),
  },
  channels: {
    accepts: "how many channels the input has",
    fields: ["C", "X", "X padded", "memory", "multiply-adds", "groups"],
    read: (text) => checkSize("C", one("channels", text, 1, "a whole number from 1")),
    write: writeChannels,
  },
  batch: {
    accepts: "how many examples the input holds",
    fields: ["N", "X", "X padded", "Y", "memory", "multiply-adds"],
    read: (text) => checkSize("N", one("batch", text, 1, "a whole number from 1")),
    write: ({ input: { word, tensor } }) =>
      word === null || tensor.shape[0] === 1 ? null : String(tensor.shape[0]),
  },
  kernel: {
    accepts:
      "the name of a kernel such as sobel-x, or numbers such as 0 1; -1 0; filters between ||",
    fields: ["kernel", "W", "F", "kH", "kW", "padding", "multiply-adds"],
    read: (text) => readSource("kernel", text, "filter"),
    write: ({ kernel }) => writeSource(kernel),
  },
  filters: {
    accepts: "how many filters the kernel has",
    fields: ["F", "Y", "memory", "multiply-adds", "groups", "b"],
    read: (text) => checkSize("F", one("filters", text, 1, "a whole number from 1")),
    write: writeFilters,
  },
  bias: {
    accepts: "one number for all filters, or one for each",
    fields: ["b"],
    read: (text) => readList("bias", text),
    write: writeBias,
  },
  flip: {
    accepts: "true for true convolution, false for cross-correlation",
    fields: ["flip"],
    read: readFlip,
    write: ({ settings }) => (settings.flip ? "true" : null),
  },
  stride: {
    accepts: "a whole number from 1, or two as height,width",
    fields: ["stride"],
    read: (text) => pair("stride", text),
    write: ({ settings }) => writePair(settings.stride),
  },
  padding: {
    accepts: PADDING_ACCEPTS,
    fields: ["padding", "X padded", "Y", "memory", "multiply-adds"],
    read: readPadding,
    write: ({ settings: { padding } }) => (padding === DEFAULTS.padding ? null : String(padding)),
  },
  mode: {
    accepts: Object.keys(PAD_MODES).join(", "),
    fields: ["padMode"],
    read: (text) => keyOf("mode", PAD_MODES, text.trim().toLowerCase()),
    write: ({ settings }) => (settings.padMode === DEFAULTS.padMode ? null : settings.padMode),
  },
  dilation: {
    accepts: "a whole number from 1, or two as height,width",
    fields: ["dilation", "kH", "kW"],
    read: (text) => pair("dilation", text),
    write: ({ settings }) => writePair(settings.dilation),
  },
  groups: {
    accepts: "a whole number that divides channels and filters",
    fields: ["groups"],
    read: (text) => one("groups", text, 1, "a whole number from 1"),
    write: ({ settings: { groups } }) => (groups === 1 ? null : String(groups)),
  },
  activation: {
    accepts: `${Object.keys(ACTIVATIONS).join(", ")}, with a number where it takes one: leaky-relu:0.2`,
    fields: ["activation"],
    read: readActivation,
    write: ({ settings }) => writeActivation(settings.activation),
  },
  delta: {
    accepts: `the gradient ∂L/∂Y: ${Object.keys(UPSTREAMS).join(", ")} (random:seed=3, image:digit:3, kernel:sobel-y), or numbers`,
    fields: ["delta", "∂L/∂Y"],
    read: readUpstream,
    write: writeUpstream,
  },
  sgd: { accepts: SGD_ACCEPTS, fields: ["sgd"], read: readSgd, write: writeSgd },
} as const satisfies { readonly [Name in AskedName]: AddressWord<Asked[Name]> };
