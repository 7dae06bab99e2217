import { describe, expect, test } from "vitest";
import { body } from "../../testing/programs.ts";
import { CASES, type Case, caseOf } from "../testing/cases.ts";
import type { LanguageName } from "./languages.ts";
import type { ProgramOptions } from "./program.ts";
import { STRIDES_PROGRAMS } from "./strides.ts";

// That these programs find the numbers of the engine is in matrix.test.ts.

const linesOf = (language: LanguageName, { g, layer, answer }: Case, options?: ProgramOptions) =>
  STRIDES_PROGRAMS[language].program(g, layer, answer, options);

describe("as short as the layer allows", () => {
  const opening = CASES["the opening screen: stride 2, padding 1"]!();

  test("strides: shape and strides of the view, one einsum", () => {
    expect(body(linesOf("numpy", opening))).toEqual([
      "Xp = np.pad(X, 1)",
      "out_h = (Xp.shape[0] - 3) // 2 + 1",
      "out_w = (Xp.shape[1] - 3) // 2 + 1",
      "sh, sw = Xp.strides  # in bytes",
      "view = np.lib.stride_tricks.as_strided(",
      "  Xp, (out_h, out_w, 3, 3),",
      "  (2*sh, 2*sw, sh, sw))",
      'Y = np.einsum("hwij,ij->hw", view, W) + b',
    ]);
    expect(body(linesOf("pytorch", opening))).toEqual([
      "Xp = F.pad(X, (1, 1, 1, 1))",
      "out_h = (Xp.shape[2] - 3) // 2 + 1",
      "out_w = (Xp.shape[3] - 3) // 2 + 1",
      "sn, sc, sh, sw = Xp.stride()  # in numbers",
      "view = torch.as_strided(Xp, (1, out_h, out_w, 1, 3, 3),",
      "  (sn, 2*sh, 2*sw, sc, sh, sw))",
      'Y = torch.einsum("nhwcij,fcij->nfhw", view, W) + b[:, None, None]',
    ]);
  });

  test("channels last: the axes change places, in memory and in the view", () => {
    const colour = caseOf({ C: 3, F: 2, H: 4, W: 5, kH: 2, kW: 3, dilation: [1, 2] });
    expect(body(linesOf("numpy", colour, { data: "nhwc" }))).toEqual([
      "memory = np.ascontiguousarray(X.transpose(0, 2, 3, 1))",
      "out_h = memory.shape[1] - 2 + 1",
      "out_w = memory.shape[2] - 5 + 1",
      "sn, sh, sw, sc = memory.strides  # in bytes",
      "view = np.lib.stride_tricks.as_strided(",
      "  memory, (1, out_h, out_w, 2, 3, 3),",
      "  (sn, sh, sw, sh, 2*sw, sc))",
      'Y = np.einsum("nhwijc,fcij->nfhw", view, W) + b[:, None, None]',
    ]);
  });

  test("groups: an axis of their own, in the view and in the kernels", () => {
    const groups = caseOf({ C: 4, F: 2, groups: 2, H: 4, W: 3, kH: 2, kW: 2 });
    expect(body(linesOf("pytorch", groups))).toEqual([
      "out_h = X.shape[2] - 2 + 1",
      "out_w = X.shape[3] - 2 + 1",
      "sn, sc, sh, sw = X.stride()  # in numbers",
      "view = torch.as_strided(X, (1, out_h, out_w, 2, 2, 2, 2),",
      "  (sn, sh, sw, 2*sc, sc, sh, sw))",
      'out = torch.einsum("nhwgcij,gfcij->ngfhw", view, W.reshape(2, -1, 2, 2, 2))',
      "Y = out.reshape(1, 2, 3, 2) + b[:, None, None]",
    ]);
  });

  test("TypeScript: one flat array, and strides", () => {
    const text = body(linesOf("typescript", opening));
    expect(text).toContain("const stride = { oh: 20, ow: 2, kh: 10, kw: 1 };");
    expect(text).toContain("    const first = i * stride.oh + j * stride.ow;");
    expect(text).toContain("        const x = memory[first + u * stride.kh + v * stride.kw];");
  });
});
