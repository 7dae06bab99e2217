import { describe, expect, test } from "vitest";
import { readAddress, type ViewWords } from "../address/read.ts";
import { writeAddress } from "../address/write.ts";
import { layerOf } from "../document.ts";
import { forward } from "../forward.ts";
import { checkDocument } from "../limits.ts";
import { EXAMPLES, type ExampleName, type ExampleRow } from "./examples.ts";

/** The words of the application that an example may hold besides those of its document. */
type View = Record<"lens" | "step" | "data" | "weights", string>;
const AS_IT_IS = { accepts: "", read: String, write: String };
const VIEW: ViewWords<View> = {
  lens: { ...AS_IT_IS, first: true },
  step: AS_IT_IS,
  data: AS_IT_IS,
  weights: AS_IT_IS,
};

async function read(name: ExampleName) {
  const { document } = await readAddress(EXAMPLES[name].link, { view: VIEW });
  const g = checkDocument(document);
  return { document, g, y: [...forward(layerOf(document)).y.data] };
}

describe.each(Object.entries(EXAMPLES))("%s", (_name, { label, why, link }) => {
  test("is an address without a fault, written as the application writes it", async () => {
    const { document, view, problems } = await readAddress<View>(link, { view: VIEW });
    expect(problems).toEqual([]);
    expect((await writeAddress(document, view, VIEW)).text).toBe(link);
  });

  test("is small, and says what to look at", async () => {
    const { document } = await readAddress(link, { view: VIEW });
    expect(checkDocument(document).multiplyAdds).toBeLessThan(200_000);
    expect(label).not.toMatch(/\.$/);
    expect(why).toMatch(/^[A-Z].*\.$/);
  });
});

test("the four ways to write it", async () => {
  const taught = Object.values<ExampleRow>(EXAMPLES).filter(({ group }) => group !== undefined);
  expect(taught.map(({ link }) => new URLSearchParams(link).get("lens"))).toEqual([
    "strides",
    "im2col",
    "indices",
    "im2col",
  ]);
  expect(new Set(taught.map(({ group }) => group)).size).toBe(1);
  expect((await read("einsum")).g.spec).toMatchObject({ C: 3, F: 2 });
  expect((await read("rows")).g.spec).toMatchObject({ C: 3, F: 2 });

  const sigmoid = await read("fancy");
  expect(sigmoid.g.spec.C).toBe(2);
  expect(new Set(sigmoid.y).size).toBeGreaterThan(9);
  // both sides of the S, and not only its ends
  expect(sigmoid.y.some((y) => y < 0.3) && sigmoid.y.some((y) => y > 0.7)).toBe(true);

  const patches = await read("patches");
  expect(patches.g.spec).toMatchObject({ N: 1, C: 1, F: 1 });
  expect(Math.min(...patches.y)).toBe(0);
  expect(Math.max(...patches.y)).toBeGreaterThan(0);
});

test("what the sentences say is so", async () => {
  expect(new Set((await read("difference")).y)).toEqual(new Set([8]));

  const kernel = [1, 2, 3, 4, 5, 6, 7, 8, 9];
  const around = (y: number[]) => [16, 17, 18, 23, 24, 25, 30, 31, 32].map((i) => y[i]);
  expect(around((await read("impulse")).y)).toEqual([...kernel].reverse());
  expect(around((await read("flip")).y)).toEqual(kernel);

  const remainder = (await read("remainder")).g;
  expect([remainder.rows.remainder, remainder.columns.remainder]).toEqual([0, 2]);

  const same = (await read("same-even")).g;
  expect([same.rows.before, same.rows.after, same.columns.before, same.columns.after]).toEqual([
    0, 1, 0, 1,
  ]);

  const sides = (await read("sides")).g;
  expect([sides.rows.before, sides.rows.after, sides.columns.before, sides.columns.after]).toEqual([
    2, 0, 1, 0,
  ]);

  const full = (await read("full")).g;
  expect([full.rows.out, full.columns.out]).toEqual([5, 6]);
  expect((await read("dilation")).g.rows.effective).toBe(5);
  expect((await read("whole")).y.length).toBe(1);
  expect((await read("depthwise")).g.depth).toBe(1);
  expect((await read("groups")).g).toMatchObject({ depth: 2, filtersPerGroup: 2 });
  const relu = await read("relu");
  expect(Math.min(...relu.y)).toBe(0);
  expect(Math.max(...relu.y)).toBeGreaterThan(0);
});
