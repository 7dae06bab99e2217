import { expect, type Page } from "@playwright/test";
import { type Document, floodFill, ravel, readAddress, setCells } from "#engine";
import {
  cell,
  eventually,
  expectMoment,
  grid,
  hover,
  hoverNothing,
  middleOf,
  notices,
  open,
  said,
  slider,
  test,
  truthOf,
  truthOfAddress,
} from "./support.ts";

/** Stands at the last step, so that all of Y can be seen. */
const LINK = "input=digit:7&kernel=sobel-x&bias=2&stride=2&padding=1&step=16";
const STEP = 15;
const PAD = 1;

const opening = async (): Promise<Document> => (await readAddress(LINK)).document;

/** The whole picture is what the engine makes of this document. */
const expectDocument = (page: Page, document: Document) =>
  expectMoment(page, truthOf(document), { step: STEP });

type Cell = readonly [row: number, column: number];

/** Flat indices in X of cells of the image, counted as on the screen: the ring included. */
const inX = ({ input }: Document, cells: readonly Cell[]) =>
  cells.map(([row, column]) => ravel(input.tensor.shape, [0, 0, row - PAD, column - PAD]));

/** The number that brush and fill write. */
const inkField = (page: Page) =>
  page.getByRole("textbox", { name: "Brush writes: any number", exact: true });
const ink = async (page: Page) => Number(await inkField(page).inputValue());

/** Presses on a cell of X, moves over others as fast as a mouse can, and lets go. */
async function stroke(page: Page, cells: readonly Cell[]): Promise<void> {
  await hover(page, "X", ...cells[0]!);
  await page.mouse.down();
  for (const at of cells.slice(1)) await hover(page, "X", ...at);
  await page.mouse.up();
  await hoverNothing(page);
}

const diagonal = (from: Cell, length: number): Cell[] =>
  Array.from({ length }, (_, i) => [from[0] + i, from[1] + i]);
const along = (from: Cell, length: number): Cell[] =>
  Array.from({ length }, (_, i) => [from[0], from[1] + i]);

test("keys choose the tool", async ({ page }) => {
  await open(page, LINK);
  const tool = (name: string) => page.getByRole("radio", { name, exact: true });
  await expect(tool("Point")).toBeChecked();
  for (const [key, name] of [
    ["b", "Brush"],
    ["e", "Eraser"],
    ["g", "Fill"],
    ["p", "Point"],
  ] as const) {
    await page.keyboard.press(key);
    await expect(tool(name)).toBeChecked();
  }
});

test("a fast stroke leaves no gaps, one undo takes all of it back, redo does it again", async ({
  page,
}) => {
  const before = await opening();
  await open(page, LINK);
  await page.keyboard.press("b");
  const path = [...diagonal([1, 2], 5), ...along([5, 6], 3)];
  // only where it turns is the mouse ever seen
  await stroke(page, [path[0]!, path[4]!, path.at(-1)!]);
  const drawn = setCells(before, "X", inX(before, path), await ink(page));
  await expectDocument(page, drawn);

  await page.keyboard.press("Control+z");
  await expectDocument(page, before);
  await page.keyboard.press("Control+Shift+z");
  await expectDocument(page, drawn);
  await page.keyboard.press("Control+z");
  await expectDocument(page, before);
  await page.keyboard.press("Control+y");
  await expectDocument(page, drawn);
});

test("two strokes are two things to undo", async ({ page }) => {
  const before = await opening();
  await open(page, LINK);
  await page.keyboard.press("b");
  const [first, second] = [along([4, 1], 3), along([6, 5], 4)];
  await stroke(page, [first[0]!, first.at(-1)!]);
  await stroke(page, [second[0]!, second.at(-1)!]);
  const value = await ink(page);
  const one = setCells(before, "X", inX(before, first), value);
  await expectDocument(page, setCells(one, "X", inX(before, second), value));
  await page.keyboard.press("Control+z");
  await expectDocument(page, one);
  await page.keyboard.press("Control+z");
  await expectDocument(page, before);
});

test("the brush writes the chosen number, the eraser zeros", async ({ page }) => {
  const before = await opening();
  await open(page, LINK);
  await page.getByRole("radio", { name: "Brush", exact: true }).check();
  await inkField(page).fill("-3.5");
  await inkField(page).press("Enter");
  const path = along([3, 2], 6);
  await stroke(page, [path[0]!, path.at(-1)!]);
  const drawn = setCells(before, "X", inX(before, path), -3.5);
  await expectDocument(page, drawn);

  await page.keyboard.press("e");
  const rubbed = along([3, 4], 2);
  await stroke(page, [rubbed[0]!, rubbed.at(-1)!]);
  await expectDocument(page, setCells(drawn, "X", inX(before, rubbed), 0));
});

test("a stroke passes over the ring without changing it", async ({ page }) => {
  const before = await opening();
  await open(page, LINK);
  await page.keyboard.press("b");
  const path = along([4, 0], 10);
  await stroke(page, [path[0]!, path.at(-1)!]);
  const drawn = setCells(before, "X", inX(before, path.slice(1, -1)), await ink(page));
  await expectDocument(page, drawn);
});

test("fill pours over joined cells that are equal, once, where the press began", async ({
  page,
}) => {
  const before = await opening();
  await open(page, LINK);
  await page.keyboard.press("g");
  const paper: Cell = [7, 7];
  const [, , , width] = before.input.tensor.shape as [number, number, number, number];
  const at = before.input.tensor.data.indexOf(8);
  const [row, column] = [Math.floor(at / width) + PAD, (at % width) + PAD];
  await stroke(page, [paper, [row, column + 1], [row, column]]);
  const filled = floodFill(before, inX(before, [paper])[0]!, await ink(page));
  await expectDocument(page, filled);
  await page.keyboard.press("Control+z");
  await expectDocument(page, before);
});

test("the brush paints weights, in W and in the close-up", async ({ page }) => {
  const before = await opening();
  await open(page, LINK);
  await page.keyboard.press("b");
  const value = await ink(page);
  let now = before;
  for (const [name, row, column] of [
    ["W", 0, 1],
    ["Kernel", 2, 2],
  ] as const) {
    await hover(page, name, row, column);
    await page.mouse.down();
    await page.mouse.up();
    await hoverNothing(page);
    now = setCells(now, "W", [3 * row + column], value);
    await expectDocument(page, now);
  }
});

/** Opens the field over a cell with the first key, as someone does who begins to type. */
async function type(page: Page, name: string, at: Cell, text: string): Promise<void> {
  await cell(page, name, ...at).focus();
  await page.keyboard.type(text);
}

/** Moves the focus out of the picture: the page then speaks of its step again. */
const elsewhere = (page: Page) => slider(page).focus();

/** The field over the cell that is typed into. */
const editor = (page: Page) => page.locator("main").getByRole("textbox");

test.describe("numbers typed into cells", () => {
  test("go into X and into W: signs, decimals, exponents", async ({ page }) => {
    let now = await opening();
    await open(page, LINK);
    for (const [text, value] of [
      ["7", 7],
      ["-4", -4],
      ["2.75", 2.75],
      ["0,5", 0.5],
      [".25", 0.25],
      ["1e-3", 0.001],
    ] as const)
      await test.step(text, async () => {
        await type(page, "X", [3, 4], text);
        await page.keyboard.press("Enter");
        now = setCells(now, "X", inX(now, [[3, 4]]), value);
        await expect(cell(page, "X", 3, 4)).toBeFocused();
        await type(page, "W", [1, 1], text);
        await page.keyboard.press("Enter");
        now = setCells(now, "W", [4], value);
        await expect(cell(page, "W", 1, 1)).toBeFocused();
        await elsewhere(page);
        await expectDocument(page, now);
      });
  });

  test("a double click opens a cell with its number, and leaving it keeps what was typed", async ({
    page,
  }) => {
    const before = await opening();
    await open(page, LINK);
    await cell(page, "W", 1, 0).dblclick();
    await expect(editor(page)).toHaveValue(String(before.kernel.tensor.data[3]));
    await editor(page).fill("−5"); // the minus sign of typographers
    await elsewhere(page);
    await hoverNothing(page);
    await expectDocument(page, setCells(before, "W", [3], -5));
  });

  test("Escape leaves the number as it was", async ({ page }) => {
    const before = await opening();
    await open(page, LINK);
    await type(page, "X", [3, 4], "58");
    await page.keyboard.press("Escape");
    await expect(editor(page)).toHaveCount(0);
    await expect(cell(page, "X", 3, 4)).toBeFocused();
    await elsewhere(page);
    await expectDocument(page, before);
  });

  test("what is no number is told so, and changes nothing", async ({ page }) => {
    const before = await opening();
    await open(page, LINK);
    await type(page, "X", [3, 4], "3 apples");
    await page.keyboard.press("Enter");
    await expect(editor(page)).toHaveAttribute("aria-invalid", "true");
    await expect(editor(page)).toHaveAttribute("title", /number/);
    await editor(page).fill("1e999");
    await page.keyboard.press("Enter");
    await expect(editor(page)).toHaveAttribute("aria-invalid", "true");
    await elsewhere(page); // given up
    await expect(editor(page)).toHaveCount(0);
    await expectDocument(page, before);
  });

  test("the ring refuses, in a sentence; Y takes none", async ({ page }) => {
    const before = await opening();
    await open(page, LINK);
    await type(page, "X", [0, 3], "5");
    await page.keyboard.press("Enter");
    await expect(notices(page)).toContainText("This cell is padding");
    await page.getByRole("button", { name: /^Put away/ }).click();
    await expect(notices(page)).toHaveText("");
    await expect(grid(page, "Y")).toHaveAttribute("aria-readonly", "true");
    await cell(page, "Y", 1, 1).dblclick();
    await expect(editor(page)).toHaveCount(0);
    await hoverNothing(page);
    await elsewhere(page);
    await expectDocument(page, before);
  });
});

test("the link keeps the drawing: a reload shows it again", async ({ page }) => {
  const before = await opening();
  await open(page, LINK);
  await page.keyboard.press("b");
  const path = diagonal([2, 1], 6);
  await stroke(page, [path[0]!, path.at(-1)!]);
  const stroked = setCells(before, "X", inX(before, path), await ink(page));
  await page.keyboard.press("p");
  await type(page, "W", [2, 0], "-0.125");
  await page.keyboard.press("Enter");
  await elsewhere(page);
  const drawn = setCells(stroked, "W", [6], -0.125);
  await expectDocument(page, drawn);

  const numbers = async () => {
    const { document } = await truthOfAddress(page);
    return [document.input.tensor.data, document.kernel.tensor.data];
  };
  await eventually(numbers, [drawn.input.tensor.data, drawn.kernel.tensor.data]);
  await page.reload();
  await expectDocument(page, drawn);
});

test("a drawing too large for plain numbers is packed into the link", async ({ page }) => {
  const link = "input=blank:30x30&kernel=box";
  const before = (await readAddress(link)).document;
  await open(page, link);
  await page.keyboard.press("b");
  const { x, y } = await middleOf(page, "X", 0, 0);
  const end = await middleOf(page, "X", 0, 20);
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(end.x, end.y);
  await page.mouse.up();
  await hoverNothing(page);
  const drawn = setCells(
    before,
    "X",
    Array.from({ length: 21 }, (_, i) => i),
    await ink(page),
  );
  await expect(page).toHaveURL(/input=packed:1x1x30x30/);
  const numbers = async () => (await truthOfAddress(page)).document.input.tensor.data;
  await eventually(numbers, drawn.input.tensor.data);
  const { plates } = await said(page);
  await page.reload();
  await eventually(async () => (await said(page)).plates, plates);
});
