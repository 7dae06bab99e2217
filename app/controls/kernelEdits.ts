import {
  type Document,
  filterWords,
  formatKernelWord,
  isKernelWord,
  KERNELS,
  type KernelName,
  type KernelRow,
  makeKernel,
  parseKernelWord,
  setCells,
  setKernelWord,
  type Word,
} from "#engine";

/** The preset that filter `f` has, as its word; null where a hand has changed it. */
export function presetOf({ kernel }: Document, f: number): Word<KernelName> | null {
  if (!isKernelWord(kernel.word)) return null;
  const words = filterWords(kernel.word);
  return words[f % words.length]!;
}

function sizeOf({ kernel }: Document): readonly [kH: number, kW: number] {
  const [, , kH, kW] = kernel.tensor.shape as [number, number, number, number];
  return [kH, kW];
}

/** The size for a preset that takes the place of another: the one there is, if it was chosen and will do. */
function sizeFor(document: Document, name: KernelName): readonly [kH: number, kW: number] {
  const row: KernelRow = KERNELS[name];
  const before = presetOf(document, 0);
  const size = sizeOf(document);
  const usual = before && KERNELS[before.name].size.join() === size.join();
  return !usual && row.fits(...size) ? size : row.size;
}

/** Gives filter `f` the kernel of a word; the other filters keep theirs, and the size is one for all. */
export function setPreset(document: Document, f: number, text: string): Document {
  const [F] = document.kernel.tensor.shape as [number];
  const word = parseKernelWord(text);
  if (F === 1)
    return setKernelWord(
      document,
      formatKernelWord({ ...word, size: word.size ?? sizeFor(document, word.name) }),
    );
  if (document.kernel.word === null) return drawn(document, f, word);
  const words = Array.from({ length: F }, (_, i) => (i === f ? word : presetOf(document, i)!));
  const texts = words.map((each) => formatKernelWord({ ...each, size: null }));
  const first = formatKernelWord({ ...words[0]!, size: sizeOf(document) });
  const same = texts.every((each) => each === texts[0]);
  return setKernelWord(document, same ? first : [first, ...texts.slice(1)].join("||"));
}

/** Writes a preset's numbers over one filter of a kernel that no word can say any more. */
function drawn(document: Document, f: number, word: Word<KernelName>): Document {
  const [, depth] = document.kernel.tensor.shape as [number, number];
  const [kH, kW] = sizeOf(document);
  const text = formatKernelWord({ ...word, size: null });
  const { data } = makeKernel(text, { F: f + 1, depth, kH, kW }).tensor;
  const length = depth * kH * kW;
  const indices = Array.from({ length }, (_, i) => f * length + i);
  return setCells(document, "W", indices, Array.from(data.subarray(f * length)));
}
