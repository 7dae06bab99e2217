/**
 * What the kernels are told, field by field, in the order of the classes in `assembly/`; all are 32-bit.
 * Addresses and steps are in bytes.
 */
export const FIELDS = {
  Job: [
    "batch",
    "groups",
    "depth",
    "filters",
    "source",
    "sourcePlane",
    "sourceRow",
    "target",
    "targetPlane",
    "targetRow",
    "rowTable",
    "columnTable",
    "columnFirst",
    "columnCount",
    "rowFirst",
    "rowCount",
    "rowStride",
    "columnStride",
    "rowReach",
    "columnReach",
    "rows",
    "columns",
    "rowPhases",
    "columnPhases",
    "targetColumns",
    "phases",
    "bandRows",
    "nearRows",
    "band",
    "bandRow",
    "bandPlane",
    "bandSplit",
    "scratch",
    "scratchRow",
    "scattered",
    "blocks",
    "blockCount",
    "weights",
    "weightGroup",
    "weightChannel",
    "bias",
    "inPlace",
    "square",
    "strips",
    "top",
    "bottom",
    "left",
    "right",
  ],
  Phase: ["taps", "count", "rows", "columns"],
  Block: ["records", "end", "first", "planes"],
  Fold: [
    "planes",
    "padded",
    "rows",
    "columns",
    "rowTable",
    "columnTable",
    "dx",
    "dxRows",
    "dxColumns",
    "before",
  ],
  Winograd: [
    "tiles",
    "tileRows",
    "input",
    "products",
    "inputApart",
    "productsApart",
    "blocks",
    "noBias",
    "rest",
  ],
  Sums: ["delta", "taps", "count", "sums", "dw", "db", "nearRows", "strips"],
} as const;

type Kind = keyof typeof FIELDS;

/** The values of one record. */
export type Fields<K extends Kind> = Readonly<Record<(typeof FIELDS)[K][number], number>>;

/** A line of the processor's cache: where a piece begins, and what may be read, or written in whole vectors, behind it. */
const LINE = 64;
const PAGE = 65536;
/** Addresses that differ by a multiple of this are taken for the same by the processor until it has looked closer. */
const ALIAS = 4096;
/** Spreads pieces over all the places there are between two such addresses. */
const STAGGER = 2560;
/** Half of what 32 bits can address: the kernels reckon with signed numbers. */
const MOST_PAGES = 32768;

/** Something to be written into the memory once it exists. */
type Write = (memory: ArrayBuffer) => void;

/**
 * A memory that is laid out before it is made: pieces are taken, and what is to stand in them is noted. It never grows
 * afterwards, for a memory that grows takes the views of it away.
 */
export class Layout {
  #end = LINE;
  #large = 0;
  readonly #writes: Write[] = [];

  /**
   * The address of a piece of `bytes`. Rows of one tensor are read while those of another are written, so large pieces
   * begin apart from one another, modulo what the processor tells apart at once.
   */
  take(bytes: number): number {
    const spread = (this.#large * STAGGER) % ALIAS;
    const isLarge = bytes >= ALIAS;
    if (isLarge) this.#large++;
    const at = isLarge ? Math.ceil(this.#end / ALIAS) * ALIAS + spread : this.#end;
    this.#end = Math.ceil((at + bytes) / LINE + 1) * LINE;
    return at;
  }

  /** The address of a piece that holds these whole numbers. */
  ints(values: ArrayLike<number>): number {
    const at = this.take(values.length * 4);
    this.#writes.push((memory) => new Int32Array(memory).set(values, at / 4));
    return at;
  }

  /** The address of these records, one behind the other. */
  records<K extends Kind>(kind: K, values: readonly Fields<K>[]): number {
    const names: readonly (keyof Fields<K>)[] = FIELDS[kind];
    return this.ints(values.flatMap((value) => names.map((name) => value[name] as number)));
  }

  /**
   * The memory, with all that was noted.
   * @throws RangeError where there is not so much.
   */
  make(): WebAssembly.Memory {
    const pages = Math.ceil(this.#end / PAGE);
    if (pages > MOST_PAGES) throw new RangeError(`${pages} pages`);
    const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
    for (const write of this.#writes) write(memory.buffer);
    return memory;
  }
}
