import { expect, type Page } from "@playwright/test";
import { type CellRef, EXAMPLES, type ExampleName, nameOf, plain } from "#engine";
import type { Palette } from "../app/draw/palette.ts";
import { refAt } from "../app/draw/scene.ts";
import type { LensRow } from "../app/lenses/lens.ts";
import { LENSES } from "../app/lenses/lenses.ts";
import { captionOf } from "../app/panels/caption.ts";
import {
  type Choose,
  chooser,
  frameProbes,
  isInSight,
  type Look,
  lightProbes,
  look,
  middleIn,
  misframed,
  paletteIn,
  relativesOn,
  roomIn,
  type Sight,
  type Spot,
  sightOf,
  spokenOf,
  spotsOf,
  type View,
  viewOf,
  wrongCells,
  wrongRoom,
} from "./picture.ts";
import { documentWords } from "./settings.ts";
import { eventually, open, slider, test } from "./support.ts";

// Every lens over every example: what is said, what stands in the cells, which of them are lit and framed, and what
// colours they have, in both themes, against the engine. Cells are sampled, the same at every run.

// Nothing glides: a picture is there or not. A page kept for every look at it would take longer than the tests.
test.use({
  contextOptions: { reducedMotion: "reduce" },
  trace: { mode: "retain-on-failure", screenshots: false, snapshots: false },
});

const LENS_ROWS = Object.entries<LensRow>(LENSES);
const NAMES = Object.keys(EXAMPLES) as ExampleName[];

/** The words of an example's document, in a lens, at its first step. */
const linkTo = (lens: string, example: ExampleName) =>
  `lens=${lens}&${documentWords(EXAMPLES[example].link)}`;

/** Goes to another link as Back and Forward do: the page stays. */
function goTo(page: Page, link: string): Promise<void> {
  return page.evaluate((search) => {
    history.pushState(null, "", search);
    dispatchEvent(new PopStateEvent("popstate"));
  }, `?${link}`);
}

type Palettes = Readonly<Record<"light" | "dark", Palette>>;

async function palettesOf(page: Page): Promise<Palettes> {
  const of = async (colorScheme: keyof Palettes) => {
    await page.emulateMedia({ colorScheme });
    await expect(page.locator("html")).toHaveAttribute("data-theme", colorScheme);
    return paletteIn(page);
  };
  return { dark: await of("dark"), light: await of("light") };
}

/** What the page says is not what it should say. */
function wrongWords(view: View, { heading, spoken }: Look): string[] {
  const { sight, frame } = view;
  const wanted = {
    heading: `Step ${frame.step + 1} of ${sight.steps}`,
    spoken: plain(captionOf(sight.lens, frame)),
  };
  return JSON.stringify({ heading, spoken }) === JSON.stringify(wanted)
    ? []
    : [`the page says ${heading}: ${spoken}\nand should say ${wanted.heading}: ${wanted.spoken}`];
}

/** A step as a whole: words, numbers, colours, frames. */
async function expectStep(page: Page, sight: Sight, step: number, palette: Palette, seed: number) {
  let room = await roomIn(page);
  await eventually(async () => {
    const view = viewOf(sight, step, null, room);
    const spots = spotsOf(view, chooser(seed));
    const probes = frameProbes(view, palette);
    const seen = await look(page, view, palette, spots, probes);
    room = seen.seen;
    const unframed = seen.probes.filter((has) => !has).length;
    return [
      ...wrongRoom(view, seen),
      ...wrongWords(view, seen),
      ...wrongCells(view, spots, seen),
      ...misframed(view),
      ...(unframed > 0 ? [`step ${step}: ${unframed} sides of frames are not seen`] : []),
    ];
  }, []);
}

interface LitSpot {
  readonly spot: Spot;
  readonly isLit: boolean;
  /** All cells of its plate that are lit. */
  readonly relatives: ReadonlySet<number>;
}

/** A few cells of each plate, and of those that belong to `ref` a few as well. */
function litSpots(view: View, ref: CellRef, choose: Choose): LitSpot[] {
  const g = view.sight.truth.geometry;
  return view.scene.plates.flatMap((plate) => {
    const relatives = relativesOn(g, ref, plate);
    const all = [...relatives];
    const some = all.length > 0 ? [0, 1, 2, 3].map(() => all[choose(all.length)]!) : [];
    const others = [0, 1, 2, 3, 4].map(() => choose(plate.rows * plate.columns));
    return [...new Set([...some, ...others])]
      .map((cell) => ({
        spot: {
          plate,
          row: Math.floor(cell / plate.columns),
          column: cell % plate.columns,
        },
        isLit: relatives.has(cell),
        relatives,
      }))
      .filter(({ spot }) => isInSight(spot, view.seen));
  });
}

/** A cell that is pointed at: what is said of it, and which cells are lit. */
async function expectPointed(
  page: Page,
  sight: Sight,
  step: number,
  spot: Spot,
  palette: Palette,
  seed: number,
) {
  const g = sight.truth.geometry;
  const ref = refAt(spot.plate, spot.row, spot.column)!;
  await eventually(async () => {
    const view = viewOf(sight, step, ref, await roomIn(page));
    const wanted = spokenOf(view, spot);
    const samples = litSpots(view, ref, chooser(seed)).map((sample) => ({
      ...sample,
      probes: lightProbes(view, palette, spot, sample.spot, sample.relatives),
    }));
    const probes = samples.flatMap((sample) => sample.probes);
    const seen = await look(page, view, palette, [], probes);
    let at = 0;
    const wrong = samples.filter(({ isLit, probes: own }) => {
      const lit = seen.probes.slice(at, at + own.length);
      at += own.length;
      return lit.some((is) => is !== isLit);
    });
    const where = `${spot.plate.name} (${spot.row}, ${spot.column}) at step ${step}`;
    return [
      ...(seen.heading.includes(nameOf(g, ref)) ? [] : [`${where} is called ${seen.heading}`]),
      ...(seen.spoken === wanted.text ? [] : [`${where}: ${seen.spoken}\nnot ${wanted.text}`]),
      ...(seen.spoken.includes(wanted.contains) ? [] : [`${where}: not ${wanted.contains}`]),
      ...wrong.map(
        ({ spot: { plate, row, column }, isLit }) =>
          `${where}: ${plate.name} (${row}, ${column}) is ${isLit ? "not " : ""}lit`,
      ),
    ];
  }, []);
}

/** The room of the picture, once two frames in a row leave it as it is. */
async function settledRoom(page: Page) {
  let before = await roomIn(page);
  await eventually(async () => {
    await page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
    );
    const last = before;
    before = await roomIn(page);
    return JSON.stringify(before) === JSON.stringify(last);
  }, true);
  return before;
}

async function point(page: Page, spot: Spot, view: View): Promise<void> {
  const box = (await page.locator(".figure-stage").boundingBox())!;
  const { x, y } = middleIn(spot, view.seen);
  await page.mouse.move(box.x + x, box.y + y);
}

/** A cell to point at, in a plate that has not been pointed at as long as there is one; adds that to `met`. */
function pointedSpot(view: View, met: Set<string>, choose: Choose): Spot | null {
  const spots = spotsOf(view, choose).filter(({ plate, row, column }) => refAt(plate, row, column));
  const fresh = spots.filter(({ plate }) => !met.has(plate.name));
  const any = fresh.length > 0 ? fresh : spots;
  const spot = any[choose(any.length)] ?? null;
  if (spot) met.add(spot.plate.name);
  return spot;
}

for (const [i, [name, row]] of LENS_ROWS.entries())
  test(`${row.label} over every example: words, numbers, light, frames and colours`, async ({
    page,
  }) => {
    test.setTimeout(180_000);
    const lens = await row.load();
    await open(page, linkTo("window", NAMES[0]!));
    const palettes = await palettesOf(page);
    const met = new Set<string>();
    for (const [j, example] of NAMES.entries())
      await test.step(example, async () => {
        const link = linkTo(name, example);
        const sight = await sightOf(name, lens, link);
        const last = sight.steps - 1;
        const seed = 100 * i + j;
        await page.mouse.move(2, 2);
        await goTo(page, link);
        await expectStep(page, sight, 0, palettes.light, seed);
        // by turns the last step and one in the middle, in the other theme
        const step = (i + j) % 2 === 0 ? last : last >> 1;
        await page.emulateMedia({ colorScheme: "dark" });
        await slider(page).fill(String(step + 1));
        await expectStep(page, sight, step, palettes.dark, seed + 1);
        const room = await settledRoom(page);
        const view = viewOf(sight, step, null, room);
        const spot = pointedSpot(view, met, chooser(seed));
        if (spot) {
          await point(page, spot, view);
          await expectPointed(page, sight, step, spot, palettes.dark, seed + 2);
          expect(await settledRoom(page), "nothing moves away under the hand").toEqual(room);
        }
        await page.emulateMedia({ colorScheme: "light" });
      });
  });

// The same without a mouse: one after the other, as the keys and Tab lead through them.

/** Examples of one plane each: no chooser then says which plane a lens shows. */
const BY_KEYBOARD: readonly ExampleName[] = ["opening", "circular", "cropped"];

/** Opens a lens: the first nine by their keys, those behind them in the row of lenses, from their neighbour on. */
async function openByKeyboard(page: Page, i: number, label: string): Promise<void> {
  const radio = page
    .getByRole("group", { name: "Lens" })
    .getByRole("radio", { name: label, exact: true });
  if (i < 9) await page.keyboard.press(String(i + 1));
  else {
    const isInRow = () =>
      page.evaluate(() => !!document.activeElement?.matches('header input[type="radio"]'));
    for (let presses = 0; presses < 150 && !(await isInRow()); presses++)
      await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("ArrowRight");
  }
  await eventually(() => radio.isChecked(), true);
}

/** The cell that has the focus; null: something else has it. */
function focusedCell(page: Page) {
  return page.evaluate(() => {
    const cell = document.activeElement;
    const plate = cell?.closest('main [role="grid"]')?.getAttribute("aria-label");
    const at = cell?.getAttribute("data-at");
    if (!plate || !at) return null;
    const [row, column] = at.split(" ").map(Number) as [number, number];
    return { plate, row, column };
  });
}

/** What an arrow does to a place in a plate, at its edges nothing. */
const ARROWS: Readonly<Record<string, readonly [row: number, column: number]>> = {
  ArrowDown: [1, 0],
  ArrowUp: [-1, 0],
  ArrowRight: [0, 1],
  ArrowLeft: [0, -1],
};

/** The cell in focus is this one: what stands in it, and what is said of it. */
async function expectFocused(page: Page, sight: Sight, at: NonNullable<Focused>, palette: Palette) {
  await eventually(async () => {
    const seen = await roomIn(page);
    const plate = viewOf(sight, 0, null, seen).scene.plates.find(({ name }) => name === at.plate);
    if (!plate) return [`there is no plate ${at.plate}`];
    const ref = refAt(plate, at.row, at.column);
    const view = viewOf(sight, 0, ref, seen);
    const shown = view.scene.plates.find(({ name }) => name === at.plate)!;
    const spot = { ...at, plate: shown };
    const found = await look(page, view, palette, [spot]);
    const cells = wrongCells(view, [spot], { ...found, stray: [], shares: [1] });
    if (!ref) return [...cells, ...wrongWords(view, found)];
    const wanted = spokenOf(view, { ...at, plate });
    const where = `${at.plate} (${at.row}, ${at.column})`;
    return [
      ...((await focusedCell(page))?.plate === at.plate ? [] : [`${where} has not the focus`]),
      ...cells,
      ...(found.heading.includes(nameOf(sight.truth.geometry, ref)) ? [] : [found.heading]),
      ...(found.spoken === wanted.text ? [] : [`${where}: ${found.spoken}\nnot ${wanted.text}`]),
      ...(found.spoken.includes(wanted.contains) ? [] : [`${where}: not ${wanted.contains}`]),
    ];
  }, []);
}

/** Plates of the step that are not there while this cell is in focus: db has no slice of X. */
async function gone(page: Page, sight: Sight, at: NonNullable<Focused>): Promise<string[]> {
  const seen = await roomIn(page);
  const { plates } = viewOf(sight, 0, null, seen).scene;
  const ref = refAt(plates.find(({ name }) => name === at.plate)!, at.row, at.column);
  const now = viewOf(sight, 0, ref, seen).scene.plates.map(({ name }) => name);
  return plates.map(({ name }) => name).filter((name) => !now.includes(name));
}

type Focused = Awaited<ReturnType<typeof focusedCell>>;

/** The same, once its plate is one of the step's: grids follow the picture, and one that goes hands its focus on. */
async function settledCell(page: Page, sight: Sight): Promise<Focused> {
  let at: Focused = null;
  await eventually(async () => {
    at = await focusedCell(page);
    const names = viewOf(sight, 0, null, await roomIn(page)).scene.plates.map(({ name }) => name);
    return at === null || names.includes(at.plate) ? "" : at.plate;
  }, "");
  return at;
}

/** Presses a key until a cell has the focus. */
async function reachPlates(page: Page, key: string): Promise<void> {
  for (let presses = 0; presses < 150; presses++) {
    await page.keyboard.press(key);
    if (await focusedCell(page)) return;
  }
  throw new Error("no plate is reached");
}

for (const example of BY_KEYBOARD)
  test(`by keyboard alone, ${example} in every lens: each plate is reached, each cell speaks`, async ({
    page,
  }) => {
    test.setTimeout(120_000);
    await open(page, linkTo("window", example));
    const palette = await paletteIn(page);
    const choose = chooser(NAMES.indexOf(example));
    for (const [i, [name, row]] of LENS_ROWS.entries())
      await test.step(row.label, async () => {
        const sight = await sightOf(name, await row.load(), linkTo(name, example));
        await openByKeyboard(page, i, row.label);
        // a lens that is being fetched is chosen at once, but the keys are not yet its own
        await eventually(async () => {
          await page.keyboard.press("Home");
          const view = viewOf(sight, 0, null, await roomIn(page));
          return wrongWords(view, await look(page, view, palette, []));
        }, []);
        await expectStep(page, sight, 0, palette, i);
        // there and back: behind the last plate stands the transport, before the first what is over the picture
        const tab = i % 2 === 0 || i >= 9 ? "Tab" : "Shift+Tab";
        await reachPlates(page, tab);
        const reached: string[] = [];
        const missed = new Set<string>();
        for (
          let at = await settledCell(page, sight);
          at !== null;
          at = await settledCell(page, sight)
        ) {
          const { plate: name } = at;
          const { plates } = viewOf(sight, 0, null, await roomIn(page)).scene;
          const { rows, columns } = plates.find((plate) => plate.name === name)!;
          reached.push(at.plate);
          await expectFocused(page, sight, at, palette);
          const key = Object.keys(ARROWS)[choose(4)]!;
          const [down, across] = ARROWS[key]!;
          await page.keyboard.press(key);
          const next = {
            plate: at.plate,
            row: Math.max(0, Math.min(rows - 1, at.row + down)),
            column: Math.max(0, Math.min(columns - 1, at.column + across)),
          };
          await expectFocused(page, sight, next, palette);
          for (const plate of await gone(page, sight, next)) missed.add(plate);
          await page.keyboard.press(tab);
        }
        const { plates } = viewOf(sight, 0, null, await roomIn(page)).scene;
        const names = plates
          .map((plate) => plate.name)
          .filter((plate) => reached.includes(plate) || !missed.has(plate));
        expect(reached).toEqual(tab === "Tab" ? names : names.reverse());
      });
  });
