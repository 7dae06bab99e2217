import { expect, type Locator, type Page, test as plainTest } from "@playwright/test";
import {
  type Answer,
  type CellRef,
  type Document,
  forward,
  full,
  type Geometry,
  geometryOf,
  inputOfPadded,
  type Layer,
  layerOf,
  nameOf,
  narrateCell,
  partialSums,
  plain,
  ravel,
  readAddress,
  relativesOf,
  type Sum,
  sumOf,
  unravel,
} from "#engine";

// Where the tests look at the page, and what the engine says should be seen there. No number is typed in by hand.

/** A test that also fails when the page throws, or the browser refuses it something, whatever else is seen. */
export const test = plainTest.extend({
  page: async ({ page }, use) => {
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(String(error)));
    page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
    await use(page);
    expect(errors, "errors of the page").toEqual([]);
  },
});

/** A document and all that the engine says of it. */
export interface Truth {
  readonly document: Document;
  readonly layer: Layer;
  readonly geometry: Geometry;
  readonly answer: Answer;
}

export function truthOf(document: Document): Truth {
  const layer = layerOf(document);
  return { document, layer, geometry: geometryOf(layer.spec), answer: forward(layer) };
}

/** What a link says, by the engine alone: its words for lens, step and the like are not the engine's. */
export async function truthOfLink(link: string): Promise<Truth> {
  return truthOf((await readAddress(link)).document);
}

/** What the address of the page says at this moment. */
export function truthOfAddress(page: Page): Promise<Truth> {
  return truthOfLink(new URL(page.url()).search);
}

/** Opens a link and waits for its first picture. */
export async function open(page: Page, link = ""): Promise<void> {
  await page.goto(link === "" ? "./" : `./?${link}`);
  await expect(grid(page, "Y")).toBeVisible();
}

/** A plate of the picture, by its name. */
export function grid(page: Page, name: string): Locator {
  return page.getByRole("main").getByRole("grid", { name, exact: true });
}

/** A cell of a plate, counted from 0 as the engine does. */
export function cell(page: Page, name: string, row: number, column: number): Locator {
  return grid(page, name).locator(`[data-at="${row} ${column}"]`);
}

/** What a screen reader says of the step. */
export function spoken(page: Page): Locator {
  return page.getByRole("region", { name: "This step" }).getByRole("status");
}

/** What went wrong, in words. */
export function notices(page: Page): Locator {
  return page.getByRole("main").getByRole("alert");
}

export function slider(page: Page): Locator {
  return page.getByRole("slider", { name: "Step", exact: true });
}

/** The engine's sentence on a cell. */
export function sentence({ geometry, layer, answer }: Truth, ref: CellRef): string {
  return plain(narrateCell(geometry, layer, answer, ref));
}

/** Numbers of a plate as the page spells them, row by row. */
export type Plate = string[][];

/** What the page says at one moment. */
export interface Said {
  /** The line over the caption: “Step 7 of 16”, or the name of the cell in focus. */
  readonly heading: string;
  /** This step, or the cell in focus, in words. */
  readonly caption: string;
  /** What a screen reader says of it. */
  readonly spoken: string;
  /** The sum, written out. */
  readonly sum: string;
  /** All plates of the picture, by their names. */
  readonly plates: Readonly<Record<string, Plate>>;
}

/** All of it at once: at no moment may one part be ahead of another. */
export function said(page: Page): Promise<Said> {
  return page.evaluate(() => {
    const all = (within: ParentNode, selector: string) => [...within.querySelectorAll(selector)];
    const text = (selector: string) => document.querySelector(selector)?.textContent ?? "";
    const numbers = (grid: Element) =>
      all(grid, '[role="row"]').map((row) =>
        all(row, '[role="gridcell"]').map((cell) => cell.textContent ?? ""),
      );
    const step = '[aria-label="This step"]';
    return {
      heading: text(`${step} h2`),
      caption: text(`${step} p`),
      spoken: text(`${step} [role="status"]`),
      sum: text('[aria-label="The sum, written out"]'),
      plates: Object.fromEntries(
        all(document, 'main [role="grid"]').map((grid) => [
          grid.getAttribute("aria-label") ?? "",
          numbers(grid),
        ]),
      ),
    };
  });
}

/** How soon a poll looks again, in milliseconds: most of what is waited for is there at once. */
const LOOKS = { intervals: [10, 30, 60, 100, 250] };

/** Waits until what `look` sees is as expected. */
export async function eventually(look: () => Promise<unknown>, expected: unknown): Promise<void> {
  await expect.poll(look, LOOKS).toEqual(expected);
}

/** Where playback stands, and what is looked at. All count from 0. */
export interface Moment {
  readonly step: number;
  /** The product it has come to, when every product is stepped through. */
  readonly slot?: number;
  /** The output that the close-up shows, when it is not that of the step. */
  readonly output?: number;
}

const NOT_YET = "–";

/** The plates of the Window lens at one moment, with all in-channels in the close-up. */
export function platesOf(truth: Truth, moment: Moment): Record<string, Plate> {
  const { geometry: g, layer, answer } = truth;
  const y = moment.output ?? moment.step;
  const slot = y === moment.step ? moment.slot : undefined;
  const [n, f] = unravel(g.shapes.Y, y) as [number, number];
  const area = g.rows.k * g.columns.k;
  const out = sumOf(g, layer, y);
  const partials = partialSums(out);
  const last = slot ?? g.window - 1;
  const local = slot === undefined ? 0 : Math.floor(slot / area);
  const channels = out.channels.map(({ channel }) => channel);
  const isComplete = last === g.window - 1;
  const written = moment.slot === undefined || moment.slot === g.window - 1;

  const matrix = (rows: number, columns: number, text: (r: number, c: number) => string): Plate =>
    Array.from({ length: rows }, (_, r) => Array.from({ length: columns }, (_, c) => text(r, c)));
  const window = (text: (slot: number) => string, c: number) =>
    matrix(g.rows.k, g.columns.k, (row, column) => text(c * area + row * g.columns.k + column));
  const term = (s: number) => out.terms[s]!;

  const closeUp = channels.flatMap((channel, c) => {
    const suffix = g.depth > 1 ? ` of channel ${channel}` : "";
    return [
      [`Window${suffix}`, window((s) => full(term(s).input), c)],
      [`Kernel${suffix}`, window((s) => full(term(s).weight), c)],
      [`Products${suffix}`, window((s) => (s <= last ? full(term(s).product) : NOT_YET), c)],
    ];
  });
  const channelSum = (c: number) => {
    if (last < c * area) return NOT_YET;
    const upTo = (s: number) => partials[s] ?? 0;
    return full(upTo(Math.min(last, (c + 1) * area - 1)) - upTo(c * area - 1));
  };
  const isLinear = g.spec.activation.name === "linear";
  const soFar = partials[last]!;
  return {
    X: matrix(g.rows.padded, g.columns.padded, (r, c) => {
      const x = inputOfPadded(g, ravel(g.shapes.P, [n, channels[local]!, r, c]));
      return full(x < 0 ? 0 : layer.x.data[x]!);
    }),
    W: matrix(g.rows.k, g.columns.k, (r, c) =>
      full(layer.w.data[ravel(g.shapes.W, [f, local, r, c])]!),
    ),
    Y: matrix(g.rows.out, g.columns.out, (r, c) => {
      const index = ravel(g.shapes.Y, [n, f, r, c]);
      const isWritten = index < moment.step || (index === moment.step && written);
      return isWritten ? full(answer.y.data[index]!) : NOT_YET;
    }),
    ...Object.fromEntries(closeUp),
    ...(g.depth > 1 ? { "Channel sums": matrix(g.depth, 1, channelSum) } : {}),
    Bias: [[full(out.bias)]],
    ...(isLinear ? {} : { Sum: [[full(isComplete ? out.z : soFar)]] }),
    Result: [[isComplete ? full(out.y) : isLinear ? full(soFar) : NOT_YET]],
  };
}

/** The whole page stands at this moment: words, sum, close-up, and Y as far as it is written. */
export async function expectMoment(page: Page, truth: Truth, moment: Moment): Promise<void> {
  const { geometry: g, answer, layer } = truth;
  const { step, slot } = moment;
  const cell: CellRef =
    slot === undefined
      ? { tensor: "Y", index: step }
      : { tensor: "T", index: step * g.window + slot };
  const product = slot === undefined ? "" : `, product ${slot + 1} of ${g.window}`;
  await eventually(() => said(page), {
    heading: `Step ${step + 1} of ${answer.y.data.length}${product}`,
    caption: sentence(truth, cell),
    spoken: sentence(truth, cell),
    sum: expect.stringContaining(ending(sumOf(g, layer, step), slot)),
    plates: platesOf(truth, moment),
  });
}

/** The page speaks of this cell, and its close-up shows the output that belongs to it. */
export async function expectCell(
  page: Page,
  truth: Truth,
  cell: CellRef,
  moment: Moment,
): Promise<void> {
  const { geometry: g, layer } = truth;
  const output = moment.output ?? moment.step;
  await eventually(() => said(page), {
    heading: expect.stringContaining(nameOf(g, cell)),
    caption: sentence(truth, cell),
    spoken: sentence(truth, cell),
    sum: expect.stringContaining(ending(sumOf(g, layer, output), moment.slot)),
    plates: platesOf(truth, moment),
  });
}

/** How the written sum ends: with what it comes to, or with what it is so far. */
function ending(out: Sum, slot = out.terms.length - 1): string {
  return slot < out.terms.length - 1
    ? `= ${full(partialSums(out)[slot]!)} so far`
    : `= ${full(out.z)}`;
}

/** A point of the page. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The middle of a cell in the page; also where the page spells out only some cells of a large plate. */
export async function middleOf(
  page: Page,
  name: string,
  row: number,
  column: number,
): Promise<Point> {
  return grid(page, name).evaluate(
    (element, { row, column }) => {
      const { left, top, width, height } = element.getBoundingClientRect();
      const across = width / Number(element.getAttribute("aria-colcount"));
      const down = height / Number(element.getAttribute("aria-rowcount"));
      return { x: left + (column + 0.5) * across, y: top + (row + 0.5) * down };
    },
    { row, column },
  );
}

/** Moves the mouse onto a cell. */
export async function hover(page: Page, name: string, row: number, column: number): Promise<void> {
  const { x, y } = await middleOf(page, name, row, column);
  await page.mouse.move(x, y);
}

/** Moves the mouse to where the picture has no cell. */
export async function hoverNothing(page: Page): Promise<void> {
  const box = (await page.getByRole("main").boundingBox())!;
  await page.mouse.move(box.x + box.width - 4, box.y + box.height - 4);
}

/** The colours of the plates that are not neutral, by the names of the plates; any other is `plain`. */
const ROLES: readonly (readonly [RegExp, string])[] = [
  [/^(X|Window.*)$/, "--x"],
  [/^(W|Kernel.*|Bias)$/, "--w"],
  [/^(Y|Result)$/, "--y"],
];

/**
 * The cells of a plate with a ring of light, as `row column`. The ring is painted, so its pixels are looked at: the
 * middle of each of its four sides. Frames may hide some of them; that of the output has the colour of Y itself.
 */
export async function litCells(page: Page, name: string): Promise<string[]> {
  const role = ROLES.find(([pattern]) => pattern.test(name))?.[1] ?? "--plain";
  const fewest = role === "--y" ? 2 : 1;
  return grid(page, name).evaluate(
    (element, { role, fewest }) => {
      const canvas = element
        .closest("main")
        ?.querySelector<HTMLCanvasElement>("canvas:last-of-type");
      if (!canvas) throw new Error("there is no canvas");
      const style = getComputedStyle(element);
      const colour = (property: string): number[] => {
        const context = new OffscreenCanvas(1, 1).getContext("2d")!;
        context.fillStyle = style.getPropertyValue(property);
        context.fillRect(0, 0, 1, 1);
        return [...context.getImageData(0, 0, 1, 1).data];
      };
      const light = colour(role);
      const paper = colour("--paper");
      const distance = (a: ArrayLike<number>, b: ArrayLike<number>) =>
        Math.hypot(a[0]! - b[0]!, a[1]! - b[1]!, a[2]! - b[2]!);
      const near = 0.6 * distance(paper, light);

      const ratio = canvas.width / canvas.getBoundingClientRect().width;
      if (ratio !== 1) throw new Error("pixels are looked up at one to a CSS pixel");
      const box = element.getBoundingClientRect();
      const { left, top } = canvas.getBoundingClientRect();
      const seen = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
      const isLight = (x: number, y: number) => {
        const at = 4 * (y * seen.width + x);
        return seen.data[at + 3]! >= 250 && distance(seen.data.subarray(at), light) < near;
      };

      const rows = Number(element.getAttribute("aria-rowcount"));
      const columns = Number(element.getAttribute("aria-colcount"));
      const side = box.width / columns;
      const lit: string[] = [];
      for (let row = 0; row < rows; row++)
        for (let column = 0; column < columns; column++) {
          const x = box.left - left + column * side;
          const y = box.top - top + row * side;
          // the innermost pixel that a ring of two pixels covers wholly
          const [near, far] = [
            (v: number) => Math.floor(v + 2) - 1,
            (v: number) => Math.ceil(v - 3),
          ];
          const middle = (v: number) => Math.round(v + side / 2);
          const sides = [
            [near(x), middle(y)],
            [far(x + side), middle(y)],
            [middle(x), near(y)],
            [middle(x), far(y + side)],
          ] as const;
          if (sides.filter(([px, py]) => isLight(px, py)).length >= fewest)
            lit.push(`${row} ${column}`);
        }
      return lit;
    },
    { role, fewest },
  );
}

export async function isLit(
  page: Page,
  name: string,
  row: number,
  column: number,
): Promise<boolean> {
  return (await litCells(page, name)).includes(`${row} ${column}`);
}

/** A rectangle of cells. */
export interface Cells {
  readonly row: number;
  readonly column: number;
  readonly rows: number;
  readonly columns: number;
}

/** Whether a frame in the colour of W (on X) or Y (on Y) stands around these cells. */
export async function isFramed(page: Page, name: "X" | "Y", cells: Cells): Promise<boolean> {
  return grid(page, name).evaluate(
    (element, { cells, role }) => {
      const canvas = element
        .closest("main")
        ?.querySelector<HTMLCanvasElement>("canvas:last-of-type");
      if (!canvas) throw new Error("there is no canvas");
      const context = new OffscreenCanvas(1, 1).getContext("2d")!;
      context.fillStyle = getComputedStyle(element).getPropertyValue(role);
      context.fillRect(0, 0, 1, 1);
      const colour = context.getImageData(0, 0, 1, 1).data;
      const box = element.getBoundingClientRect();
      const canvasBox = canvas.getBoundingClientRect();
      const side = box.width / Number(element.getAttribute("aria-colcount"));
      const left = box.left - canvasBox.left + cells.column * side;
      const top = box.top - canvasBox.top + cells.row * side;
      const right = left + cells.columns * side;
      const bottom = top + cells.rows * side;
      const isFrame = (x: number, y: number) => {
        const pixel = canvas.getContext("2d")!.getImageData(x, y, 1, 1).data;
        return [0, 1, 2, 3].every((i) => Math.abs(pixel[i]! - colour[i]!) <= 2);
      };
      // a frame of three pixels, around a line one pixel outside at the left and the top
      const before = (v: number) => Math.ceil(v - 2.5);
      const after = (v: number) => Math.ceil(v - 1.5);
      const across = Math.round((left + right) / 2);
      const down = Math.round((top + bottom) / 2);
      return (
        isFrame(before(left), down) &&
        isFrame(after(right), down) &&
        isFrame(across, before(top)) &&
        isFrame(across, after(bottom))
      );
    },
    { cells, role: name === "X" ? "--w" : "--y" },
  );
}

/** The cells of X that the window of an output spans. */
export function windowOf({ geometry: g, layer }: Truth, y: number): Cells {
  const places = sumOf(g, layer, y).terms.map(({ p }) => unravel(g.shapes.P, p));
  const [row, column] = [places[0]![2]!, places[0]![3]!];
  const end = places.at(-1)!;
  return { row, column, rows: end[2]! - row + 1, columns: end[3]! - column + 1 };
}

/** The cells of X (in its ring), W or Y that the engine lights for a cell, as `row column`, in one plane. */
export function relativesIn(
  { geometry: g }: Truth,
  ref: CellRef,
  tensor: "P" | "W" | "Y",
  plane = 0,
): string[] {
  const isRelative = relativesOf(g, ref)(tensor);
  const [, , rows, columns] = g.shapes[tensor] as [number, number, number, number];
  return Array.from({ length: rows * columns }, (_, i) => i)
    .filter((i) => isRelative?.(plane * rows * columns + i))
    .map((i) => `${Math.floor(i / columns)} ${i % columns}`);
}
