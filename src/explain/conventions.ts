import type { MemoryName, WindowOrder } from "../conv/view.ts";
import type { Geometry } from "../geometry.ts";
import type { Way } from "./rows.ts";

// Ways to write the same numbers down. None of them changes a number.

/** How the axes of W are ordered: filters first, or rows and columns first and filters last. */
export type WeightsName = "OIHW" | "HWIO";

/** What a lens's switches say, by their names in the link. */
export type Choices = Readonly<Record<string, string>>;

/** How X lies in memory, as the switch says. */
export function memoryIn(choices: Choices): MemoryName {
  return choices.data === "nhwc" ? "NHWC" : "NCHW";
}

/** How the axes of W are ordered, as the switch says. */
export function weightsIn(choices: Choices): WeightsName {
  return choices.weights === "hwio" ? "HWIO" : "OIHW";
}

/** Whether windows are rows or columns, as the switch says; else as the lens has it. */
export function wayIn(choices: Choices, usual: Way = "rows"): Way {
  return choices.col === "rows" || choices.col === "columns" ? choices.col : usual;
}

/** The order of a window's cells in which W has them, when it is flattened as it is. */
export const ORDER_OF = {
  OIHW: "c kh kw",
  HWIO: "kh kw c",
} as const satisfies Record<WeightsName, WindowOrder>;

/** "2 × 3 × 3 × 3", or "3 × 3 × 3 × 2": the shape of W. */
export function weightsShape({ shapes }: Geometry, weights: WeightsName): number[] {
  const [F, C, kH, kW] = shapes.W as [number, number, number, number];
  return weights === "OIHW" ? [F, C, kH, kW] : [kH, kW, C, F];
}

/** The shape of X (or of Y) as it lies in memory. */
export function dataShape(shape: readonly number[], memory: MemoryName): number[] {
  const [n, c, h, w] = shape as [number, number, number, number];
  return memory === "NCHW" ? [n, c, h, w] : [n, h, w, c];
}

interface Flat {
  /** What W is called. */
  readonly w: string;
  readonly filters: number;
  readonly weights: WeightsName;
  /** The order of the cells in a window. */
  readonly order: WindowOrder;
  /** Whether windows are rows, so that the kernels are columns. */
  readonly way: Way;
}

/** How the matrix of the kernels is made of W, whose axes may stand in another order than those of a window. */
export function flatKernels({ w, filters, weights, order, way }: Flat, permute = "transpose") {
  if (weights === "HWIO" && order === "kh kw c")
    return `${w}.reshape(-1, ${filters})${way === "rows" ? "" : ".T"}`;
  const axes = {
    OIHW: { "c kh kw": "", "kh kw c": `.${permute}(0, 2, 3, 1)` },
    HWIO: { "c kh kw": `.${permute}(3, 2, 0, 1)`, "kh kw c": "" },
  }[weights][order];
  return `${w}${axes}.reshape(${filters}, -1)${way === "rows" ? ".T" : ""}`;
}
