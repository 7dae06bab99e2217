import { type Geometry, geometryOf } from "../geometry.ts";
import { EMPTY, joined, type Range } from "../range.ts";
import { type Numbers, sizeOf } from "../tensor.ts";
import type { Plan } from "./numbers.ts";
import { type PlanOptions, planOf } from "./plan.ts";
import { gather, layerOfRows, rowsRead } from "./rows.ts";
import { type Tier, tierOf } from "./tiers.ts";

/** What of X and Z is at the kernels at once: it stays in the second cache on its way in, through and out. */
const AT_ONCE = 512 * 1024;
/** Less than this is done at once: every piece packs the weights anew. */
const LEAST_IN_PIECES = 2 * 1024 * 1024;

/** A layer made ready to go forward from array to array, without X and Z ever being held a second time. */
export interface Stream extends Pick<Plan, "kernels" | "bytes" | "work"> {
  /**
   * Writes z = x ⋆ w + b: what a plan of the same tier gives, in the strict tier bit for bit. Returns the range of what
   * it wrote, where that was wanted.
   */
  forward(x: Numbers, w: Numbers, b: Numbers, z: Numbers): Range | null;
}

/** How many examples, and how many rows of Y, are made at once. */
export function pieceOf(g: Geometry, asked?: number): { examples: number; height: number } {
  const { N, C, F } = g.spec;
  const { out, stride } = g.rows;
  const all = 4 * (sizeOf(g.shapes.X) + sizeOf(g.shapes.Y));
  const bytes = asked ?? (all < LEAST_IN_PIECES ? all : AT_ONCE);
  const row = 4 * (C * stride * g.columns.n + F * g.columns.out);
  const examples = bytes === all ? N : Math.floor(bytes / (row * out));
  if (examples > 0) return { examples: Math.min(N, examples), height: out };
  const times = Math.ceil(out / Math.max(4, Math.floor(bytes / row)));
  return { examples: 1, height: Math.ceil(out / times) };
}

/** 0, step, … and at last, so that nothing is left over, `all` − step: what is made twice comes out the same. */
const steps = (all: number, step: number) =>
  Array.from({ length: Math.ceil(all / step) }, (_, i) => Math.min(i * step, all - step));

export interface StreamOptions extends Pick<PlanOptions, "features"> {
  /** Of X and Z at once, if not to be found out. */
  readonly bytes?: number;
  /** Whether the range of Z is wanted: looked for while it is at hand, for that takes a tenth of the time. */
  readonly ranged?: boolean;
  /** The rows of Z that are made, from … up to but not including …; all, if nothing is said. */
  readonly rows?: readonly [from: number, to: number];
}

/** A layer of this geometry, made in pieces of a plan's size. */
export function streamOf(
  g: Geometry,
  tier: Tier | "auto" = "auto",
  options: StreamOptions = {},
): Stream {
  const [top, bottom] = options.rows ?? [0, g.rows.out];
  const piece = pieceOf(g, options.bytes);
  const { examples } = piece;
  const height = Math.min(piece.height, bottom - top);
  const whole = height === g.rows.out;
  const part = whole ? geometryOf({ ...g.spec, N: examples }) : layerOfRows(g, height, examples);
  const plan = planOf(part, tierOf(g, tier), { ...options, passes: ["forward"] });
  const { N } = g.spec;
  const [xs, zs] = [sizeOf(g.shapes.X) / N, sizeOf(g.shapes.Y) / N];
  const width = g.columns.out;
  const all = [{ row: 0, at: 0, count: g.rows.n }];
  const pieces = steps(bottom - top, height).map((step) => ({
    from: top + step,
    runs: whole ? all : rowsRead(g, top + step, height),
  }));
  const planes = Array.from({ length: examples * g.spec.F }, (_, i) =>
    plan.z.subarray(i * height * width, (i + 1) * height * width),
  );
  return {
    kernels: plan.kernels,
    bytes: plan.bytes,
    get work() {
      return plan.work;
    },
    forward(x, w, b, z) {
      plan.w.set(w);
      plan.b.set(b);
      let range = EMPTY;
      for (const n of steps(N, examples)) {
        const source = x.subarray(n * xs, (n + examples) * xs);
        const target = z.subarray(n * zs, (n + examples) * zs);
        for (const { from, runs } of pieces) {
          if (whole) plan.x.set(source);
          else gather(source, g.rows.n, g.columns.n, runs, plan.x);
          plan.forward();
          if (options.ranged) range = joined(range, plan.range());
          if (whole) target.set(plan.z);
          else
            for (const [i, made] of planes.entries())
              target.set(made, (i * g.rows.out + from) * width);
        }
      }
      return options.ranged ? range : null;
    },
  };
}
