import type { Op, Workload, WorkloadName } from "./workloads.ts";

/** What an op gives, in the contender's layout; from a contender that cannot answer at once, later. */
export type Result = ArrayLike<number> | Promise<ArrayLike<number>>;

/** From typed array to typed array, all copies included. */
export type Runs = { readonly [O in Op]?: () => Result };

/** The same with everything where it is needed already, and left there. */
export type Resident = { readonly [O in Op]?: () => void };

export interface Contender {
  readonly name: string;
  /** How it lays out images and kernels: N C H W and F C kH kW, unless it says N H W C and kH kW C F. */
  readonly layout?: "channels last";
  /** What it can do with this workload; null where it cannot, or where that would take minutes. */
  readonly prepare: (load: Workload) => Runs | null | Promise<Runs | null>;
  /** Only of our own: kernels without the way in and out. */
  readonly resident?: (load: Workload) => Resident;
}

/** A contender that takes part in these workloads only. */
export function only(names: readonly WorkloadName[], contender: Contender): Contender {
  const { prepare } = contender;
  return { ...contender, prepare: (load) => (names.includes(load.name) ? prepare(load) : null) };
}
