import { ACTIVATIONS, type Activation, type ActivationChoice } from "../activation.ts";
import type { Document, Made, Settings } from "../document.ts";
import { ConvError, keyOf } from "../errors.ts";
import { checkInputShape, checkKernelShape, checkSize } from "../limits.ts";
import { reframePlanes, repeatNumbers, repeatPlanes } from "../planes.ts";
import { IMAGES, type ImageRow } from "../presets/images.ts";
import { centreOf, KERNELS, type KernelRow } from "../presets/kernels.ts";
import {
  filterWords,
  formatInputWord,
  isInputWord,
  isKernelWord,
  makeInput,
  makeKernel,
  parseInputWord,
  reseeded,
  unsized,
} from "../presets/words.ts";
import { rested } from "../training.ts";
import { checkNumber, drawn, sizesOf } from "./cells.ts";

// Every way a document changes. Each gives a new document and leaves the old one as it was; tensors fit one another
// afterwards, and a word stays where it can still say the numbers. Whether the geometry is possible is for
// `checkDocument` to say: a kernel may be larger than its input while someone is still typing.

/** C / groups, where it and F / groups are whole. */
export function depthOf(C: number, F: number, groups: number): number {
  const accepted = divisors(C, F);
  if (accepted.includes(groups)) return C / groups;
  throw new ConvError(
    "groups",
    `${groups} does not divide both C = ${C} and F = ${F}`,
    accepted.join(", "),
  );
}

/** The numbers of groups that these channels and filters can be shared out among. */
export function divisors(C: number, F: number): number[] {
  const all = Array.from({ length: Math.min(C, F) }, (_, i) => i + 1);
  return all.filter((groups) => C % groups === 0 && F % groups === 0);
}

/** A picture made by a word is made again at this size; a drawn one is cut, or grows by zeros, at its far ends. */
export function resizeInput(document: Document, H: number, W: number): Document {
  const sizes = sizesOf(document);
  if (H === sizes.H && W === sizes.W) return document;
  checkInputShape([sizes.N, sizes.C, H, W]);
  const { word, tensor } = document.input;
  const input = isInputWord(word)
    ? makeInput(formatInputWord({ ...parseInputWord(word), size: [H, W] }), sizes)
    : drawn(reframePlanes(tensor, [H, W], [0, 0]));
  return { ...document, input };
}

/** The input with N examples of C channels: made again by its word, or its planes repeated. */
function inputOf({ word, tensor }: Made, N: number, C: number): Made {
  const [, , H, W] = tensor.shape as [number, number, number, number];
  if (tensor.shape[0] === N && tensor.shape[1] === C) return { word, tensor };
  checkInputShape([N, C, H, W]);
  return isInputWord(word) ? makeInput(word, { N, C }) : drawn(repeatPlanes(tensor, N, C));
}

/** The kernel with F filters of this depth: made again by its words, or its planes repeated. */
function kernelOf({ word, tensor }: Made, F: number, depth: number): Made {
  const [, , kH, kW] = tensor.shape as [number, number, number, number];
  if (tensor.shape[0] === F && tensor.shape[1] === depth) return { word, tensor };
  checkKernelShape([F, depth, kH, kW]);
  if (!isKernelWord(word)) return drawn(repeatPlanes(tensor, F, depth));
  return makeKernel(unsized(word, F), { F, depth, kH, kW });
}

/** The document with another count of channels, filters or groups, and all tensors to match. */
function recount(
  document: Document,
  counts: { N?: number; C?: number; F?: number; groups?: number },
): Document {
  const { N, C, F, groups } = { ...sizesOf(document), ...document.settings, ...counts };
  const depth = depthOf(checkSize("C", C), checkSize("F", F), groups);
  const next = withKernel(document, kernelOf(document.kernel, F, depth));
  return {
    ...next,
    input: inputOf(document.input, N, C),
    bias: document.bias.shape[0] === F ? document.bias : repeatNumbers(document.bias, F),
    settings: { ...document.settings, groups },
  };
}

/** Another kernel begins at rest: a velocity belongs to the weights that it moves. */
function withKernel(document: Document, kernel: Made): Document {
  if (kernel.tensor === document.kernel.tensor) return document;
  return { ...document, kernel, training: rested(document.training) };
}

/** New channels of a drawn input repeat those there are; the kernel follows. */
export function setChannels(document: Document, C: number): Document {
  return recount(document, { C });
}

/** New examples of a drawn input repeat those there are. */
export function setBatch(document: Document, N: number): Document {
  return recount(document, { N });
}

/** New filters of a drawn kernel repeat those there are, with their biases. */
export function setFilters(document: Document, F: number): Document {
  return recount(document, { F });
}

/** The kernel's depth becomes C / groups. */
export function setGroups(document: Document, groups: number): Document {
  return recount(document, { groups });
}

/** Presets that exist at this size are made again; other kernels are cut, or grow by zeros, around their centre. */
export function resizeKernel(document: Document, kH: number, kW: number): Document {
  const { F, depth, ...before } = sizesOf(document);
  if (kH === before.kH && kW === before.kW) return document;
  checkKernelShape([F, depth, kH, kW]);
  const { word, tensor } = document.kernel;
  if (isKernelWord(word) && fitsAt(word, kH, kW))
    return withKernel(document, makeKernel(unsized(word), { F, depth, kH, kW }));
  const shift = [centreOf(kH) - centreOf(before.kH), centreOf(kW) - centreOf(before.kW)] as const;
  return withKernel(document, drawn(reframePlanes(tensor, [kH, kW], shift)));
}

/** Whether all presets of a kernel word exist at this size. */
function fitsAt(word: string, kH: number, kW: number): boolean {
  return filterWords(word).every(({ name }) => {
    const row: KernelRow = KERNELS[name];
    return row.fits(kH, kW);
  });
}

/** Settings besides groups are taken as they are; an activation without a parameter forgets the one it had. */
export function setSettings(document: Document, partial: Partial<Settings>): Document {
  const settings = { ...document.settings, ...partial };
  const next = { ...document, settings: { ...settings, groups: document.settings.groups } };
  if (partial.activation !== undefined)
    next.settings.activation = tidyActivation(partial.activation);
  return settings.groups === next.settings.groups ? next : setGroups(next, settings.groups);
}

/** The activation of this name, with its usual parameter or the one given; 0 where it has none. */
export function tidyActivation({
  name,
  alpha,
}: {
  readonly name: ActivationChoice["name"];
  readonly alpha?: number;
}): ActivationChoice {
  const row: Activation = ACTIVATIONS[keyOf("activation", ACTIVATIONS, name)];
  return { name, alpha: row.alpha === undefined ? 0 : (alpha ?? row.alpha.initial) };
}

/** Takes an input that was made elsewhere (loaded, kept) with its own N and C; the kernel's depth follows. */
export function setInput(document: Document, made: Made): Document {
  const [N, C] = made.tensor.shape as [number, number];
  checkInputShape(made.tensor.shape);
  const { data, range } = made.tensor;
  // whoever told the range of millions of pixels has looked at each
  if (!range) for (let i = 0; i < data.length; i++) checkNumber("X", data[i]!);
  return recount({ ...document, input: made }, { N, C });
}

/** Makes a picture by its word, with as many examples as before, and its own count of channels if it has one. */
export function setInputWord(document: Document, word: string): Document {
  const { N, C } = sizesOf(document);
  const row: ImageRow = IMAGES[parseInputWord(word).name];
  return setInput(document, makeInput(word, { N, C: row.channels ?? C }));
}

/** Makes the kernels by their words: as many filters as before, or more where there are more words. */
export function setKernelWord(document: Document, word: string): Document {
  const { F, depth } = sizesOf(document);
  const { groups } = document.settings;
  const filters = Math.max(F, filtersFor(filterWords(word).length, groups));
  const next = withKernel(document, makeKernel(word, { F: filters, depth }));
  return recount(next, { F: filters });
}

/** The least filters that hold so many kernels and can be shared out among the groups. */
export function filtersFor(kernels: number, groups: number): number {
  return Math.ceil(kernels / groups) * groups;
}

/** Draws again with another seed what was drawn from one. */
export function setSeed(document: Document, which: "X" | "W", seed: number): Document {
  const sizes = sizesOf(document);
  const { word } = which === "X" ? document.input : document.kernel;
  const again = word === null ? null : reseeded(which, word, seed);
  if (again === null)
    throw new ConvError(which, "was not drawn from a seed", "random numbers or noise");
  return which === "X"
    ? { ...document, input: makeInput(again, sizes) }
    : withKernel(document, makeKernel(again, sizes));
}

/** An empty sheet of the same shape. */
export function clearInput(document: Document): Document {
  const { H, W } = sizesOf(document);
  return { ...document, input: makeInput(`blank:${H}x${W}`, sizesOf(document)) };
}
