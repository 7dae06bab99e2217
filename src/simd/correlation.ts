import type { Geometry } from "../geometry.ts";
import { forwardAxis, gradientAxis, type WalkAxis } from "./axes.ts";

/**
 * What the forward pass and dX have in common: target planes that are sums of source planes, cell by cell, over taps.
 * N times `groups` groups of `depth` source planes and `filters` target planes.
 */
export interface Correlation {
  readonly batch: number;
  readonly groups: number;
  readonly depth: number;
  readonly filters: number;
  readonly rows: WalkAxis;
  readonly columns: WalkAxis;
  /** In W: from one group to the next, from one target plane to the next, from one source plane to the next. */
  readonly weightSteps: Readonly<Record<"group" | "target" | "source", number>>;
  /** The place in a kernel plane of W of what a window meets at (t, u). */
  readonly weightAt: (t: number, u: number) => number;
}

function common(g: Geometry) {
  const { N, groups, kH, kW, flip } = g.spec;
  return {
    batch: N,
    groups,
    weightAt: (t: number, u: number) => (flip ? (kH - 1 - t) * kW + kW - 1 - u : t * kW + u),
  };
}

/** Y = X ⋆ W: taps in the order c, kh, kw. */
export function forwardCorrelation(g: Geometry): Correlation {
  const { depth, filtersPerGroup } = g;
  const kernel = g.rows.k * g.columns.k;
  return {
    ...common(g),
    depth,
    filters: filtersPerGroup,
    rows: forwardAxis(g.rows),
    columns: forwardAxis(g.columns),
    weightSteps: {
      group: filtersPerGroup * depth * kernel,
      target: depth * kernel,
      source: kernel,
    },
  };
}

/** dX (`padded`: of the padded input) from δ: taps in the order f, kh, kw of the kernel turned by 180°. */
export function gradientCorrelation(g: Geometry, padded: boolean): Correlation {
  const { depth, filtersPerGroup } = g;
  const kernel = g.rows.k * g.columns.k;
  return {
    ...common(g),
    depth: filtersPerGroup,
    filters: depth,
    rows: gradientAxis(g.rows, padded),
    columns: gradientAxis(g.columns, padded),
    weightSteps: {
      group: filtersPerGroup * depth * kernel,
      target: kernel,
      source: depth * kernel,
    },
  };
}

/** One tap of a phase: source plane, positions to add, and the weight's place in W for target plane 0 of group 0. */
export interface PhaseTap {
  readonly plane: number;
  readonly row: number;
  readonly column: number;
  readonly weight: number;
}

/** The taps of phase (r, q), in the order in which they are added. */
export function tapsOfPhase(c: Correlation, r: number, q: number): PhaseTap[] {
  const taps: PhaseTap[] = [];
  for (let plane = 0; plane < c.depth; plane++)
    for (const row of c.rows.phases[r]!.taps)
      for (const column of c.columns.phases[q]!.taps)
        taps.push({
          plane,
          row: row.at,
          column: column.at,
          weight: plane * c.weightSteps.source + c.weightAt(row.slot, column.slot),
        });
  return taps;
}
