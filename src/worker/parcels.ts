// How the numbers of a question reach the worker: few are sent along, many are sent once and then called by a number.
// An image of sixteen million pixels then crosses when it is loaded, and not with every weight that is edited.

/** Arrays of up to this many numbers are cloned with every question. */
export const MOST_CLONED = 64 * 64;

/** An array that the worker has, in place of that array. */
interface Held {
  readonly held: number;
}

/** What goes with a question besides it. */
export interface Parcels {
  /** Arrays the worker does not have yet, by their numbers. */
  readonly sent: readonly (readonly [held: number, data: ArrayBufferView])[];
  /** All that the worker is to have from now on; it lets go of the rest. */
  readonly kept: readonly number[];
}

export interface Packed {
  readonly question: unknown;
  readonly parcels: Parcels;
  /** The buffers of what is sent: copies, for the page keeps its own. */
  readonly transfer: readonly ArrayBuffer[];
}

/** The page's side. */
export interface Packer {
  /** Of each job what its last question was about is kept. */
  readonly pack: (job: string, question: unknown) => Packed;
  /** Another worker, which has nothing. */
  readonly forget: () => void;
}

type Typed = ArrayBufferView<ArrayBuffer> & { slice(): Typed; readonly length: number };

function isMany(value: unknown): value is Typed {
  return ArrayBuffer.isView(value) && "length" in value && (value as Typed).length > MOST_CLONED;
}

/** The same value with some of its parts replaced; parts in which nothing is replaced are the same objects. */
function replaced(value: unknown, by: (part: object) => unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const other = by(value);
  if (other !== undefined) return other;
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return value;
  const entries = Object.entries(value).map(([key, part]) => [key, replaced(part, by)] as const);
  if (entries.every(([key, part]) => part === (value as Record<string, unknown>)[key]))
    return value;
  return Array.isArray(value) ? entries.map(([, part]) => part) : Object.fromEntries(entries);
}

export function createPacker(): Packer {
  const numbers = new WeakMap<object, number>();
  let last = 0;
  let there = new Set<number>();
  const latest = new Map<string, readonly number[]>();

  return {
    pack(job, question) {
      const used: number[] = [];
      const sent: [number, Typed][] = [];
      const light = replaced(question, (part): Held | undefined => {
        if (!isMany(part)) return undefined;
        let held = numbers.get(part);
        if (held === undefined) {
          last += 1;
          held = last;
          numbers.set(part, held);
        }
        if (!there.has(held) && !used.includes(held)) sent.push([held, part.slice()]);
        used.push(held);
        return { held };
      });
      latest.set(job, used);
      there = new Set([...latest.values()].flat());
      return {
        question: light,
        parcels: { sent, kept: [...there] },
        transfer: sent.map(([, { buffer }]) => buffer),
      };
    },
    forget() {
      there = new Set();
      latest.clear();
    },
  };
}

/** The worker's side: the question as it was, from what was sent with it and what is here already. */
export function createUnpacker(): (question: unknown, parcels: Parcels | undefined) => unknown {
  const here = new Map<number, ArrayBufferView>();
  return (question, parcels) => {
    if (!parcels) return question;
    for (const [held, data] of parcels.sent) here.set(held, data);
    const kept = new Set(parcels.kept);
    for (const held of here.keys()) if (!kept.has(held)) here.delete(held);
    return replaced(question, (part) =>
      "held" in part && typeof part.held === "number" ? here.get(part.held) : undefined,
    );
  };
}
