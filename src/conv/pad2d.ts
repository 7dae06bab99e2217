import { ConvError, keyOf, shown } from "../errors.ts";
import { PAD_MODES, type PadModeRow, type Sides } from "../padding.ts";
import { checkSpec, DEFAULTS } from "../spec.ts";
import { type Tensor, tensor } from "../tensor.ts";

/** What may stand in a ring. The modes of a layer, and two that only padding itself has. */
export const PAD2D_MODES = {
  constant: { ...PAD_MODES.zeros, label: "constant", why: "The ring holds one value." },
  reflect: PAD_MODES.reflect,
  replicate: PAD_MODES.replicate,
  circular: PAD_MODES.circular,
  symmetric: {
    label: "symmetric",
    why: "The image is mirrored at its edge, the edge cells repeated.",
    source: (i, n) => (i < 0 ? -i - 1 : 2 * n - 1 - i),
    most: (n) => n,
    limit: "at most the input length on each side",
  },
} as const satisfies Record<string, PadModeRow>;

export type Pad2dMode = keyof typeof PAD2D_MODES;

/** Position → input index along one axis, −1 for the constant. */
function readTable(mode: Pad2dMode, n: number, before: number, after: number): number[] {
  return Array.from({ length: n + before + after }, (_, p) => {
    const i = p - before;
    return i >= 0 && i < n ? i : PAD2D_MODES[mode].source(i, n);
  });
}

/**
 * x (N C H W) in a ring: N C H+top+bottom W+left+right. `value` is what a constant ring holds.
 * Source: PyTorch's `pad`; `symmetric` is NumPy's.
 * @throws ConvError when x has not four axes, or the mode cannot fill that much padding.
 */
export function pad2d(x: Tensor, mode: Pad2dMode, sides: Sides, value = 0): Tensor {
  keyOf("padMode", PAD2D_MODES, mode);
  if (x.shape.length !== 4) throw new ConvError("X", `has ${x.shape.length} axes`, "N, C, H and W");
  if (typeof value !== "number")
    throw new ConvError("value", `${shown(value)} is none`, "a number");
  const [N, C, H, W] = x.shape as [number, number, number, number];
  // Sizes and sides are right if they would be right for a layer that reads cell by cell.
  checkSpec({ ...DEFAULTS, N, C, H, W, F: 1, kH: 1, kW: 1, padding: sides });
  const [top, right, bottom, left] = sides;
  for (const [side, p, n] of [
    ["top", top, H],
    ["right", right, W],
    ["bottom", bottom, H],
    ["left", left, W],
  ] as const)
    checkSide(mode, side, p, n);
  const rows = readTable(mode, H, top, bottom);
  const columns = readTable(mode, W, left, right);
  const padded = tensor([N, C, rows.length, columns.length]);
  let cell = 0;
  for (let plane = 0; plane < N * C; plane++)
    for (const i of rows)
      for (const j of columns)
        padded.data[cell++] = i < 0 || j < 0 ? value : x.data[(plane * H + i) * W + j]!;
  return padded;
}

function checkSide(mode: Pad2dMode, side: string, p: number, n: number): void {
  const row: PadModeRow = PAD2D_MODES[mode];
  if (p > row.most(n))
    throw new ConvError(
      `padding.${side}`,
      `${p} is more than ${row.label} padding can take from an input length of ${n}`,
      `${row.limit} (here ${row.most(n)})`,
    );
}
