import { describe, expect, test } from "vitest";
import {
  body,
  drawn,
  each,
  expectMarked,
  holdPrograms,
  languages,
  namedBack,
  offIn,
  offInY,
} from "../../testing/programs.ts";
import { refusalOf } from "../../testing/refusal.ts";
import { CASES, type CaseBack, caseOf, withBack } from "../testing/cases.ts";
import { COL2IM_PROGRAMS } from "./col2im.ts";
import { IM2COL_PROGRAMS } from "./im2col.ts";
import type { LanguageName } from "./languages.ts";
import { type ProgramOptions, sourceOf } from "./program.ts";
import { STRIDES_PROGRAMS } from "./strides.ts";
import { TORCH_STRIDED } from "./testing/strided.ts";
import { TORCH_BACK } from "./testing/torchBack.ts";
import type { ProgramRow } from "./window.ts";

// The programs that go through the matrix of windows: im2col and the strided view come to the Y of the engine,
// col2im to its dX.

type Programs = Readonly<Record<LanguageName, Pick<ProgramRow, "program">>>;

/** The same programs, following switches. */
function following(programs: Programs, options: ProgramOptions): Programs {
  const one = (language: LanguageName): Pick<ProgramRow, "program"> => ({
    program: (g, layer, answer) => programs[language].program(g, layer, answer, options),
  });
  return { numpy: one("numpy"), pytorch: one("pytorch"), typescript: one("typescript") };
}

const LAST = { data: "nhwc", weights: "hwio" };

const FAMILIES = {
  im2col: IM2COL_PROGRAMS,
  "im2col, channels last": following(IM2COL_PROGRAMS, LAST),
  "im2col, kernels last": following(IM2COL_PROGRAMS, { weights: "hwio" }),
  "im2col, columns": following(IM2COL_PROGRAMS, { col: "columns" }),
  "im2col, columns, channels last": following(IM2COL_PROGRAMS, { ...LAST, col: "columns" }),
  "im2col, columns, data last": following(IM2COL_PROGRAMS, { data: "nhwc", col: "columns" }),
  strides: STRIDES_PROGRAMS,
  "strides, channels last": following(STRIDES_PROGRAMS, { data: "nhwc" }),
  "strides, all last": following(STRIDES_PROGRAMS, LAST),
  col2im: COL2IM_PROGRAMS,
  "col2im, columns": following(COL2IM_PROGRAMS, { col: "columns" }),
} satisfies Record<string, Programs>;
type Family = keyof typeof FAMILIES;
const families = Object.keys(FAMILIES) as Family[];

const cases = each([...namedBack, ...drawn(60, 19)], (it) => withBack(it));

const linesOf = (family: Family, language: LanguageName, { g, layer, answer }: CaseBack) =>
  FAMILIES[family][language].program(g, layer, answer);
const source = (family: Family, language: LanguageName, it: CaseBack) =>
  sourceOf(linesOf(family, language, it));

/** F.fold as PyTorch's documentation has it: the windows are added back, and the padding is cut off. */
const FOLD = `
def fold(input, output_size, kernel_size, dilation=1, padding=0, stride=1):
    assert input.ndim == 3
    (rows, columns), (kh, kw), (dh, dw) = output_size, pair(kernel_size), pair(dilation)
    (ph, pw), (sh, sw) = pair(padding), pair(stride)
    oh = (rows + 2 * ph - dh * (kh - 1) - 1) // sh + 1
    ow = (columns + 2 * pw - dw * (kw - 1) - 1) // sw + 1
    batch, cells, places = input.shape
    if cells % (kh * kw) != 0 or places != oh * ow:
        raise RuntimeError("fold: the sizes do not fit")
    windows = input.reshape(batch, -1, kh, kw, oh, ow)
    out = np.zeros((batch, windows.shape[1], rows + 2 * ph, columns + 2 * pw))
    for u in range(kh):
        for v in range(kw):
            place = out[:, :, u * dh:, v * dw:][:, :, ::sh, ::sw][:, :, :oh, :ow]
            place += windows[:, :, u, v]
    return out[:, :, ph:ph + rows, pw:pw + columns].view(Tensor)

torch.nn.functional.fold = fold
`;

describe("as short as the layer allows", () => {
  const opening = withBack(CASES["the opening screen: stride 2, padding 1"]!());

  test("im2col: a slice a tap, one product, one reshape", () => {
    expect(body(linesOf("im2col", "numpy", opening))).toEqual([
      "Xp = np.pad(X, 1)",
      "out_h = (Xp.shape[0] - 3) // 2 + 1",
      "out_w = (Xp.shape[1] - 3) // 2 + 1",
      "col = np.zeros((out_h, out_w, 3, 3))",
      "for u in range(3):",
      "  for v in range(3):",
      "    col[..., u, v] = Xp[u:u+2*out_h:2, v:v+2*out_w:2]",
      "col = col.reshape(-1, 9)",
      "out = col @ W.reshape(1, -1).T + b",
      "Y = out.reshape(out_h, out_w)",
    ]);
    expect(body(linesOf("im2col", "pytorch", opening))).toEqual([
      "col = F.unfold(X, 3, padding=1, stride=2).transpose(1, 2)",
      "out = col @ W.reshape(1, -1).T + b",
      "Y = out.transpose(1, 2).reshape(1, 1, 4, 4)",
    ]);
  });

  test("col2im: one product, a slice a tap, the crop", () => {
    expect(body(linesOf("col2im", "numpy", opening))).toEqual([
      "dcol = delta.reshape(-1, 1) @ W.reshape(1, -1)",
      "out_h, out_w = delta.shape[-2:]",
      "dcol = dcol.reshape(out_h, out_w, 3, 3)",
      "dXp = np.zeros((10, 10))",
      "for u in range(3):",
      "  for v in range(3):",
      "    dXp[u:u+2*out_h:2, v:v+2*out_w:2] += dcol[..., u, v]",
      "dX = dXp[1:9, 1:9]",
    ]);
    expect(body(linesOf("col2im", "pytorch", opening))).toEqual([
      "deltas = delta.reshape(1, 1, -1).transpose(1, 2)",
      "dcol = deltas @ W.reshape(1, -1)",
      "dX = F.fold(dcol.transpose(1, 2), (8, 8), 3, padding=1, stride=2)",
    ]);
  });

  test("col2im in columns: the transposes of both, which is what F.fold takes", () => {
    expect(body(linesOf("col2im, columns", "numpy", opening))).toEqual([
      "dcol = W.reshape(1, -1).T @ delta.reshape(1, -1)",
      "out_h, out_w = delta.shape[-2:]",
      "dcol = dcol.reshape(3, 3, out_h, out_w)",
      "dXp = np.zeros((10, 10))",
      "for u in range(3):",
      "  for v in range(3):",
      "    dXp[u:u+2*out_h:2, v:v+2*out_w:2] += dcol[u, v]",
      "dX = dXp[1:9, 1:9]",
    ]);
    expect(body(linesOf("col2im, columns", "pytorch", opening))).toEqual([
      "dcol = W.reshape(1, -1).T @ delta.reshape(1, 1, -1)",
      "dX = F.fold(dcol, (8, 8), 3, padding=1, stride=2)",
    ]);
    expect(body(linesOf("col2im, columns", "typescript", opening)).slice(4, 19)).toEqual([
      "let k = 0;",
      "for (let u = 0; u < 3; u++) {",
      "  for (let v = 0; v < 3; v++) {",
      "    const row: number[] = [];",
      "    for (let i = 0; i < 4; i++) {",
      "      for (let j = 0; j < 4; j++) {",
      "        row.push(kernels[0][k] * delta[i][j]);",
      "      }",
      "    }",
      "    let q = 0;",
      "    for (let i = 0; i < 4; i++) {",
      "      for (let j = 0; j < 4; j++) {",
      "        dXp[2 * i + u][2 * j + v] += row[q++];",
      "      }",
      "    }",
    ]);
  });

  test("without padding nothing is padded, and nothing cropped", () => {
    const bare = withBack(caseOf({ H: 3, W: 4, kH: 2, kW: 3 }));
    for (const family of families)
      for (const language of languages)
        expect(source(family, language, bare), `${family} ${language}`).not.toMatch(/Xp|np\.pad/);
  });
});

describe.each(families)("%s", (family) => {
  const isBack = family.startsWith("col2im");

  holdPrograms({
    cases,
    source: (language, it) => source(family, language, it),
    mutants: isBack ? { dX: offIn("dx") } : { Y: (it) => offInY(it) },
    standIn: isBack ? TORCH_BACK + FOLD : TORCH_STRIDED,
  });

  test.each(languages)("%s: each moment of a step has its lines, all in the body", (language) => {
    for (const [name, it] of cases)
      expectMarked(
        linesOf(family, language, it),
        isBack ? ["multiply", "write"] : ["gather", "multiply", "write"],
        name,
      );
  });

  test("what cannot be written out is refused", () => {
    const large = withBack(caseOf({ C: 3, H: 80, W: 80, kH: 3, kW: 3, stride: [3, 3] }));
    expect(refusalOf(() => linesOf(family, "numpy", large)).field).toMatch(/^(X|dX)$/);
  });
});
