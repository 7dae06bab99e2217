import { expect, test } from "vitest";
import { columnGradient, plainAdd } from "../../conv/indexArrays.ts";
import {
  body,
  drawn,
  each,
  expectMarked,
  holdPrograms,
  languages,
  named,
  offIn,
  offInY,
} from "../../testing/programs.ts";
import { refusalOf } from "../../testing/refusal.ts";
import { CASES, type CaseBack, caseOf, withBack } from "../testing/cases.ts";
import { INDICES_PROGRAMS } from "./indices.ts";
import type { LanguageName } from "./languages.ts";
import { type ProgramOptions, sourceOf } from "./program.ts";
import { TORCH_BACK } from "./testing/torchBack.ts";

// The programs of the index arrays come to the Y and the dX of the engine, and lose what its `plainAdd` loses.

type Styled = CaseBack & { readonly options?: ProgramOptions };

const plainCases = each([...named, ...drawn(40, 23)], (it): Styled => withBack(it));
/** Every layer with W as it is, and with its axes in the other order; windows as columns, and as rows. */
const cases = [
  ...plainCases,
  ...plainCases.flatMap(([name, it]) => [
    [`${name}, HWIO`, { ...it, options: { weights: "hwio" } }] as const,
    [`${name}, rows`, { ...it, options: { col: "rows" } }] as const,
    [`${name}, rows, HWIO`, { ...it, options: { col: "rows", weights: "hwio" } }] as const,
  ]),
];

const linesOf = (language: LanguageName, { g, layer, answer, options }: Styled) =>
  INDICES_PROGRAMS[language].program(g, layer, answer, options);
const source = (language: LanguageName, it: Styled) => sourceOf(linesOf(language, it));

/** What the plain += leaves, by the engine. */
function lossyOf({ g, layer, answer, options }: Styled): number[] {
  const way = options?.col === "rows" ? "rows" : "columns";
  return [...plainAdd(g, columnGradient(g, layer.w, answer.back.delta), way).data];
}

/** Asks a program that has run for what it lost. */
function lossCheck(language: LanguageName, it: Styled): string {
  const expected = JSON.stringify(lossyOf(it));
  return language === "typescript"
    ? `{
        const [found, left]: number[][] = [lossy.flat(3), ${expected}];
        if (found.length !== left.length || !found.every((v, i) => Math.abs(v - left[i]) < 5e-10))
          throw new Error("lossy");
      }`
    : `import numpy\nassert numpy.allclose(numpy.ravel(lossy), ${expected}), "lossy"\n`;
}

/** What these programs call besides: indices made from indices, and written through. */
const TORCH_INDEX = `${TORCH_BACK}
def arange_of(end):
    return np.arange(end, dtype=np.float32 if isinstance(end, float) else np.int64).view(Tensor)

torch.arange = arange_of
Tensor.permute = lambda self, *dims: np.transpose(self, dims)
Tensor.repeat = lambda self, times: np.tile(self.view(np.ndarray), times).view(Tensor)
Tensor.repeat_interleave = lambda self, times: np.repeat(self.view(np.ndarray), times).view(Tensor)

def index_put_(self, indices, values, accumulate=False):
    assert all(index.dtype == np.int64 for index in indices) and len(indices) == self.ndim
    if accumulate:
        np.add.at(self, indices, values)
    else:
        self[indices] = values
    return self

Tensor.index_put_ = index_put_
`;

holdPrograms({
  cases,
  source: (language, it) => source(language, it) + lossCheck(language, it),
  mutants: { Y: (it) => offInY(it), dX: offIn("dx") },
  standIn: TORCH_INDEX,
});

test("as short as the layer allows", () => {
  const opening = withBack(CASES["the opening screen: stride 2, padding 1"]!());
  expect(body(linesOf("numpy", opening))).toEqual([
    "Xp = np.pad(X, ((0, 0), (0, 0), (1, 1), (1, 1)))",
    "out_h = (Xp.shape[2] - 3) // 2 + 1",
    "out_w = (Xp.shape[3] - 3) // 2 + 1",
    "k = np.repeat(np.arange(1), 9)[:, None]",
    "i0 = np.repeat(np.arange(3), 3)",
    "i1 = 2 * np.repeat(np.arange(out_h), out_w)",
    "j0 = np.tile(np.arange(3), 3)",
    "j1 = 2 * np.tile(np.arange(out_w), out_h)",
    "i = i0[:, None] + i1",
    "j = j0[:, None] + j1",
    "cols = Xp[:, k, i, j]",
    "cols = cols.transpose(1, 2, 0).reshape(9, -1)",
    "W_row = W.reshape(1, -1)",
    "out = W_row @ cols + b",
    "Y = out.reshape(1, out_h, out_w, 1).transpose(3, 0, 1, 2)",
    "",
    "dout = delta.transpose(1, 2, 3, 0).reshape(1, -1)",
    "dcols = W_row.T @ dout",
    "dcols = dcols.reshape(9, -1, 1).transpose(2, 0, 1)",
    "dXp = np.zeros(Xp.shape)",
    "np.add.at(dXp, (slice(None), k, i, j), dcols)",
    "lossy = np.zeros(Xp.shape)",
    "lossy[:, k, i, j] += dcols  # one number a cell is left",
    "dX = dXp[:, :, 1:9, 1:9]",
  ]);
});

test.each(languages)("%s: each moment of a step has its lines, all in the body", (language) => {
  for (const [name, it] of cases)
    expectMarked(
      linesOf(language, it),
      ["index", "gather", "multiply", "write", "back", "add", "plain"],
      name,
    );
});

test("with windows as rows nothing is transposed on the way to the product", () => {
  const it = withBack(CASES["the opening screen: stride 2, padding 1"]!());
  expect(body(linesOf("numpy", { ...it, options: { col: "rows" } })).slice(3)).toEqual([
    "k = np.repeat(np.arange(1), 9)",
    "i0 = np.repeat(np.arange(3), 3)",
    "i1 = 2 * np.repeat(np.arange(out_h), out_w)",
    "j0 = np.tile(np.arange(3), 3)",
    "j1 = 2 * np.tile(np.arange(out_w), out_h)",
    "i = i0 + i1[:, None]",
    "j = j0 + j1[:, None]",
    "col = Xp[:, k, i, j].reshape(-1, 9)",
    "W_row = W.reshape(1, -1)",
    "out = col @ W_row.T + b",
    "Y = out.reshape(1, out_h, out_w, 1).transpose(0, 3, 1, 2)",
    "",
    "dout = delta.transpose(0, 2, 3, 1).reshape(-1, 1)",
    "dcol = dout @ W_row",
    "dcol = dcol.reshape(1, -1, 9)",
    "dXp = np.zeros(Xp.shape)",
    "np.add.at(dXp, (slice(None), k, i, j), dcol)",
    "lossy = np.zeros(Xp.shape)",
    "lossy[:, k, i, j] += dcol  # one number a cell is left",
    "dX = dXp[:, :, 1:9, 1:9]",
  ]);
});

test("what cannot be written out is refused", () => {
  const large = withBack(caseOf({ C: 3, H: 80, W: 80, kH: 3, kW: 3, stride: [3, 3] }));
  for (const language of languages)
    expect(refusalOf(() => linesOf(language, large)).field).toBe("X");
});

test("with W as rows, columns, channels, filters the arrays go the same way", () => {
  const it = withBack(caseOf({ C: 3, F: 2, H: 4, W: 5, kH: 2, kW: 3, flip: true }));
  const texts = linesOf("numpy", { ...it, options: { weights: "hwio" } }).map(({ text }) => text);
  expect(texts).toEqual(
    expect.arrayContaining([
      "hwio = W.transpose(2, 3, 1, 0)",
      "flipped = np.flip(hwio, axis=(0, 1))",
      "k = np.tile(np.arange(3), 6)[:, None]",
      "i0 = np.repeat(np.arange(2), 9)",
      "j0 = np.tile(np.repeat(np.arange(3), 3), 2)",
      "W_row = flipped.reshape(-1, 2).T",
    ]),
  );
});
