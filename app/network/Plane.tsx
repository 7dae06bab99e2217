import { useMemo } from "react";
import type { Tensor } from "#engine";
import { Preview } from "../controls/Preview.tsx";
import { fillOf } from "../draw/palette.ts";
import type { Scale } from "../draw/scene.ts";
import { usePagePalette } from "./use.ts";

interface PlaneProps {
  readonly tensor: Tensor;
  /** Which plane of it, counted through its first axes. */
  readonly plane: number;
  readonly scale: Scale;
  /** What it is, for those who cannot see it; without it the picture is decoration. */
  readonly label?: string;
}

/** One plane of a tensor as a picture: a pixel a cell. */
export function Plane({ tensor, plane, scale, label }: PlaneProps) {
  const palette = usePagePalette();
  const [rows, columns] = tensor.shape.slice(-2) as [number, number];
  const colourAt = useMemo(() => {
    const first = plane * rows * columns;
    return (i: number) => fillOf(palette, scale, tensor.data[first + i]!);
  }, [tensor, plane, rows, columns, scale, palette]);
  const picture = (
    <Preview {...{ rows, columns, colourAt }} {...(label === undefined ? {} : { label })} />
  );
  if (!isStretched(rows, columns)) return picture;
  return (
    <div className="stretched" style={{ aspectRatio: aspectOf(rows, columns) }}>
      {picture}
    </div>
  );
}

/** Between these a picture has the shape it has: 4 × 64 would be a line. */
const ASPECTS = { least: 1 / 2, most: 3 } as const;

/** How many times as wide as high a picture is drawn. */
export function aspectOf(rows: number, columns: number): number {
  return Math.min(ASPECTS.most, Math.max(ASPECTS.least, columns / rows));
}

/** Whether its pixels are no squares, for that. */
export function isStretched(rows: number, columns: number): boolean {
  return aspectOf(rows, columns) !== columns / rows;
}

/** Ink on paper: the digits, from 0 to 1. */
export const INK: Scale = { kind: "gray", low: 0, high: 1, tone: "ink" };

/** Signed numbers, centred on 0, as far as they reach. */
export function signedScale({ data }: Tensor): Scale {
  return { kind: "signed", reach: data.reduce((a, v) => Math.max(a, Math.abs(v)), 0) || 1 };
}
