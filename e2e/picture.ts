import type { Page } from "@playwright/test";
import {
  backward,
  type CellRef,
  full,
  type Geometry,
  IMAGES,
  indicesAt,
  nameOfWord,
  narrateCell,
  plain,
  ravel,
  relativesOf,
  rowOfOutput,
  sizeOf,
  TENSORS,
  tapsOf,
  unravel,
  valueAt,
} from "#engine";
import { CROWD, RINGS_FROM } from "../app/draw/light.ts";
import { fillOf, type Palette, paletteFrom, type Rgb } from "../app/draw/palette.ts";
import { type Plate, refAt, type Scene } from "../app/draw/scene.ts";
import { focusOf } from "../app/lenses/focus.ts";
import type { Frame, Lens, Room } from "../app/lenses/lens.ts";
import { captionOf } from "../app/panels/caption.ts";
import { type Truth, truthOfLink } from "./support.ts";

// What a lens should be seen to show: its scene says which cell stands where, the engine which number that is and what
// belongs to it, and the page is asked for its words, its grids and its pixels.

/** A lens, opened, on a document: all that is needed to say what the page should show at any step. */
export interface Sight {
  readonly name: string;
  readonly lens: Lens;
  readonly truth: Truth;
  readonly steps: number;
  readonly tone: "ink" | "light";
}

export async function sightOf(name: string, lens: Lens, link: string): Promise<Sight> {
  const { document, layer, geometry, answer } = await truthOfLink(link);
  const back = backward(layer, answer, document.upstream, document.training);
  const { word } = document.input;
  const image = word === null ? null : nameOfWord(word);
  return {
    name,
    lens,
    truth: { document, layer, geometry, answer: { ...answer, back } },
    steps: sizeOf(lens.walk(geometry)),
    tone: image === null ? "ink" : IMAGES[image as keyof typeof IMAGES].tone,
  };
}

export function frameAt({ truth, tone }: Sight, step: number, pointed: CellRef | null): Frame {
  const { geometry, layer, answer } = truth;
  const view = { channel: 0, zoom: 1, scope: "plate", tone, options: {} } as const;
  return { geometry, layer, answer, step, slot: null, pointed, view };
}

/** What is seen at one moment. */
export interface View {
  readonly sight: Sight;
  readonly frame: Frame;
  readonly scene: Scene;
  readonly seen: Seen;
}

/** The part of the scene that can be seen. */
interface Seen extends Room {
  readonly left: number;
  readonly top: number;
}

/** A cell of a plate. */
export interface Spot {
  readonly plate: Plate;
  readonly row: number;
  readonly column: number;
}

/** A choice that is the same at every run. */
export type Choose = (count: number) => number;

export function chooser(seed: number): Choose {
  let state = seed + 1;
  return (count) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * count);
  };
}

/** A corner and some other cells of every plate that can be seen. */
export function spotsOf({ scene, seen }: View, choose: Choose, count = 4): Spot[] {
  return scene.plates.flatMap((plate) => {
    const corner = { plate, row: 0, column: 0 };
    const others = Array.from({ length: count }, () => ({
      plate,
      row: choose(plate.rows),
      column: choose(plate.columns),
    }));
    return [corner, ...others].filter((spot) => isInSight(spot, seen) && !isUnderLine(spot));
  });
}

/** Whether most of a cell is covered by the line around the image: cells of a few pixels along it are. */
function isUnderLine({ plate, row, column }: Spot): boolean {
  const { inside, cell } = plate;
  if (!inside || cell >= 6) return false;
  const near = (at: number, first: number, count: number) =>
    Math.abs(at + 0.5 - first) < 1 || Math.abs(at + 0.5 - first - count) < 1;
  return near(row, inside.row, inside.rows) || near(column, inside.column, inside.columns);
}

/** Whether all of a cell can be seen. */
export function isInSight({ plate, row, column }: Spot, seen: Seen): boolean {
  const x = plate.x + column * plate.cell - seen.left;
  const y = plate.y + row * plate.cell - seen.top;
  return x >= 0 && y >= 0 && x + plate.cell <= seen.width && y + plate.cell <= seen.height;
}

/** The middle of a cell, counted from the corner of what is seen. */
export function middleIn({ plate, row, column }: Spot, seen: Seen): { x: number; y: number } {
  return {
    x: plate.x + (column + 0.5) * plate.cell - seen.left,
    y: plate.y + (row + 0.5) * plate.cell - seen.top,
  };
}

const nameOfSpot = ({ plate, row, column }: Spot) => `${plate.name} (${row}, ${column})`;

// ——— what the engine says

/** Plates that are summed up step by step: how far an output has to be gone to have sent its part back. */
const GROWING: Readonly<Record<string, (g: Geometry, y: number) => number>> = {
  scatter: (_g, y) => y,
  col2im: (g, y) => rowOfOutput(g, y),
};

/** The vectors that the index arrays are sums of: of a cell of a window, or of an output's place; by their plates. */
const VECTORS: Readonly<Record<string, (g: Geometry, index: number) => number>> = {
  i0: (g, index) => indicesAt(g, index).i0,
  j0: (g, index) => indicesAt(g, index).j0,
  i1: (g, y) => indicesAt(g, rowOfOutput(g, y) * g.shapes.R[1]!).i1,
  j1: (g, y) => indicesAt(g, rowOfOutput(g, y) * g.shapes.R[1]!).j1,
};

/** The number that should stand in a cell when it is written at all; null where it is no tensor's. */
function numberAt({ sight, frame }: View, spot: Spot): number | null {
  const { geometry: g, layer, answer } = sight.truth;
  const { plate, row, column } = spot;
  const ref = refAt(plate, row, column);
  if (!ref) return null;
  const vector = sight.name === "indices" ? VECTORS[plate.name] : undefined;
  if (vector) return vector(g, ref.index);
  const timeOf = GROWING[sight.name];
  if (!timeOf || (ref.tensor !== "DP" && ref.tensor !== "DX"))
    return valueAt(g, layer, answer, ref);
  const end = frame.step + (plate.name.startsWith("Before") ? 0 : 1);
  return tapsOf(g, ref.tensor === "DP" ? "P" : "X", ref.index)
    .filter(({ y }) => timeOf(g, y) < end)
    .reduce((sum, { y, w }) => sum + answer.back!.delta.data[y]! * layer.w.data[w]!, 0);
}

/** Whether a text is how the page writes a number; the last digit may be off where sums are added in another order. */
function spells(text: string, value: number): boolean {
  if (text === full(value)) return true;
  const read = Number(text.replace("−", "-"));
  return (
    Math.abs(read - value) <= 1.01e-4 * Math.max(1, Math.abs(value)) && !Number.isInteger(value)
  );
}

/** What the page should say of a cell that is pointed at: its own words, and in them the engine's. */
export function spokenOf(view: View, spot: Spot): { text: string; contains: string } {
  const { sight, frame } = view;
  const { geometry, layer, answer } = sight.truth;
  const ref = refAt(spot.plate, spot.row, spot.column)!;
  const text = plain(captionOf(sight.lens, { ...frame, pointed: ref }));
  const isGrowing = sight.name in GROWING && (ref.tensor === "DP" || ref.tensor === "DX");
  const soFar = isGrowing && frame.step < sight.steps - 1 && /so far|yet/.test(text);
  return { text, contains: soFar ? "" : plain(narrateCell(geometry, layer, answer, ref)) };
}

/** The cells of a plate that belong to a cell, by row · columns + column. */
export function relativesOn(g: Geometry, ref: CellRef, plate: Plate): Set<number> {
  const isRelative = relativesOf(g, ref)(plate.tensor);
  const found = new Set<number>();
  if (isRelative)
    for (let row = 0; row < plate.rows; row++)
      for (let column = 0; column < plate.columns; column++) {
        const index = plate.indexAt(row, column);
        if (index >= 0 && isRelative(index)) found.add(row * plate.columns + column);
      }
  return found;
}

// ——— the frames of a step

/** The cells of a plate that marks stand around, by row · columns + column; none where no mark stands on it. */
function framed({ marks }: Scene, plate: Plate): Set<number> {
  const { x, y, cell, rows, columns } = plate;
  const cells = new Set<number>();
  for (const mark of marks) {
    const row = Math.round((mark.y - y) / cell);
    const column = Math.round((mark.x - x) / cell);
    const bottom = Math.round((mark.y + mark.height - y) / cell);
    const right = Math.round((mark.x + mark.width - x) / cell);
    if (row < 0 || column < 0 || bottom > rows || right > columns) continue;
    for (let r = row; r < bottom; r++)
      for (let c = column; c < right; c++) cells.add(r * columns + c);
  }
  return cells;
}

/** The rectangle around some cells, as one text. */
function around(cells: ReadonlySet<number>, columns: number): string {
  const rows = [...cells].map((i) => Math.floor(i / columns));
  const across = [...cells].map((i) => i % columns);
  return [Math.min(...rows), Math.min(...across), Math.max(...rows), Math.max(...across)].join();
}

/** Frames of a step that do not stand around the cells that share a tap with what the step is about. */
export function misframed({ sight, frame, scene }: View): string[] {
  const g = sight.truth.geometry;
  const focus = focusOf(sight.lens, frame);
  if (!focus) return [];
  return scene.plates.flatMap((plate) => {
    const marked = framed(scene, plate);
    if (marked.size === 0) return [];
    const own = relativesOn(g, focus, plate);
    const alike = [own, ...allFilters(g, focus).map((refs) => union(g, refs, plate))];
    const is = around(marked, plate.columns);
    const isAround = alike.some((cells) => cells.size > 0 && around(cells, plate.columns) === is);
    if (isAround || isPart(plate, marked, own) || spansZeros(plate, marked, own)) return [];
    return [
      `step ${frame.step}: the frame on ${plate.name} is around ${is}, the taps ${around(own, plate.columns)}`,
    ];
  });
}

/** A row of im2col belongs to the outputs of all filters at its place. */
function allFilters(g: Geometry, { tensor, index }: CellRef): CellRef[][] {
  if (TENSORS[tensor].kind !== "Y") return [];
  const [n, , oh, ow] = unravel(g.shapes.Y, index) as [number, number, number, number];
  const of = (f: number): CellRef => ({ tensor, index: ravel(g.shapes.Y, [n, f, oh, ow]) });
  return [Array.from({ length: g.spec.F }, (_, f) => of(f))];
}

function union(g: Geometry, refs: readonly CellRef[], plate: Plate): Set<number> {
  return new Set(refs.flatMap((ref) => [...relativesOn(g, ref, plate)]));
}

/** Of a batch, or of memory around a window, a frame may hold one sample or one run. */
function isPart(plate: Plate, marked: ReadonlySet<number>, own: ReadonlySet<number>): boolean {
  return /sample|part|^δ$/.test(plate.name) && [...marked].every((cell) => own.has(cell));
}

/** A window on the dilated δ: its taps, and between and around them zeros that are no one's. */
function spansZeros(plate: Plate, marked: ReadonlySet<number>, own: ReadonlySet<number>): boolean {
  const isZero = (cell: number) =>
    plate.indexAt(Math.floor(cell / plate.columns), cell % plate.columns) < 0;
  return (
    [...own].every((cell) => marked.has(cell)) &&
    [...marked].every((cell) => own.has(cell) || isZero(cell))
  );
}

// ——— what the page shows

/** What a look at the page brings back. */
export interface Look {
  readonly seen: Seen;
  readonly heading: string;
  readonly spoken: string;
  /** Of each spot: its text in the grid, where it is spelled out. */
  readonly texts: readonly (string | null)[];
  /** Of each spot: how much of its fill has the colour asked for. */
  readonly shares: readonly number[];
  /** Where each grid stands: “name left top width height”. */
  readonly grids: readonly string[];
  /** Pixels of the picture where nothing should be, a few of them. */
  readonly stray: readonly string[];
  /** Of each probe of the upper canvas: whether it has a colour that is looked for. */
  readonly probes: readonly boolean[];
}

/** A pixel of the upper canvas, and the colour it may have. */
export interface Probe {
  readonly x: number;
  readonly y: number;
  readonly colour: Rgb;
  /** How solid: a ring is wholly there, a tint half of it or less. */
  readonly solid: boolean;
  /** How far around it may be found. */
  readonly reach: number;
}

interface Question {
  readonly spots: readonly { plate: string; at: string; box: number[]; fill: Rgb | null }[];
  readonly rooms: readonly number[][];
  readonly words: readonly { text: string; font: string; x: number; y: number; align: string }[];
  readonly probes: readonly Probe[];
}

const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif";

/** Where something may be painted besides the words: plates with their outlines, arrows, legends. */
function roomsOf({ plates, notes }: Scene): number[][] {
  return [
    ...plates.map(({ x, y, columns, rows, cell }) => [
      x - 4,
      y - 4,
      columns * cell + 8,
      rows * cell + 8,
    ]),
    ...notes.flatMap((note) =>
      note.kind === "arrow"
        ? [[note.x - 1, note.y - 6, note.length + 3, 12]]
        : note.kind === "legend"
          ? [[note.x - 1, note.y - 9, note.width + 110, 18]]
          : [],
    ),
  ];
}

function wordsOf({ plates, notes }: Scene): Question["words"][number][] {
  return [
    ...plates.flatMap(({ title, subtitle, x, y }) => [
      { text: title, font: `600 17px ${FONT}`, x, y: y - (subtitle ? 33 : 16), align: "left" },
      { text: subtitle, font: `12.5px ${FONT}`, x, y: y - 14, align: "left" },
    ]),
    ...notes.flatMap((note) =>
      note.kind === "words"
        ? [
            {
              text: note.text,
              font: `${note.weight === "bold" ? "600 " : ""}${note.size}px ${FONT}`,
              x: note.x,
              y: note.y,
              align: note.align,
            },
          ]
        : [],
    ),
  ].filter(({ text }) => text !== "");
}

/** The colour a cell's fill should have; null: nothing, only its outline. */
function fillFor(palette: Palette, { plate, row, column }: Spot, value: number | null): Rgb | null {
  if (value === null) return plate.cell < 6 ? palette.empty : null;
  const own = fillOf(palette, plate.scale, value);
  const { ring, unread } = plate.textureAt(row, column);
  const between = (a: Rgb, b: Rgb) => [0, 1, 2].map((i) => (a[i]! + b[i]!) >> 1) as unknown as Rgb;
  const tone = ring === "zero" ? palette.ring : ring === "copy" ? between(own, palette.ring) : own;
  return unread && plate.cell < 16 ? between(tone, palette.hatch) : tone;
}

export async function paletteIn(page: Page): Promise<Palette> {
  const styles = await page.evaluate(() => {
    const style = getComputedStyle(document.querySelector(".figure-stage")!);
    const names = [...document.styleSheets]
      .flatMap((sheet) => [...sheet.cssRules])
      .flatMap((rule) => (rule instanceof CSSStyleRule ? [...rule.style] : []));
    return Object.fromEntries(
      names.filter((n) => n.startsWith("--")).map((n) => [n, style.getPropertyValue(n)]),
    );
  });
  return paletteFrom((property) => styles[property] ?? "");
}

/** Looks at the page once it has painted all that it knows; the lower canvas only where there are spots. */
export async function look(
  page: Page,
  view: View,
  palette: Palette,
  spots: readonly Spot[],
  probes: readonly Probe[] = [],
): Promise<Look> {
  const question: Question = {
    spots: spots.map((spot) => {
      const { plate, row, column } = spot;
      const written = plate.valueAt(row, column) !== null;
      const value = numberAt(view, spot) ?? plate.valueAt(row, column);
      return {
        plate: plate.name,
        at: `${row} ${column}`,
        box: [plate.x + column * plate.cell, plate.y + row * plate.cell, plate.cell],
        fill: fillFor(palette, spot, written ? value : null),
      };
    }),
    rooms: roomsOf(view.scene),
    words: wordsOf(view.scene),
    probes,
  };
  return page.evaluate(async ({ spots, rooms, words, probes }) => {
    await new Promise(requestAnimationFrame); // what was asked for before is painted
    const host = document.querySelector<HTMLElement>(".figure-stage")!;
    const { scrollLeft: left, scrollTop: top, clientWidth: width, clientHeight: height } = host;
    const [plates, moving] = [...host.querySelectorAll("canvas")] as [
      HTMLCanvasElement,
      HTMLCanvasElement,
    ];
    if (plates.width !== width) throw new Error("pixels are looked up at one to a CSS pixel");
    const context = plates.getContext("2d")!;
    // to read pixels takes its time: only where any are asked for
    const [across, down] = spots.length > 0 ? [plates.width, plates.height] : [1, 1];
    const base = context.getImageData(0, 0, across, down);
    const grids = new Map(
      [...host.querySelectorAll<HTMLElement>('[role="grid"]')].map((g) => [g.ariaLabel ?? "", g]),
    );

    const isFill = (x: number, y: number, fill: readonly number[] | null) => {
      const at = 4 * (y * base.width + x);
      if (fill === null) return base.data[at + 3] === 0;
      return (
        base.data[at + 3] === 255 &&
        [0, 1, 2].every((i) => Math.abs(base.data[at + i]! - fill[i]!) <= 2)
      );
    };
    const share = ([x = 0, y = 0, side = 0]: readonly number[], fill: readonly number[] | null) => {
      const [l, t] = [x - left, y - top];
      if (side < 4) return isFill(Math.floor(l + side / 2), Math.floor(t + side / 2), fill) ? 1 : 0;
      let found = 0;
      let all = 0;
      for (let py = Math.ceil(t) + 1; py < Math.floor(t + side) - 1; py++)
        for (let px = Math.ceil(l) + 1; px < Math.floor(l + side) - 1; px++) {
          all++;
          if (isFill(px, py, fill)) found++;
        }
      return found / all;
    };

    const allowed = new Uint8Array(base.width * base.height);
    const allow = (x: number, y: number, w: number, h: number) => {
      const from = Math.max(0, Math.floor(x - left));
      const to = Math.min(base.width, Math.ceil(x - left + w));
      for (let py = Math.max(0, Math.floor(y - top)); py < Math.min(base.height, y - top + h); py++)
        allowed.fill(1, py * base.width + from, py * base.width + Math.max(from, to));
    };
    for (const [x = 0, y = 0, w = 0, h = 0] of rooms) allow(x, y, w, h);
    context.save();
    for (const { text, font, x, y, align } of words) {
      context.font = font;
      const w = context.measureText(text).width;
      allow(align === "center" ? x - w / 2 - 2 : x - 2, y - 12, w + 4, 24);
    }
    context.restore();
    const stray: string[] = [];
    for (let i = 0; spots.length > 0 && i < allowed.length && stray.length < 5; i++)
      if (!allowed[i] && base.data[4 * i + 3])
        stray.push(`${i % base.width}, ${Math.floor(i / base.width)}`);

    const over = probes.length
      ? moving.getContext("2d")!.getImageData(0, 0, moving.width, moving.height)
      : null;
    const has = ({ x, y, colour, solid, reach }: (typeof probes)[number]) => {
      for (let dy = -reach; dy <= reach; dy++)
        for (let dx = -reach; dx <= reach; dx++) {
          const [px, py] = [Math.floor(x - left) + dx, Math.floor(y - top) + dy];
          if (px < 0 || py < 0 || px >= over!.width || py >= over!.height) continue;
          const at = 4 * (py * over!.width + px);
          const alpha = over!.data[at + 3]!;
          if (solid ? alpha < 250 : alpha < 50 || alpha > 160) continue;
          const far = Math.hypot(...colour.map((c, i) => over!.data[at + i]! - c));
          if (far < 40) return true;
        }
      return false;
    };
    const step = document.querySelector('[aria-label="This step"]');
    return {
      seen: { left, top, width, height },
      heading: step?.querySelector("h2")?.textContent ?? "",
      spoken: step?.querySelector('[role="status"]')?.textContent ?? "",
      texts: spots.map(
        ({ plate, at }) =>
          grids.get(plate)?.querySelector(`[data-at="${at}"]`)?.textContent ?? null,
      ),
      shares: spots.map(({ box, fill }) => share(box, fill)),
      grids: [...grids].map(([name, { style }]) =>
        [name, style.left, style.top, style.width, style.height].join(" "),
      ),
      stray,
      probes: probes.map(has),
    };
  }, question);
}

/** Where the page's picture stands at this moment. */
export function roomIn(page: Page): Promise<Seen> {
  return page.evaluate(() => {
    const host = document.querySelector<HTMLElement>(".figure-stage")!;
    const { scrollLeft: left, scrollTop: top, clientWidth: width, clientHeight: height } = host;
    return { left, top, width, height };
  });
}

export function viewOf(sight: Sight, step: number, pointed: CellRef | null, seen: Seen): View {
  const frame = frameAt(sight, step, pointed);
  const { width, height } = seen;
  return { sight, frame, seen, scene: sight.lens.layout(frame, { width, height }) };
}

/** A share of a cell that its number, a fold or hatching leaves free. */
const FREE = 0.2;

/** Cells that are ellipses, and never numbers. */
const isEllipsis = ({ plate }: Spot) => plate.name.startsWith("Memory around");

/** What is wrong with the room that the picture was thought to have. */
export function wrongRoom({ seen }: View, found: Look): string[] {
  const [was, is] = [seen, found.seen].map((room) => JSON.stringify(room));
  return was === is ? [] : [`the room is not ${was} but ${is}`];
}

/** What is wrong with what stands in the cells: their texts, and their colours. */
export function wrongCells(view: View, spots: readonly Spot[], seen: Look): string[] {
  const { sight, frame, scene } = view;
  const isLast = frame.step === sight.steps - 1;
  const px = (n: number) => `${n}px`;
  const places = scene.plates.map(({ name, x, y, columns, rows, cell }) =>
    [name, px(x), px(y), px(columns * cell), px(rows * cell)].join(" "),
  );
  return [
    ...(places.length === seen.grids.length ? [] : [`grids: ${seen.grids}, plates: ${places}`]),
    ...spots.flatMap((spot, i) => {
      const at = `step ${frame.step}, ${nameOfSpot(spot)}`;
      const text = seen.texts[i];
      const value = numberAt(view, spot);
      const faults: string[] = [];
      if (text === "–" && isLast && !isEllipsis(spot)) faults.push(`${at} is never written`);
      if (text && text !== "–" && value !== null && !spells(text, value))
        faults.push(`${at} says ${text}, the engine ${full(value)}`);
      if (seen.shares[i]! < FREE) faults.push(`${at} has not the colour of its number`);
      return faults;
    }),
    ...seen.stray.map((place) => `step ${frame.step}: something is painted at ${place}`),
  ];
}

// ——— light

/** Whether cells that are lit are tinted here, and have no rings: they are too small for them, or too many. */
function isTinted({ plate }: Spot, lit: ReadonlySet<number>, seen: Seen): boolean {
  if (plate.cell < RINGS_FROM) return true;
  const { x, y, cell, columns } = plate;
  const isSeen = (at: number, from: number, room: number) => at + cell > from && at < from + room;
  const inSight = [...lit].filter(
    (i) =>
      isSeen(x + (i % columns) * cell, seen.left, seen.width) &&
      isSeen(y + Math.floor(i / columns) * cell, seen.top, seen.height),
  );
  return inSight.length > CROWD;
}

const RADIUS = { x: 130, y: 160 };

/** Places of the upper canvas at which the ring or tint of a cell can be told, clear of frames, curves and loupe. */
export function lightProbes(
  view: View,
  palette: Palette,
  pointed: Spot,
  spot: Spot,
  lit: ReadonlySet<number>,
): Probe[] {
  const { scene, seen } = view;
  const { plate, row, column } = spot;
  const side = plate.cell;
  const x = plate.x + column * side;
  const y = plate.y + row * side;
  const near = (v: number) => Math.floor(v + 2) - 0.5;
  const far = (v: number) => Math.ceil(v - 3) + 0.5;
  const tinted = isTinted(spot, lit, seen);
  const places = tinted
    ? [[x + side / 2, y + side / 2]]
    : [
        [near(x), y + side / 2],
        [far(x + side), y + side / 2],
        [x + side / 2, near(y)],
        [x + side / 2, far(y + side)],
      ];
  const colour = rgbOf(palette.roles[plate.role]);
  const at = middleIn(pointed, { ...seen, left: 0, top: 0 });
  const hasLoupe = pointed.plate.cell < 20;
  const clear = ([px = 0, py = 0]: readonly number[]) =>
    !(hasLoupe && Math.abs(px - at.x) < RADIUS.x && Math.abs(py - at.y) < RADIUS.y) &&
    scene.marks.every((mark) => !isOnEdge(mark, px, py)) &&
    scene.curves.every(
      ({ from, to, around: corners = [] }) => !isNearBox([from, to, ...corners], px, py),
    );
  return places
    .filter(clear)
    .map(([px = 0, py = 0]) => ({ x: px, y: py, colour, solid: !tinted, reach: 0 }));
}

const EDGE = 6;

function isOnEdge({ x, y, width, height }: Scene["marks"][number], px: number, py: number) {
  const inside = (grow: number) =>
    px > x - grow && py > y - grow && px < x + width + grow && py < y + height + grow;
  return inside(EDGE) && !inside(-EDGE);
}

function isNearBox(points: readonly (readonly [number, number])[], px: number, py: number) {
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  return (
    px > Math.min(...xs) - 3 &&
    px < Math.max(...xs) + 3 &&
    py > Math.min(...ys) - 3 &&
    py < Math.max(...ys) + 3
  );
}

function rgbOf(hex: string): Rgb {
  return [1, 3, 5].map((i) => Number.parseInt(hex.slice(i, i + 2), 16)) as unknown as Rgb;
}

/** Places at which each frame of a step is seen, at the middles of its four sides. */
export function frameProbes({ scene, seen }: View, palette: Palette): Probe[] {
  return scene.marks.flatMap(({ x, y, width, height, role }) =>
    [
      [x - 0.5, y + height / 2],
      [x + width - 0.5, y + height / 2],
      [x + width / 2, y - 0.5],
      [x + width / 2, y + height - 0.5],
    ].flatMap(([px = 0, py = 0]) => {
      const inSight =
        px > seen.left + 3 &&
        py > seen.top + 3 &&
        px < seen.left + seen.width - 3 &&
        py < seen.top + seen.height - 3;
      // where another frame lies over this one, its colour is seen
      const isCovered = scene.marks.some((mark) => mark.role !== role && isOnEdge(mark, px, py));
      const colour = rgbOf(palette.roles[role]);
      return inSight && !isCovered ? [{ x: px, y: py, colour, solid: true, reach: 2 }] : [];
    }),
  );
}
