import { expect, type Page } from "@playwright/test";
import { type CellRef, EXAMPLES, ravel, sumOf, tapsOf, unravel } from "#engine";
import {
  eventually,
  expectCell,
  expectMoment,
  hover,
  hoverNothing,
  isFramed,
  isLit,
  litCells,
  open,
  relativesIn,
  type Truth,
  test,
  truthOfLink,
  windowOf,
} from "./support.ts";

const LINK = EXAMPLES.opening.link;
const STEP = Number(new URLSearchParams(LINK).get("step")) - 1;

/** A cell on the screen: plate, row, column. */
type Place = readonly [plate: string, row: number, column: number];

/** The planes of X, W and Y that stand on the screen. */
interface Planes {
  readonly P: number;
  readonly W: number;
  readonly Y: number;
}

const FIRST: Planes = { P: 0, W: 0, Y: 0 };

/** Which cell of which tensor stands at a place, when the close-up shows output `y`. */
function refAt(truth: Truth, y: number, planes: Planes, [plate, row, column]: Place): CellRef {
  const { geometry: g, layer } = truth;
  const { terms } = sumOf(g, layer, y);
  const slot = row * g.columns.k + column;
  const inPlane = (tensor: "P" | "W" | "Y"): CellRef => {
    const [, , rows, columns] = g.shapes[tensor] as [number, number, number, number];
    return { tensor, index: planes[tensor] * rows * columns + row * columns + column };
  };
  if (plate === "X") return inPlane("P");
  if (plate === "W" || plate === "Y") return inPlane(plate);
  if (plate === "Window") return { tensor: "P", index: terms[slot]!.p };
  if (plate === "Kernel") return { tensor: "W", index: terms[slot]!.w };
  if (plate === "Products") return { tensor: "T", index: y * g.window + slot };
  if (plate === "Bias") return { tensor: "b", index: unravel(g.shapes.Y, y)[1]! };
  if (plate === "Result") return { tensor: "Y", index: y };
  throw new Error(`no cell at ${plate}`);
}

const lights = async (page: Page) => ({
  X: await litCells(page, "X"),
  W: await litCells(page, "W"),
  Y: await litCells(page, "Y"),
});

/** Exactly the engine's relatives of a cell are lit in X, W and Y. */
async function expectRelatives(page: Page, truth: Truth, ref: CellRef, planes = FIRST) {
  await eventually(() => lights(page), {
    X: relativesIn(truth, ref, "P", planes.P),
    W: relativesIn(truth, ref, "W", planes.W),
    Y: relativesIn(truth, ref, "Y", planes.Y),
  });
}

const DARK = { X: [], W: [], Y: [] };

const POINTED: Readonly<Record<string, readonly Place[]>> = {
  "an input": [
    ["X", 1, 1],
    ["X", 2, 4],
    ["X", 4, 6],
    ["X", 8, 8],
  ],
  "the ring": [
    ["X", 0, 0],
    ["X", 0, 4],
    ["X", 5, 0],
  ],
  "the remainder, which no window reads": [
    ["X", 9, 9],
    ["X", 9, 3],
    ["X", 2, 9],
  ],
  "a weight": [
    ["W", 0, 0],
    ["W", 1, 2],
    ["W", 2, 1],
  ],
  "the close-up": [
    ["Window", 0, 2],
    ["Kernel", 2, 0],
    ["Products", 0, 0],
    ["Products", 2, 1],
    ["Bias", 0, 0],
    ["Result", 0, 0],
  ],
  "an output": [
    ["Y", 0, 0],
    ["Y", 1, 2],
    ["Y", 3, 3],
  ],
};

test("pointing at any cell lights all that made it and all that it makes, and says so", async ({
  page,
}) => {
  const truth = await truthOfLink(LINK);
  await open(page);
  await expectMoment(page, truth, { step: STEP });
  await eventually(() => lights(page), DARK); // nothing, until a cell is pointed at
  for (const [what, places] of Object.entries(POINTED))
    for (const place of places)
      await test.step(`${what}: ${place.join(" ")}`, async () => {
        const ref = refAt(truth, STEP, FIRST, place);
        await hover(page, ...place);
        const output = ref.tensor === "Y" ? ref.index : STEP;
        await expectCell(page, truth, ref, { step: STEP, output });
        await expectRelatives(page, truth, ref);
      });
  await hoverNothing(page);
  await expectMoment(page, truth, { step: STEP });
  await eventually(() => lights(page), DARK);
});

test("an input lights every output it feeds, a weight its product", async ({ page }) => {
  const truth = await truthOfLink(LINK);
  const { geometry: g } = truth;
  await open(page);
  // the input that most windows read
  const inputs = Array.from({ length: g.spec.H * g.spec.W }, (_, x) => tapsOf(g, "X", x));
  const taps = inputs.reduce((most, each) => (each.length > most.length ? each : most));
  const [, , row, column] = unravel(g.shapes.P, taps[0]!.p) as [number, number, number, number];
  const outputs = taps.map(({ y }) => unravel(g.shapes.Y, y).slice(2).join(" "));
  expect(outputs.length).toBeGreaterThan(1);
  await hover(page, "X", row, column);
  await eventually(() => litCells(page, "Y"), outputs.toSorted());
  await hover(page, "W", 1, 2);
  await eventually(() => litCells(page, "Products"), ["1 2"]);
  await hover(page, "Products", 2, 0);
  await eventually(() => litCells(page, "Kernel"), ["2 0"]);
  await eventually(() => litCells(page, "Window"), ["2 0"]);
});

test("copies in a reflected ring, turned weights and other channels are relatives too", async ({
  page,
}) => {
  const link =
    "input=random:5x6:seed=8&channels=2&batch=2&kernel=random:2x3:seed=9&filters=2&flip=true" +
    "&padding=2,1,1,2&mode=reflect&dilation=1,2&stride=2,1&step=70&channel=1";
  const truth = await truthOfLink(link);
  const { geometry: g } = truth;
  const step = 69;
  const [n, f] = unravel(g.shapes.Y, step) as [number, number];
  const channel = 1;
  const planes = {
    P: n * g.spec.C + channel,
    W: f * g.depth + channel,
    Y: n * g.spec.F + f,
  };
  await open(page, link);
  const places: readonly Place[] = [
    ["X", 0, 0],
    ["X", 1, 4],
    ["X", 4, 4],
    ["W", 0, 2],
    ["W", 1, 0],
  ];
  for (const place of places)
    await test.step(place.join(" "), async () => {
      await hover(page, ...place);
      await expectRelatives(page, truth, refAt(truth, step, planes, place), planes);
    });
});

test("stepping through products lights the input, the weight and the output of each", async ({
  page,
}) => {
  const truth = await truthOfLink(LINK);
  const { window } = truth.geometry;
  await open(page);
  await page.keyboard.press(".");
  for (let slot = 0; slot < window; slot++) {
    await expectRelatives(page, truth, { tensor: "T", index: STEP * window + slot });
    await page.keyboard.press("ArrowRight");
  }
});

test("pointing at an output moves the window and the close-up there; leaving brings them back", async ({
  page,
}) => {
  const truth = await truthOfLink(LINK);
  const { geometry: g } = truth;
  await open(page);
  for (const [row, column] of [
    [0, 0],
    [3, 3],
    [2, 1],
  ] as const) {
    const output = ravel(g.shapes.Y, [0, 0, row, column]);
    await hover(page, "Y", row, column);
    await expectCell(page, truth, { tensor: "Y", index: output }, { step: STEP, output });
    await eventually(() => isFramed(page, "X", windowOf(truth, output)), true);
    await eventually(() => isFramed(page, "Y", { row, column, rows: 1, columns: 1 }), true);
    await hoverNothing(page);
    await expectMoment(page, truth, { step: STEP });
    await eventually(() => isFramed(page, "X", windowOf(truth, STEP)), true);
  }
});

test.describe("a pin", () => {
  const PLACE: Place = ["X", 4, 6];
  const click = async (page: Page, [plate, row, column]: Place) => {
    await hover(page, plate, row, column);
    await page.mouse.down();
    await page.mouse.up();
  };

  /** The document, with the cell at PLACE pinned and the mouse gone. */
  async function pinned(page: Page): Promise<{ truth: Truth; ref: CellRef }> {
    const truth = await truthOfLink(LINK);
    const ref = refAt(truth, STEP, FIRST, PLACE);
    await open(page);
    await click(page, PLACE);
    await hoverNothing(page);
    await expectCell(page, truth, ref, { step: STEP });
    await expectRelatives(page, truth, ref);
    return { truth, ref };
  }

  test("stays when the mouse leaves, and goes with a second click", async ({ page }) => {
    const { truth } = await pinned(page);
    await click(page, PLACE);
    await hoverNothing(page);
    await expectMoment(page, truth, { step: STEP });
    await eventually(() => lights(page), DARK);
  });

  test("goes with Esc", async ({ page }) => {
    const { truth } = await pinned(page);
    await page.keyboard.press("Escape");
    await expectMoment(page, truth, { step: STEP });
    await eventually(() => lights(page), DARK);
  });

  test("goes with the words that say it is there", async ({ page }) => {
    const { truth } = await pinned(page);
    await page.getByRole("button", { name: "pinned · let go" }).click();
    await hoverNothing(page);
    await expectMoment(page, truth, { step: STEP });
    await eventually(() => lights(page), DARK);
  });

  test("stays while the figure steps on", async ({ page }) => {
    const { truth, ref } = await pinned(page);
    for (const step of [STEP + 1, STEP + 2]) {
      await page.getByRole("button", { name: "Step on" }).click();
      await expectCell(page, truth, ref, { step });
      await expectRelatives(page, truth, ref);
    }
  });

  test("gives way to the cell under the mouse, and moves with a click on another", async ({
    page,
  }) => {
    const { truth } = await pinned(page);
    const weight: Place = ["W", 0, 2];
    const ref = refAt(truth, STEP, FIRST, weight);
    await hover(page, ...weight);
    await expectCell(page, truth, ref, { step: STEP });
    await expectRelatives(page, truth, ref);
    await click(page, weight);
    await hoverNothing(page);
    await expectCell(page, truth, ref, { step: STEP });
    expect(await isLit(page, ...weight)).toBe(true);
  });
});
