import { type Geometry, geometryOf } from "../geometry.ts";
import { joined, type Range } from "../range.ts";
import type { ConvSpec } from "../spec.ts";
import { type Numbers, sizeOf } from "../tensor.ts";
import { gather, layerOfRows, rowsRead } from "./rows.ts";
import { type Stream, type StreamOptions, streamOf } from "./stream.ts";
import { type Tier, tierOf } from "./tiers.ts";

// A layer whose lower rows are made by a second worker at the same time. No memory is shared, so that no server has to
// send headers for it: the rows that the helper reads are handed to it, and its rows of Z are handed back, transferred.

/** One end of a channel: a worker, the worker's own scope, or a MessagePort. */
export interface End {
  postMessage(message: unknown, transfer: Transferable[]): void;
  onmessage: ((event: MessageEvent) => void) | null;
  /** What a worker that cannot go on says; a MessagePort has no such thing. */
  onerror?: ((event: ErrorEvent) => void) | null;
}

/** Multiply-adds for each number of X and Z from which on two are faster than one, and in all. */
const LEAST = { each: 60, all: 10_000_000 };

/** Whether a helper is worth the way there and back (docs/speed.md has the times): in the strict tier alone it is. */
export function isWorthSharing(g: Geometry, tier: Tier): boolean {
  if (g.rows.out < 2) return false;
  const moved = sizeOf(g.shapes.X) + sizeOf(g.shapes.Y);
  const { multiplyAdds } = g;
  return tier === "strict" && multiplyAdds >= Math.max(LEAST.all, LEAST.each * moved);
}

/** Both arrays go there and back, so that a layer that is asked again takes no new memory. */
interface Rows {
  readonly x: Float32Array<ArrayBuffer>;
  readonly z: Float32Array<ArrayBuffer>;
}

interface RowsAsked extends Rows {
  readonly id: number;
  /** The layer of these rows alone. */
  readonly spec: ConvSpec;
  readonly tier: Tier;
  readonly w: Float32Array;
  readonly b: Float32Array;
}

type Options = Pick<StreamOptions, "features">;

const ranged = (options: Options): StreamOptions => ({ ...options, ranged: true });

const transferred = ({ x, z }: Rows): Transferable[] => [x.buffer, z.buffer];

interface RowsMade extends Rows {
  /** Of the question. */
  readonly id: number;
  readonly range: Range;
}

/** What the second worker does: the rows it is asked for. */
export function helpWithRows(end: End, options: Options = {}): void {
  let kept: { readonly of: string; readonly stream: Stream } | undefined;
  end.onmessage = ({ data }: MessageEvent<RowsAsked>) => {
    const { id, spec, tier, x, w, b, z } = data;
    const of = JSON.stringify([spec, tier]);
    if (kept?.of !== of) kept = { of, stream: streamOf(geometryOf(spec), tier, ranged(options)) };
    const range = kept.stream.forward(x, w, b, z)!;
    const answer: RowsMade = { id, x, z, range };
    end.postMessage(answer, transferred(answer));
  };
}

let questions = 0;

/** A layer whose rows two make. One question at a time. */
export interface SharedStream extends Pick<Stream, "kernels" | "work"> {
  /**
   * Writes z = x ⋆ w + b: the bits that one worker alone would write in the strict tier. Rejects where the helper
   * cannot go on; a stream that has is of no more use. Resolves to the range of what was written.
   */
  forward(x: Numbers, w: Numbers, b: Numbers, z: Numbers): Promise<Range>;
}

/** `share`: of the rows, what the helper makes. */
export function sharedStreamOf(
  g: Geometry,
  asked: Tier | "auto",
  helper: End,
  options: Options & { readonly share?: number } = {},
): SharedStream {
  const tier = tierOf(g, asked);
  const { out } = g.rows;
  const height = Math.max(1, Math.round(out * (options.share ?? 0.5)));
  const cut = out - height;
  // where all rows are the helper's, one is planned here all the same: it tells by what they are made
  const own = streamOf(g, tier, { ...ranged(options), rows: [0, Math.max(1, cut)] });
  const part = layerOfRows(g, height);
  const runs = rowsRead(g, cut, height);
  const floats = (shape: readonly number[]) => new Float32Array(sizeOf(shape));
  let rows: Rows = { x: floats(part.shapes.X), z: floats(part.shapes.Y) };
  const [line, plane] = [g.columns.out, out * g.columns.out];
  return {
    kernels: own.kernels,
    get work() {
      return own.work;
    },
    async forward(x, w, b, z) {
      gather(x, g.rows.n, g.columns.n, runs, rows.x);
      const id = ++questions;
      const answered = new Promise<RowsMade>((answer, fail) => {
        helper.onmessage = ({ data }: MessageEvent<RowsMade>) => {
          if (data.id === id) answer(data); // else of a question that was given up
        };
        helper.onerror = fail;
      });
      const weights = { w: Float32Array.from(w), b: Float32Array.from(b) };
      const question: RowsAsked = { id, ...rows, spec: part.spec, tier, ...weights };
      helper.postMessage(question, transferred(rows));
      const above = own.forward(x, w, b, z)!;
      const { range, x: xs, z: zs } = await answered;
      rows = { x: xs, z: zs };
      const size = height * line;
      for (let i = 0; i * size < rows.z.length; i++)
        z.set(rows.z.subarray(i * size, (i + 1) * size), i * plane + cut * line);
      return cut > 0 ? joined(above, range) : range;
    },
  };
}
