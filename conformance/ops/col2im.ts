import {
  addAt,
  checkSpec,
  col2im,
  columnsOfRows,
  DEFAULTS,
  foldPadded,
  type Geometry,
  geometryOf,
  rowsOfUnfold,
  type Tensor,
} from "#engine";
import type { Case } from "../case.ts";
import type { Comparison } from "../compare.ts";
import { comparer, compareSizes, type Op, specOf, tensorOf } from "./ask.ts";

export const col2imOp: Op = {
  compare: compareCol2im,
  outShape: ({ attrs, tensors }) =>
    col2im(geometryAsked(attrs), tensorOf("col", tensors?.im2col)).shape,
};

/** Of a layer only its windows matter here. */
function geometryAsked(attrs: Case["attrs"]): Geometry {
  return geometryOf(checkSpec({ ...specOf(attrs), F: 1, groups: 1, padMode: DEFAULTS.padMode }));
}

/** ONNX names the sizes of image and kernel, and leaves N and C to the shape of the columns. */
function sizesOf({ attrs, inputs }: Case): Case["attrs"] {
  const { imageShape, kernel } = attrs as Record<string, readonly number[]>;
  if (!imageShape || !kernel) return attrs;
  const [N = 0, window = 0] = inputs?.cols?.shape ?? [];
  const [[H, W], [kH = 0, kW = 0]] = [imageShape, kernel];
  return { ...attrs, N, C: window / (kH * kW), H, W, kH, kW };
}

function compareCol2im(recorded: Case): Comparison[] {
  const { im2col, unfold, cols = unfold } = recorded.inputs ?? {};
  const attrs = sizesOf(recorded);
  const g = geometryAsked(attrs);
  const { done, add } = comparer(recorded);
  done.push(...compareSizes("geometry", attrs, { outH: [g.rows.out], outW: [g.columns.out] }));
  const fold = (layout: string, rows: Tensor) => {
    for (const output of ["image", "y"]) {
      add(`col2im of ${layout}`, output, col2im(g, rows));
      add(`addAt of ${layout}`, output, foldPadded(g, addAt(g, columnsOfRows(g, rows))));
    }
  };
  if (cols) fold("unfold", rowsOfUnfold(g, tensorOf("unfold", cols)));
  if (im2col) fold("rows", tensorOf("col", im2col));
  return done;
}
