import { positionsOf } from "../../../axis.ts";
import { ConvError } from "../../../errors.ts";
import type { Answer } from "../../../forward.ts";
import type { Geometry } from "../../../geometry.ts";
import type { Layer } from "../../../layer.ts";
import { sizeOf, type Tensor } from "../../../tensor.ts";
import { axesShown } from "../../cell.ts";
import { arrayLines, LANGUAGES, type LanguageName, lines } from "../languages.ts";
import { areWhole, checkTensors, largest, tolerancesFor } from "../limits.ts";
import type { CodeLine } from "../program.ts";

// What the programs of the input gradient have in common: δ and W are given, dX is asked for.

/** The numbers of such a program. */
export interface Parts {
  readonly delta: Tensor;
  readonly w: Tensor;
  readonly dx: Tensor;
}

/** @throws ConvError where they are too many or not finite, or the way back has not been gone. */
export function partsOf(layer: Layer, { back }: Answer): Parts {
  if (!back) throw new ConvError("δ", "the way back has not been gone", "an answer with it");
  checkTensors({ δ: back.delta, W: layer.w, dX: back.dx });
  return { delta: back.delta, w: layer.w, dx: back.dx };
}

/** One image, one channel, one filter: all tensors are matrices. Else they are written with all four axes. */
export function isPlain({ spec: { N, C, F } }: Geometry): boolean {
  return N === 1 && C === 1 && F === 1;
}

/** How a tensor is written: before and after its numbers. */
const WRITTEN: Readonly<Record<LanguageName, (name: string, reshape: string) => [string, string]>> =
  {
    numpy: (name, reshape) => [`${name} = np.array(`, `, dtype=float)${reshape}`],
    pytorch: (name, reshape) => [`${name} = torch.tensor(`, `, dtype=torch.float64)${reshape}`],
    typescript: (name) => [`const ${name} = `, ";"],
  };

/** A tensor with four axes (in the plain case two, but for PyTorch, which wants four), however many are worth writing. */
export function tensorLines(
  language: LanguageName,
  g: Geometry,
  name: string,
  values: Tensor,
): string[] {
  const wanted = isPlain(g) && language !== "pytorch" ? 2 : 4;
  const missing = wanted - axesShown(values.shape);
  const reshape = missing > 0 ? `.reshape(${values.shape.slice(-wanted).join(", ")})` : "";
  const [before, after] = WRITTEN[language](name, reshape);
  if (language !== "typescript") return arrayLines(before, values, after);
  return arrayLines(before + "[".repeat(missing), values, "]".repeat(missing) + after);
}

/** The program around its computation: δ and W before, the assert after. */
export function aroundBody(
  language: LanguageName,
  g: Geometry,
  parts: Parts,
  body: readonly CodeLine[],
): CodeLine[] {
  const { imports } = LANGUAGES[language];
  const asLines = (part: "data" | "check", name: string, values: Tensor) =>
    lines(part, ...tensorLines(language, g, name, values));
  return [
    ...lines("data", ...imports, ...(imports.length > 0 ? [""] : [])),
    ...asLines("data", "delta", parts.delta),
    ...asLines("data", "W", parts.w),
    ...lines("data", ""),
    ...body,
    ...lines("check", ""),
    ...asLines("check", "expected", parts.dx),
    ...lines("check", ...CHECKS[language](g, parts)),
  ];
}

const CHECKS: Readonly<Record<LanguageName, (g: Geometry, parts: Parts) => string[]>> = {
  numpy(g, parts) {
    if (isWhole(g, parts)) return ["assert np.array_equal(dX, expected)"];
    const { relative, absolute } = tolerancesFor(bound(g, parts));
    return [`assert np.allclose(dX, expected, rtol=${relative}, atol=${absolute})`];
  },
  pytorch(g, parts) {
    const { relative, absolute } = tolerancesFor(bound(g, parts));
    return [`assert torch.allclose(dX, expected, rtol=${relative}, atol=${absolute})`];
  },
  typescript(g, parts) {
    const flat = `.flat(${isPlain(g) ? "" : "3"})`;
    const { relative, absolute } = tolerancesFor(bound(g, parts));
    const wrong = isWhole(g, parts)
      ? "computed[k] !== d"
      : `!(Math.abs(computed[k] - d) <= ${absolute} + ${relative} * Math.abs(d))`;
    return [
      `const computed = dX${flat};`,
      `expected${flat}.forEach((d, k) => {`,
      `  if (${wrong})`,
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the program's own template.
      "    throw new Error(`dX holds ${computed[k]} where ${d} was expected`);",
      "});",
    ];
  },
};

/** No sum of products, in whatever order, can be larger than this. */
export function bound(g: Geometry, { delta, w }: Parts): number {
  const copies = [g.rows, g.columns].map((axis) =>
    Math.max(...Array.from({ length: axis.n }, (_, i) => positionsOf(axis, i).length)),
  );
  const terms = g.filtersPerGroup * g.rows.k * g.columns.k * sizeOf(copies);
  return largest(delta) * largest(w) * terms;
}

/** Whether a program may ask for equality. */
export function isWhole(g: Geometry, parts: Parts): boolean {
  return areWhole(Object.values(parts), bound(g, parts));
}

/** The first channel a filter reads: "first" is a variable where it is not 0 or the filter's own number. */
export function firstChannelOf(g: Geometry): "0" | "f" | "first" {
  if (g.spec.groups === 1) return "0";
  return g.depth === 1 && g.filtersPerGroup === 1 ? "f" : "first";
}

/** An index that has a loop only where there are several. */
export function indexOf(name: "n" | "f" | "c", { spec: { N, F, C } }: Geometry): string {
  return { n: N, f: F, c: C }[name] > 1 ? name : "0";
}
