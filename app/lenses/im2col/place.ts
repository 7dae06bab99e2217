import {
  type CellRef,
  counterpartOf,
  firstOfFilter,
  type Geometry,
  memoryIn,
  ORDER_IN,
  outputOfRow,
  rowOfOutput,
  TENSORS,
  type Way,
  type WindowOrder,
} from "#engine";
import type { Frame } from "../lens.ts";
import { type Gathered, matrixSize } from "../shared/matrix.ts";

/** What the lens looks at: a row of col, and the output that one filter makes of it. */
export interface Place {
  /** First all windows are gathered, then every output is made by one product. */
  readonly phase: "gather" | "product";
  readonly row: number;
  readonly f: number;
  /** Flat index of the output. */
  readonly y: number;
  /** The in-channel whose plane is shown. */
  readonly channel: number;
  /** The tap that playback has reached in this very row or output; null when it is complete. */
  readonly slot: number | null;
}

/** The rows of col, then the outputs in the order of Y: N·(1 + F) planes. */
export function walk(g: Geometry): readonly number[] {
  const { N, F } = g.spec;
  return [N * (1 + F), g.rows.out, g.columns.out];
}

/** A row of col is about its window, which the output of the first filter stands for; the rest are outputs. */
export function focus(g: Geometry, step: number): CellRef {
  const { windows } = matrixSize(g);
  const y = step < windows ? outputOfRow(g, step, 0) : step - windows;
  return { tensor: "Y", index: y };
}

/** A cell of col is met where its row is gathered, all else where an output is made. */
export function stepOf(g: Geometry, ref: CellRef): number | null {
  const { windows, cells } = matrixSize(g);
  if (TENSORS[ref.tensor].kind === "R") return Math.floor(ref.index / cells);
  const y = counterpartOf(g, ref, "Y");
  return y === null ? null : windows + y;
}

/** The output that a step makes; null while windows are gathered. */
export function outputOfStep({ geometry: g, step }: Frame): number | null {
  const { windows } = matrixSize(g);
  return step < windows ? null : step - windows;
}

const filterOf = (g: Geometry, y: number) =>
  Math.floor(y / (g.rows.out * g.columns.out)) % g.spec.F;

interface Wanted extends Pick<Place, "phase" | "f"> {
  /** The cell of the row that is pointed at. */
  readonly cell: number | null;
}

/** The row and the filter in question: those pointed at, else those playback has reached. */
function lookedAt(frame: Frame): Wanted & { readonly row: number } {
  const { geometry: g, pointed, step } = frame;
  const { cells } = matrixSize(g);
  const made = outputOfStep(frame);
  const phase = made === null ? "gather" : "product";
  const ofOutput = (y: number) =>
    ({ phase: "product", row: rowOfOutput(g, y), f: filterOf(g, y), cell: null }) as const;
  if (pointed?.tensor === "Y" || pointed?.tensor === "Z") return ofOutput(pointed.index);
  const f = made === null ? 0 : filterOf(g, made);
  if (pointed?.tensor === "R") {
    const cell = pointed.index % cells;
    const reads = cell >= firstOfFilter(g, f) && cell < firstOfFilter(g, f) + g.window;
    const first = Math.floor(cell / g.window) * g.filtersPerGroup;
    return { phase, row: Math.floor(pointed.index / cells), f: reads ? f : first, cell };
  }
  return made === null ? { phase, row: step, f, cell: null } : ofOutput(made);
}

export function placeOf(frame: Frame): Place {
  const { geometry: g, view, step, slot } = frame;
  const { row, ...wanted } = lookedAt(frame);
  const y = outputOfRow(g, row, wanted.f);
  const made = outputOfStep(frame);
  const isStep = made === null ? wanted.phase === "gather" && row === step : y === made;
  const reached = isStep ? slot : null;
  const channel = channelOf(g, view.channel, wanted, reached);
  return { phase: wanted.phase, row, f: wanted.f, y, channel, slot: reached };
}

/** The channel chosen, unless the cell pointed at or the tap playback has come to stands in another. */
function channelOf(g: Geometry, chosen: number, wanted: Wanted, reached: number | null): number {
  const { phase, f, cell } = wanted;
  const area = g.rows.k * g.columns.k;
  if (cell !== null) return Math.floor(cell / area);
  const any = Math.max(0, Math.min(g.spec.C - 1, chosen));
  const first = phase === "product" ? firstOfFilter(g, f) / area : any - (any % g.depth);
  if (reached !== null) return first + Math.floor(reached / area);
  return phase === "gather" ? any : Math.max(first, Math.min(first + g.depth - 1, any));
}

/** How much of col is gathered, and how many outputs are made. */
export function written(frame: Frame): { readonly col: Gathered; readonly outputs: number } {
  const { geometry: g, step, slot } = frame;
  const made = outputOfStep(frame);
  if (made === null)
    return {
      col: slot === null ? { rows: step + 1, cells: 0 } : { rows: step, cells: slot + 1 },
      outputs: 0,
    };
  const complete = slot === null || slot === g.window - 1;
  return { col: { rows: matrixSize(g).windows, cells: 0 }, outputs: complete ? made + 1 : made };
}

export function wayOf({ view }: Frame): Way {
  return view.options.col === "columns" ? "columns" : "rows";
}

/** In which order the cells of a window stand: as its numbers lie in memory. */
export function orderOf({ view }: Frame): WindowOrder {
  return ORDER_IN[memoryIn(view.options)];
}
