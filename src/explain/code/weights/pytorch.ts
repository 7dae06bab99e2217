import type { Answer } from "../../../forward.ts";
import type { Geometry } from "../../../geometry.ts";
import type { Layer } from "../../../layer.ts";
import { LANGUAGES, lines, marked } from "../languages.ts";
import type { CodeLine, Program } from "../program.ts";
import { option, padLine, padsSeparately, tensorLines } from "../window/pytorch.ts";
import { type Parts, partsOf, tolerancesOf } from "./parts.ts";

/** colᵀ · δ: one product of the matrix of all windows with δ. All tensors have four axes and 64 bits. */
export function pytorchWeights(g: Geometry, layer: Layer, answer: Answer): Program {
  const parts = partsOf(layer, answer);
  return [
    ...lines("data", ...LANGUAGES.pytorch.imports, ""),
    ...lines("data", ...tensorLines("X", parts.x), ...tensorLines("delta", parts.delta), ""),
    ...body(g),
    ...lines("check", "", ...tensorLines("expected_dW", parts.dw)),
    ...lines("check", ...tensorLines("expected_db", parts.db)),
    ...lines("check", check("dW", parts), check("db", parts)),
  ];
}

function check(name: string, parts: Parts): string {
  const { relative, absolute } = tolerancesOf(parts);
  return `assert torch.allclose(${name}, expected_${name}, rtol=${relative}, atol=${absolute})`;
}

function body(g: Geometry): CodeLine[] {
  const { spec, rows, columns, shapes } = g;
  const { groups, N } = spec;
  const separate = padsSeparately(g);
  const call = [
    separate ? "Xp" : "X",
    `(${rows.k}, ${columns.k})`,
    ...option("dilation", spec.dilation, 1),
    ...option("padding", separate ? [0, 0] : [rows.before, columns.before], 0),
    ...option("stride", spec.stride, 1),
  ];
  const positions = rows.out * columns.out;
  const grouped = (each: number) =>
    `reshape(${[N, ...(groups > 1 ? [groups] : []), each, positions].join(", ")})`;
  const unfolded = `F.unfold(${call.join(", ")})`;
  const letters = groups > 1 ? '"ngfp,ngkp->gfk"' : '"nfp,nkp->fk"';
  return [
    ...lines("body", ...(separate ? [padLine(g)] : [])),
    marked(`col = ${unfolded}${groups > 1 ? `.${grouped(g.window)}` : ""}`, "gather"),
    ...lines("body", `rows = delta.${grouped(g.filtersPerGroup)}`),
    marked(`dW = torch.einsum(${letters}, rows, col)`, "multiply"),
    marked(`dW = dW.reshape(${shapes.W.join(", ")})`, ...(spec.flip ? [] : (["write"] as const))),
    // Axes 2 and 3 are the kernel's rows and columns.
    ...(spec.flip ? [marked("dW = torch.flip(dW, (2, 3))", "write")] : []),
    marked("db = delta.sum((0, 2, 3))", "bias"),
  ];
}
