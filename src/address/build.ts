import type { Document, Made } from "../document.ts";
import { depthOf, filtersFor } from "../edits/edits.ts";
import {
  OPENING_INPUT,
  OPENING_KERNEL,
  OPENING_UPSTREAM,
  openingDocument,
} from "../edits/opening.ts";
import { ConvError, shown } from "../errors.ts";
import type { Geometry } from "../geometry.ts";
import { checkDocument, checkInputShape, checkKernelShape } from "../limits.ts";
import { repeatNumbers, repeatPlanes } from "../planes.ts";
import { IMAGES } from "../presets/images.ts";
import { KERNELS } from "../presets/kernels.ts";
import {
  channelsOf,
  filterWords,
  isInputWord,
  isKernelWord,
  makeInput,
  makeKernel,
  nameOfWord,
  unknownName,
} from "../presets/words.ts";
import { DEFAULTS } from "../spec.ts";
import { sizeOf, type Tensor, tensor } from "../tensor.ts";
import type { Asked, Source } from "./asked.ts";

/**
 * Makes numbers for words that are not the engine's (`photo:cat`, `kept:3`). N and C are what the address asks
 * for, if it does; what comes back otherwise is cut or repeated to fit.
 */
export type ExtraMaker = (
  word: string,
  asked: { readonly N: number | undefined; readonly C: number | undefined },
) => Promise<Tensor>;

export interface ExtraMakers {
  /** By the name before the first colon. */
  readonly inputs?: Readonly<Record<string, ExtraMaker>>;
  readonly kernels?: Readonly<Record<string, (word: string) => Promise<Tensor>>>;
}

/**
 * The document of an address: the opening one where it says nothing, else what it says, and for the rest the
 * opening input and kernel with stride 1, no padding and no activation.
 * @throws ConvError where it does not go together.
 */
export async function build(asked: Partial<Asked>, extra: ExtraMakers): Promise<Document> {
  if (Object.keys(asked).length === 0) return openingDocument();
  const groups = asked.groups ?? DEFAULTS.groups;
  const input = await askedInput(asked, extra.inputs ?? {});
  const kernel = await askedKernel(asked, extra.kernels ?? {}, input.tensor.shape[1]!, groups);
  const document: Document = {
    input,
    kernel,
    bias: askedBias(asked.bias ?? [0], kernel.tensor.shape[0]!),
    settings: {
      flip: asked.flip ?? DEFAULTS.flip,
      stride: asked.stride ?? DEFAULTS.stride,
      padding: asked.padding ?? DEFAULTS.padding,
      padMode: asked.mode ?? DEFAULTS.padMode,
      dilation: asked.dilation ?? DEFAULTS.dilation,
      activation: asked.activation ?? DEFAULTS.activation,
      groups,
    },
    upstream: asked.delta ?? OPENING_UPSTREAM,
    training: asked.sgd ? { ...asked.sgd, motion: null } : null,
  };
  checkUpstream(document, checkDocument(document));
  return document;
}

function checkUpstream({ upstream: { tensor: numbers } }: Document, { shapes }: Geometry): void {
  if (!numbers) return;
  const [given, wanted] = [numbers.shape.slice(2).join(" × "), shapes.Y.slice(2).join(" × ")];
  if (given !== wanted)
    throw new ConvError(
      "∂L/∂Y",
      `${given} numbers do not fit outputs of ${wanted}`,
      `${wanted} numbers, one for each output`,
    );
}

async function askedInput(
  { input = { word: OPENING_INPUT }, batch, channels }: Partial<Asked>,
  makers: NonNullable<ExtraMakers["inputs"]>,
): Promise<Made> {
  if ("word" in input && isInputWord(input.word))
    return makeInput(input.word, { N: batch ?? 1, C: channels ?? channelsOf(input.word) });
  const made = await foreign("input", input, IMAGES, makers, (make, word) =>
    make(word, { N: batch, C: channels }),
  );
  const [N, C] = made.tensor.shape as [number, number];
  checkInputShape(made.tensor.shape);
  return fitted(made, batch ?? N, channels ?? C);
}

async function askedKernel(
  { kernel = { word: OPENING_KERNEL }, filters }: Partial<Asked>,
  makers: NonNullable<ExtraMakers["kernels"]>,
  C: number,
  groups: number,
): Promise<Made> {
  const depth = (F: number) => depthOf(C, F, groups);
  if ("word" in kernel && isKernelWord(kernel.word)) {
    const F = filters ?? filtersFor(filterWords(kernel.word).length, groups);
    return makeKernel(kernel.word, { F, depth: depth(F) });
  }
  const made = await foreign("kernel", kernel, KERNELS, makers, (make, word) => make(word));
  checkKernelShape(made.tensor.shape);
  const [given, reads] = made.tensor.shape as [number, number];
  const F = filters ?? filtersFor(given, groups);
  if (F < given)
    throw new ConvError(
      "F",
      `${F} cannot hold the ${given} filters of the kernel`,
      `${given} or more`,
    );
  if (reads !== 1 && reads !== depth(F))
    throw new ConvError(
      "W",
      `the kernel has ${reads} channels, but each filter reads ${depth(F)}`,
      `kernels of ${depth(F)} channels, or of one that is repeated`,
    );
  return fitted(made, F, depth(F));
}

/** Planes repeated where more are asked for; a word no longer says what they are. */
function fitted({ word, tensor: numbers }: Made, outer: number, inner: number): Made {
  if (numbers.shape[0] === outer && numbers.shape[1] === inner) return { word, tensor: numbers };
  return { word: null, tensor: repeatPlanes(numbers, outer, inner) };
}

/** Numbers as they are, or from a maker of the application. */
async function foreign<Maker>(
  field: "input" | "kernel",
  source: Source,
  own: Readonly<Record<string, unknown>>,
  makers: Readonly<Record<string, Maker>>,
  make: (maker: Maker, word: string) => Promise<Tensor>,
): Promise<Made> {
  if ("numbers" in source) return { word: null, tensor: source.numbers };
  const { word } = source;
  const name = nameOfWord(word);
  if (!Object.hasOwn(makers, name))
    throw unknownName(field, name, [...Object.keys(own), ...Object.keys(makers)]);
  try {
    return { word, tensor: checkMade(field, await make(makers[name]!, word)) };
  } catch (error) {
    if (error instanceof ConvError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new ConvError(field, `${shown(word)} could not be loaded (${why})`, "another one");
  }
}

/** What came from outside is four axes of finite numbers, or refused. */
function checkMade(field: string, made: Tensor): Tensor {
  if (made.shape.length !== 4 || made.data.length !== sizeOf(made.shape))
    throw new ConvError(field, "has no four axes of numbers", "examples, channels, rows, columns");
  if (!made.data.every(Number.isFinite))
    throw new ConvError(field, "holds something that is not a number", "finite numbers");
  return made;
}

function askedBias(values: readonly number[], F: number): Tensor {
  if (values.length !== 1 && values.length !== F)
    throw new ConvError(
      "b",
      `${values.length} biases do not fit ${F} filters`,
      `one number, or ${F}`,
    );
  return repeatNumbers(tensor([values.length], values), F);
}
