import fc from "fast-check";
import { ACTIVATIONS, type ActivationName } from "../activation.ts";
import type { Document, Made, Settings } from "../document.ts";
import { fillInput, floodFill, setCells } from "../edits/cells.ts";
import {
  clearInput,
  resizeInput,
  resizeKernel,
  setBatch,
  setChannels,
  setFilters,
  setGroups,
  setInputWord,
  setKernelWord,
  setSeed,
  setSettings,
} from "../edits/edits.ts";
import { openingDocument } from "../edits/opening.ts";
import { ConvError } from "../errors.ts";
import { PAD_MODES, PADDING_WORDS, type Padding } from "../padding.ts";
import { IMAGES } from "../presets/images.ts";
import { KERNELS } from "../presets/kernels.ts";
import type { Tensor } from "../tensor.ts";

/** Something a person does, with its name for the report of a failure. */
export interface Edit {
  readonly name: string;
  readonly run: (document: Document) => Document;
}

function edit<Value>(
  name: string,
  values: fc.Arbitrary<Value>,
  run: (document: Document, value: Value) => Document,
): fc.Arbitrary<Edit> {
  return values.map((value) => ({
    name: `${name} ${JSON.stringify(value)}`,
    run: (document) => run(document, value),
  }));
}

const count = fc.integer({ min: 1, max: 4 });
const length = fc.integer({ min: 1, max: 9 });
const side = fc.integer({ min: 0, max: 3 });
const values = fc.oneof(
  fc.integer({ min: -300, max: 300 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);

function keys<Key extends string>(table: Readonly<Record<Key, unknown>>): fc.Arbitrary<Key> {
  return fc.constantFrom(...(Object.keys(table) as Key[]));
}

const paddings: fc.Arbitrary<Padding> = fc.oneof(
  keys(PADDING_WORDS),
  side,
  fc.tuple(side, side, side, side),
);

const settings: fc.Arbitrary<Partial<Settings>> = fc.record(
  {
    stride: fc.tuple(count, count),
    dilation: fc.tuple(count, count),
    padding: paddings,
    padMode: keys(PAD_MODES),
    flip: fc.boolean(),
    activation: fc.record({ name: keys<ActivationName>(ACTIVATIONS), alpha: values }),
  },
  { requiredKeys: [] },
);

/** Every kind of edit, the legal and some illegal ones. */
export const edits: fc.Arbitrary<Edit> = fc.oneof(
  edit("picture", keys(IMAGES), setInputWord),
  edit("kernel", fc.array(keys(KERNELS), { minLength: 1, maxLength: 3 }), (document, names) =>
    setKernelWord(document, names.join("||")),
  ),
  edit("size", fc.tuple(length, length), (document, [H, W]) => resizeInput(document, H, W)),
  edit("kernel size", fc.tuple(count, count), (d, [kH, kW]) => resizeKernel(d, kH, kW)),
  edit("batch", count, setBatch),
  edit("channels", count, setChannels),
  edit("filters", count, setFilters),
  edit("groups", count, setGroups),
  edit("settings", settings, setSettings),
  edit("seed of X", fc.nat(), (document, seed) => setSeed(document, "X", seed)),
  edit("seed of W", fc.nat(), (document, seed) => setSeed(document, "W", seed)),
  edit("a cell of X", values, (document, value) => setCells(document, "X", [0], value)),
  edit("a cell of W", values, (document, value) => setCells(document, "W", [0], value)),
  edit("a cell of b", values, (document, value) => setCells(document, "b", [0], value)),
  edit("fill", values, fillInput),
  edit("pour", values, (document, value) => floodFill(document, 0, value)),
  edit("clear", fc.constant(null), clearInput),
);

/** The document after an edit, or the same one where the edit is refused. */
export function edited(document: Document, { run }: Edit): Document {
  try {
    return run(document);
  } catch (error) {
    if (error instanceof ConvError) return document;
    throw error;
  }
}

/** Documents as hands make them: the opening one after up to twelve edits. Not all of them fit together. */
export const documents: fc.Arbitrary<Document> = fc
  .array(edits, { maxLength: 12 })
  .map((all) => all.reduce(edited, openingDocument()));

function bitsOf({ shape, data }: Tensor) {
  return { shape: [...shape], bits: Array.from(new BigUint64Array(data.slice().buffer), String) };
}

function madeBits({ word, tensor }: Made) {
  return { word, ...bitsOf(tensor) };
}

/** A document as plain values that are equal only where every bit is: −0 is not 0. */
export function everyBit(document: Document) {
  const { input, kernel, bias, settings } = document;
  return {
    input: madeBits(input),
    kernel: madeBits(kernel),
    bias: bitsOf(bias),
    settings: structuredClone(settings),
  };
}
