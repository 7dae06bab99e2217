import { useEffect, useState } from "react";
import { rangeOf, type Tensor } from "#engine";
import { type Palette, paletteOf } from "../draw/palette.ts";
import type { Scale } from "../draw/scene.ts";
import { onTheme } from "../store/theme.ts";

/** The colours of an input as the figure has them: gray, or signed where there are negative numbers. */
export function inputScale(tensor: Tensor, tone: "ink" | "light"): Scale {
  const [low, high] = rangeOf(tensor);
  if (low < 0) return { kind: "signed", reach: Math.max(-low, Math.abs(high)) };
  return { kind: "gray", low: 0, high: high || 1, tone };
}

/** The colours of weights: signed, and centred on 0. */
export function kernelScale(tensor: Tensor): Scale {
  const [low, high] = rangeOf(tensor);
  return { kind: "signed", reach: Math.max(Math.abs(low), Math.abs(high)) || 1 };
}

/** The colours of the theme; another object when the theme changes. */
export function usePalette(): Palette {
  const [palette, setPalette] = useState(() => paletteOf(document.documentElement));
  useEffect(() => onTheme(() => setPalette(paletteOf(document.documentElement))), []);
  return palette;
}
