import { longest, type WalkAxis } from "./axes.ts";
import type { Correlation } from "./correlation.ts";
import { factorsOf } from "./factors.ts";
import { blocksIn, blocksOf, isThree, layOut, lines, type Places } from "./job.ts";
import { FIELDS, type Fields, type Layout } from "./layout.ts";
import type { KernelExports } from "./module.ts";
import type { Work } from "./numbers.ts";
import type { Tier } from "./tiers.ts";

/** A correlation that is laid out, and can be run as often as one likes. */
export interface Method {
  run(kernels: KernelExports, memory: ArrayBuffer): void;
  /** What the last run did. */
  work(memory: ArrayBuffer): Work;
}

/** What a correlation is done by in this tier. */
export function methodOf(layout: Layout, c: Correlation, places: Places, tier: Tier): Method {
  if (tier === "fast" && isForWinograd(c)) return winograd(layout, c, places);
  if (tier === "fast" && isForFactors(c)) return separable(layout, c, places);
  return direct(layout, c, places);
}

/** Products of one target cell by definition. */
function windowOf({ depth, rows, columns }: Correlation): number {
  const count = ({ phases }: WalkAxis) => phases.reduce((all, { taps }) => all + taps.length, 0);
  return depth * count(rows) * count(columns);
}

function direct(layout: Layout, c: Correlation, places: Places): Method {
  const fields = layOut(layout, c, places, true);
  const job = layout.records("Job", [fields]);
  return {
    run: (kernels) => kernels.correlate(job),
    work: (memory) => ({ taps: mostTaps(memory, fields), of: windowOf(c), method: "direct" }),
  };
}

/** The taps of the block that needs most of them, over all phases, as the kernels packed them. */
function mostTaps(memory: ArrayBuffer, job: Fields<"Job">): number {
  const phases = job.rowPhases * job.columnPhases;
  const size = FIELDS.Block.length;
  const count = job.groups * job.blockCount;
  const blocks = new Int32Array(memory, job.blocks, count * phases * size);
  let most = 0;
  for (let i = 0; i < count; i++) {
    let taps = 0;
    for (let q = 0; q < phases; q++) {
      const at = (i * phases + q) * size;
      taps += (blocks[at + 1]! - blocks[at]!) / (4 * (1 + blocks[at + 3]!));
    }
    most = Math.max(most, taps);
  }
  return most;
}

/** Planes from which on the sixteen products outweigh the transforms. */
const LEAST_PLANES = 8;
/** Tiles that are made at once: as many as make the transformed planes fit into the second cache. */
const TILES_AT_ONCE = 128;

function isForWinograd({ depth, filters, rows, columns }: Correlation): boolean {
  return depth >= LEAST_PLANES && filters >= LEAST_PLANES && isThree(rows) && isThree(columns);
}

function winograd(layout: Layout, c: Correlation, places: Places): Method {
  const { depth, filters, groups } = c;
  const [tall, wide] = [longest(c.rows), longest(c.columns)];
  const tiles = Math.ceil(wide / 8) * 4;
  const most = Math.max(1, Math.floor(TILES_AT_ONCE / tiles));
  const tileRows = Math.min(most, Math.ceil(tall / 2));
  const split = lines((tiles + 5) * 4);
  const bandRow = 2 * split;
  const bandPlane = bandRow * (2 * tileRows + 2);
  const fields: Fields<"Job"> = {
    ...layOut(layout, c, places, false),
    // Even and odd columns stand apart, as they do for a stride of 2.
    columnStride: 2,
    band: layout.take(bandPlane * depth),
    bandSplit: split,
    bandRow,
    bandPlane,
  };
  const plane = tiles * tileRows * 4;
  // Five lines of the cache beyond a multiple of 4096: sixteen streams that do not share their places.
  const apart = (bytes: number) => Math.ceil(bytes / 4096) * 4096 + 320;
  const [inputApart, productsApart] = [apart(depth * plane), apart(filters * plane)];
  const oneTapAPlane = Array.from({ length: groups * 16 }, () =>
    blocksIn(layout, blocksOf(filters), [{ count: depth }]),
  );
  const parts: Fields<"Winograd"> = {
    tiles,
    tileRows,
    input: layout.take(16 * inputApart),
    products: layout.take(16 * productsApart),
    inputApart,
    productsApart,
    blocks: layout.records("Block", oneTapAPlane.flat()),
    noBias: layout.take(16),
    rest: layout.take(32),
  };
  const job = layout.records("Job", [fields]);
  const at = layout.records("Winograd", [parts]);
  // Sixteen products make the 36 of four cells.
  const work = { taps: depth * 4, of: windowOf(c), method: "winograd" } as const;
  return { run: (kernels) => kernels.winograd(job, at), work: () => work };
}

/** Taps from which on two passes are worth the way there and back. */
const LEAST_TAPS = 16;

function isForFactors({ depth, rows, columns }: Correlation): boolean {
  const [down, across] = [rows.phases, columns.phases];
  return (
    depth === 1 &&
    down.length === 1 &&
    across.length === 1 &&
    Math.min(down[0]!.taps.length, across[0]!.taps.length) > 1 &&
    down[0]!.taps.length * across[0]!.taps.length >= LEAST_TAPS
  );
}

/** The axis along which a pass does nothing. */
function standing(
  length: number,
  table: Int32Array | null,
  source: number,
  first: number,
): WalkAxis {
  return {
    source,
    target: length,
    stride: 1,
    table: table ?? Int32Array.from({ length }, (_, i) => i),
    first,
    reach: 1,
    phases: [{ taps: [{ slot: 0, at: 0 }], length }],
  };
}

/** Rows first, then columns, where every kernel is a column times a row; else direct. */
function separable(layout: Layout, c: Correlation, places: Places): Method {
  const plain = direct(layout, c, places);
  const { groups, filters, rows, columns, batch } = c;
  const planes = groups * filters;
  const [down, across] = [rows.phases[0]!.taps, columns.phases[0]!.taps];
  const [kH, kW] = [down.length, across.length];
  const positions = (longest(rows) - 1) * rows.stride + rows.reach;
  const wide = longest(columns);
  const between = layout.take(batch * planes * positions * wide * 4);
  const rowWeights = layout.take(planes * kW * 4);
  const columnWeights = layout.take(planes * kH * 4);
  const noBias = layout.take(planes * 4);
  const steps = (kernel: number) => ({ group: filters * kernel, target: kernel, source: kernel });
  const first: Correlation = {
    ...c,
    rows: standing(positions, rows.table, rows.source, rows.first),
    weightSteps: steps(kW),
    weightAt: (_t, u) => across.findIndex(({ slot }) => slot === u),
  };
  const second: Correlation = {
    batch,
    groups: planes,
    depth: 1,
    filters: 1,
    rows: {
      ...rows,
      source: positions,
      table: Int32Array.from({ length: positions }, (_, i) => i),
      first: 0,
    },
    columns: standing(wide, null, wide, 0),
    weightSteps: { group: kH, target: kH, source: kH },
    weightAt: (t) => down.findIndex(({ slot }) => slot === t),
  };
  const passes = [
    direct(layout, first, {
      source: places.source,
      target: between,
      weights: rowWeights,
      bias: noBias,
    }),
    direct(layout, second, {
      source: between,
      target: places.target,
      weights: columnWeights,
      bias: places.bias,
    }),
  ];
  // The kernel as the taps meet it: flipped or not, forward or backward.
  const order = down.flatMap((t) => across.map((u) => c.weightAt(t.slot, u.slot)));
  let apart = false;
  return {
    run(kernels, memory) {
      const w = new Float32Array(memory, places.weights, planes * kH * kW);
      const factors = factorsOf(w, planes, order, kH, kW);
      apart = factors !== null;
      if (!factors) return plain.run(kernels, memory);
      new Float32Array(memory, columnWeights, planes * kH).set(factors.columns);
      new Float32Array(memory, rowWeights, planes * kW).set(factors.rows);
      for (const pass of passes) pass.run(kernels, memory);
    },
    work(memory) {
      if (!apart) return plain.work(memory);
      const taps = passes.reduce((all, pass) => all + pass.work(memory).taps, 0);
      return { taps, of: windowOf(c), method: "separable" };
    },
  };
}
