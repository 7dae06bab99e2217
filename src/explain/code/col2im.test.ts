import { beforeAll, expect, test } from "vitest";
import { describeRunners, each, namedBack } from "../../testing/programs.ts";
import { type CaseBack, withBack } from "../testing/cases.ts";
import { COL2IM_PROGRAMS } from "./col2im.ts";
import type { LanguageName } from "./languages.ts";
import { sourceOf } from "./program.ts";
import { TORCH_STRIDED } from "./testing/strided.ts";

// Written with =, what im2col has copied is the image again. That += finds the gradient is in matrix.test.ts.

type Laid = CaseBack & { readonly col: string };

const cases = ["rows", "columns"].flatMap((col) =>
  each(namedBack, (it): Laid => ({ ...withBack(it), col })).map(
    ([name, it]) => [`${name}, ${col}`, it] as const,
  ),
);

const source = (language: LanguageName, { g, layer, answer, col }: Laid) =>
  sourceOf(COL2IM_PROGRAMS[language].program(g, layer, answer, { add: "assign", col }));

/** The same program, adding where it should write. */
const adding = (text: string) => text.replace(/\] = (windows\[|row\[k\+\+\])/, "] += $1");

const ZEROS = "torch.zeros = lambda *shape, dtype=None: np.zeros(shape).view(Tensor)\n";

describeRunners(`${TORCH_STRIDED}${ZEROS}`, ({ language, run, failure }) => {
  let errors: string[];
  beforeAll(async () => {
    errors = await run(cases.map(([, it]) => source(language, it)));
  });

  test.each(cases.map(([name], i) => [name, i] as const))(
    "the image comes back: %s",
    (_name, i) => {
      expect(errors[i]).toBe("");
    },
  );

  test("added, it would not", async () => {
    const text = adding(source(language, cases[0]![1]));
    expect(await run([text])).toEqual([expect.stringMatching(failure)]);
  });
});
