import { PAD_MODES, type PadMode } from "./padding.ts";

/**
 * One axis of a convolution: everything that is true of rows is written here once and used again for columns.
 * Position p counts cells of the padded axis from 0; output o reads, through tap t, position o·stride + t·dilation.
 */
export interface Axis {
  /** Input length. */
  readonly n: number;
  /** Kernel length. */
  readonly k: number;
  readonly stride: number;
  readonly dilation: number;
  readonly before: number;
  readonly after: number;
  /** dilation·(k − 1) + 1: how far a dilated kernel reaches. */
  readonly effective: number;
  /** n + before + after. */
  readonly padded: number;
  /** Output length ⌊(padded − effective) / stride⌋ + 1. */
  readonly out: number;
  /** (padded − effective) mod stride: positions at the far end that no window reads. */
  readonly remainder: number;
  /** Position → input index, or −1 for a padding zero. */
  readonly source: Int32Array;
}

export interface AxisSizes {
  readonly n: number;
  readonly k: number;
  readonly stride: number;
  readonly dilation: number;
  readonly before: number;
  readonly after: number;
}

/** Reach of a kernel of `k` taps, `dilation` apart. */
export function effectiveLength(k: number, dilation: number): number {
  return dilation * (k - 1) + 1;
}

/** Output length of an axis; < 1 where the kernel does not fit. Source: Dumoulin & Visin 2016, relation 6. */
export function outputLength(padded: number, effective: number, stride: number): number {
  return Math.floor((padded - effective) / stride) + 1;
}

/** The axis that follows from sizes already checked by `checkSpec`. */
export function axisOf(sizes: AxisSizes, mode: PadMode): Axis {
  const { n, k, stride, dilation, before, after } = sizes;
  const effective = effectiveLength(k, dilation);
  const padded = n + before + after;
  const source = new Int32Array(padded);
  for (let p = 0; p < padded; p++) {
    const i = p - before;
    source[p] = i >= 0 && i < n ? i : PAD_MODES[mode].source(i, n);
  }
  return {
    n,
    k,
    stride,
    dilation,
    before,
    after,
    effective,
    padded,
    out: outputLength(padded, effective, stride),
    remainder: (padded - effective) % stride,
    source,
  };
}

/** The position that output `o` reads through tap `t`. */
export function positionOf(axis: Axis, o: number, t: number): number {
  return o * axis.stride + t * axis.dilation;
}

/** Calls `visit(o, t)` for every output `o` that reads position `p`, through which tap `t`; `o` ascending. */
export function visitReaders(axis: Axis, p: number, visit: (o: number, t: number) => void): void {
  const first = Math.max(0, Math.ceil((p - axis.effective + 1) / axis.stride));
  const last = Math.min(axis.out - 1, Math.floor(p / axis.stride));
  for (let o = first; o <= last; o++) {
    const reach = p - o * axis.stride;
    if (reach % axis.dilation === 0) visit(o, reach / axis.dilation);
  }
}

/** Whether any window reads position `p`: false in the remainder, and in the gaps of a wide stride or dilation. */
export function isRead(axis: Axis, p: number): boolean {
  let read = false;
  visitReaders(axis, p, () => {
    read = true;
  });
  return read;
}

/** The positions at which input index `i` stands: itself, and its copies in a reflected, replicated or circular ring. */
export function positionsOf(axis: Axis, i: number): number[] {
  const positions: number[] = [];
  for (let p = 0; p < axis.padded; p++) if (axis.source[p] === i) positions.push(p);
  return positions;
}
