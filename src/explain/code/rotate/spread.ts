import { canvasOf } from "../../../conv/canvas.ts";
import { type DilatedAxis, dilatedAxis } from "../../../conv/dilated.ts";
import { rotateCanvas } from "../../../conv/rotate.ts";
import type { Geometry } from "../../../geometry.ts";

/** What the programs of the rotation need to know of δ as it is spread out. */
export interface SpreadNumbers {
  readonly rows: DilatedAxis;
  readonly columns: DilatedAxis;
  /** Length of the dilated δ, (out − 1)·stride + 1, rows and columns. */
  readonly dilated: readonly [number, number];
  /** Zeros put before and after the rows, and the columns; 0 where it is cropped. */
  readonly zeros: readonly [readonly [number, number], readonly [number, number]];
  readonly crops: boolean;
  /** The name of what the convolution gives: dX, or the gradient that is folded back. */
  readonly target: "dX" | "dXp";
}

export function spreadOf(g: Geometry): SpreadNumbers {
  const name = rotateCanvas(g);
  const canvas = canvasOf(g, name);
  const rows = dilatedAxis(g.rows, canvas.rows, true);
  const columns = dilatedAxis(g.columns, canvas.columns, true);
  const around = ({ before, after }: DilatedAxis) =>
    [Math.max(0, before), Math.max(0, after)] as const;
  const spread = ({ walked, before, after }: DilatedAxis) => walked - before - after;
  return {
    rows,
    columns,
    dilated: [spread(rows), spread(columns)],
    zeros: [around(rows), around(columns)],
    crops: rows.cropBefore + rows.cropAfter + columns.cropBefore + columns.cropAfter > 0,
    target: name === "full" && g.shapes.P.join() !== g.shapes.X.join() ? "dXp" : "dX",
  };
}

/** Whether anything is put between the δ. */
export function dilates({ spec: { stride } }: Geometry): boolean {
  return stride.some((s) => s > 1);
}

/** "::2, ::2": the cells of the dilated δ that hold one. */
export function everyStride({ spec: { stride } }: Geometry): string {
  return stride.map((s) => (s === 1 ? ":" : `::${s}`)).join(", ");
}

/** "1:8": what is kept of an axis that is cropped. */
export function kept({ cropBefore, walked }: DilatedAxis): string {
  return `${cropBefore}:${cropBefore + walked}`;
}
