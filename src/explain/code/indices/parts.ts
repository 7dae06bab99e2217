import type { WindowOrder } from "../../../conv/view.ts";
import type { Geometry } from "../../../geometry.ts";
import type { Tensor } from "../../../tensor.ts";
import { axesShown, hasPadding } from "../../cell.ts";
import { ORDER_OF, type WeightsName, wayIn, weightsIn } from "../../conventions.ts";
import type { Way } from "../../rows.ts";
import { arrayLines, type LanguageName } from "../languages.ts";
import type { ProgramOptions } from "../program.ts";
import { scaled } from "../window/nest.ts";

// What the programs of the index arrays have in common: X, W, Y and δ keep all four axes, as X[:, k, i, j] wants them.

const WRITTEN: Readonly<Record<LanguageName, readonly [before: string, after: string]>> = {
  numpy: ["np.array(", ", dtype=float)"],
  pytorch: ["torch.tensor(", ", dtype=torch.float64)"],
  typescript: ["", ""],
};

/** A tensor with four axes, however many are worth writing. */
export function tensorLines(language: LanguageName, name: string, values: Tensor): string[] {
  const missing = 4 - axesShown(values.shape);
  const [before, after] = WRITTEN[language];
  if (language === "typescript") {
    const brackets = (one: string) => one.repeat(missing);
    return arrayLines(`const ${name} = ${brackets("[")}`, values, `${brackets("]")};`);
  }
  const reshape = missing > 0 ? `.reshape(${values.shape.join(", ")})` : "";
  return arrayLines(`${name} = ${before}`, values, after + reshape);
}

/** The sizes that the arrays are made from, as source text. */
export interface Sizes {
  readonly C: number;
  readonly kernel: number;
  /** What the windows stand on, and what comes back to it. */
  readonly x: string;
  readonly dx: string;
  /** Rows of the arrays: C · kH · kW. */
  readonly cells: number;
}

export function sizesOf(g: Geometry): Sizes {
  const padded = hasPadding(g);
  return {
    C: g.spec.C,
    kernel: g.rows.k * g.columns.k,
    x: padded ? "Xp" : "X",
    dx: padded ? "dXp" : "dX",
    cells: g.shapes.R[1]!,
  };
}

/** "2 * text", or the text alone where the factor is 1. */
export function times(factor: number, text: string): string {
  return scaled(factor, text, " * ");
}

/** The order of the axes of W, and with it that of the taps in the arrays; and whether their rows are windows. */
export interface Style {
  readonly weights: WeightsName;
  readonly order: WindowOrder;
  readonly way: Way;
}

/** The style that the switches ask for. The channels of a group stand together: with groups, the usual one. */
export function styleOf({ spec: { C, F, groups } }: Geometry, options: ProgramOptions): Style {
  const weights = C * F > 1 && groups === 1 ? weightsIn(options) : "OIHW";
  return { weights, order: ORDER_OF[weights], way: wayIn(options, "columns") };
}

/** How k, i and j are laid out, where a new axis is written None: sums of a vector down the side and one along the top. */
export const LAID = {
  columns: { k: "[:, None]", i: "i0[:, None] + i1", j: "j0[:, None] + j1" },
  rows: { k: "", i: "i0 + i1[:, None]", j: "j0 + j1[:, None]" },
} as const satisfies Record<Way, unknown>;

/** What one language calls these functions. */
export interface Calls {
  readonly range: (length: string | number) => string;
  readonly repeat: (text: string, times: string | number) => string;
  readonly tile: (text: string, times: string | number) => string;
}

/** k, i0 and j0 before they are spread by the dilation. */
export function columnsOf(g: Geometry, { order }: Style, { range, repeat, tile }: Calls) {
  const { C, kernel } = sizesOf(g);
  const [kh, kw] = [g.rows.k, g.columns.k];
  if (C > 1 && order === "kh kw c")
    return {
      k: tile(range(C), kernel),
      i0: repeat(range(kh), kw * C),
      j0: tile(repeat(range(kw), C), kh),
    };
  const repeated = repeat(range(kh), kw);
  return {
    k: repeat(range(C), kernel),
    i0: C === 1 ? repeated : tile(repeated, C),
    j0: tile(range(kw), C * kh),
  };
}
