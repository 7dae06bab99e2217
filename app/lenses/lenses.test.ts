import { describe, expect, test } from "vitest";
import {
  backward,
  checkDocument,
  type Document,
  EXAMPLES,
  forward,
  layerOf,
  plain,
  readAddress,
  setCells,
  setSettings,
  sizeOf,
} from "#engine";
import { hit, type Plate, refAt, type Scene } from "../draw/scene.ts";
import { captionOf } from "../panels/caption.ts";
import {
  type Frame,
  type FrameView,
  LANGUAGES,
  type Lens,
  type LensRow,
  type Room,
} from "./lens.ts";
import { LENSES } from "./lenses.ts";

// What holds for every lens, whatever it shows: its row in the table is enough to be held to it.

const LAPTOP: Room = { width: 860, height: 640 };
const ROOMS: readonly Room[] = [
  LAPTOP,
  { width: 1340, height: 900 },
  { width: 390, height: Number.POSITIVE_INFINITY }, // a phone: as high as it takes
];

const VIEW: FrameView = { channel: 0, zoom: 1, scope: "plate", tone: "ink", options: {} };

/** A view that differs from VIEW in everything. */
const OTHER: FrameView = { channel: 1, zoom: 2, scope: "shared", tone: "light", options: {} };

const OPENED = await Promise.all(
  Object.entries<LensRow>(LENSES).map(async ([name, row]) => ({ name, lens: await row.load() })),
);

const CASES = OPENED.flatMap(({ name, lens }) =>
  Object.entries(EXAMPLES).map(([example, { link }]) => ({ name, example, lens, link })),
);

async function documentOf(link: string): Promise<Document> {
  const words = new URLSearchParams(link);
  for (const word of ["lens", "step"]) words.delete(word); // of the view, which the engine does not know
  const { document, problems } = await readAddress(String(words));
  expect(problems).toEqual([]);
  return document;
}

function frameFor(document: Document): Frame {
  const layer = layerOf(document);
  const geometry = checkDocument(document);
  const answer = forward(layer);
  return {
    geometry,
    layer,
    answer: { ...answer, back: backward(layer, answer, document.upstream, document.training) },
    step: 0,
    slot: null,
    pointed: null,
    view: VIEW,
  };
}

async function frameOf(link: string): Promise<Frame> {
  return frameFor(await documentOf(link));
}

/** The first step, one in the middle and the last: as a whole, and at their first and last product. */
function stepsOf(lens: Lens, frame: Frame): Frame[] {
  const last = sizeOf(lens.walk(frame.geometry)) - 1;
  const slots = lens.slots(frame.geometry);
  return [0, Math.floor(last / 2), last].flatMap((step) =>
    [null, 0, slots - 1].map((slot) => ({ ...frame, step, slot })),
  );
}

/** The same step seen otherwise, and with a cell of each plate pointed at. */
function looksAt(lens: Lens, frame: Frame): Frame[] {
  const pointed = lens.layout(frame, LAPTOP).plates.map((plate) => ({
    ...frame,
    pointed: refAt(plate, plate.rows - 1, plate.columns - 1),
  }));
  return [{ ...frame, view: OTHER }, ...pointed];
}

/** What is wrong with where things stand in a scene; nothing, when all is well. */
function misplaced(scene: Scene): string[] {
  const { width, height, plates, marks, notes, newest } = scene;
  const within = (start: number, length: number, room: number) =>
    start >= 0 && length > 0 && start + length <= room;
  const names = plates.map(({ name }) => name);
  return [
    ...(Number.isFinite(width * height) ? [] : [`the scene is ${width} × ${height}`]),
    ...(plates.length > 0 ? [] : ["there is no plate"]),
    ...(new Set(names).size === names.length ? [] : [`two plates have one name: ${names}`]),
    ...plates
      .filter(
        ({ x, y, cell, rows, columns }) =>
          !within(x, columns * cell, width) || !within(y, rows * cell, height),
      )
      .map(({ name, x, y }) => `${name} at ${x}, ${y} is not inside ${width} × ${height}`),
    ...marks
      .filter((mark) => ![mark.x, mark.y, mark.width, mark.height].every(Number.isFinite))
      .map(({ name }) => `the mark ${name} is nowhere`),
    ...notes
      .filter(({ x, y }) => !Number.isFinite(x + y))
      .map((note) => `a note is nowhere: ${JSON.stringify(note)}`),
    ...(newest === null || names.includes(newest.plate)
      ? []
      : [`the newest cell is in ${newest.plate}`]),
  ];
}

/** Corners and middle are enough: the cells between stand where rows and columns say. */
function spotsOf({ rows, columns }: Plate): [row: number, column: number][] {
  const some = (n: number) => new Set([0, Math.floor(n / 2), n - 1]);
  return [...some(rows)].flatMap((row) =>
    [...some(columns)].map((c): [number, number] => [row, c]),
  );
}

/** Cells that are not found again at their own middle, and cells without a number or a place in their tensor. */
function misread(scene: Scene): string[] {
  return scene.plates.flatMap((plate) =>
    spotsOf(plate).flatMap(([row, column]) => {
      const { name, x, y, cell } = plate;
      const found = hit(scene, x + (column + 0.5) * cell, y + (row + 0.5) * cell);
      const same = found?.plate === plate && found.row === row && found.column === column;
      const value = plate.valueAt(row, column);
      const index = plate.indexAt(row, column);
      return [
        ...(same ? [] : [`${name} ${row} ${column} is read back as ${found?.plate.name}`]),
        ...(value === null || Number.isFinite(value) ? [] : [`${name} ${row} ${column}: ${value}`]),
        // −1: a zero that is only drawn, and no one's cell
        ...(Number.isInteger(index) && index >= -1 ? [] : [`${name} ${row} ${column} at ${index}`]),
      ];
    }),
  );
}

/** Small edits, each of which may change numbers of plates that keep their place. */
const EDITS: readonly ((document: Document) => Document)[] = [
  (document) => setCells(document, "X", [0], document.input.tensor.data[0]! + 5),
  (document) => setCells(document, "W", [0], document.kernel.tensor.data[0]! + 5),
  (document) => setCells(document, "b", [0], document.bias.data[0]! + 5),
  (document) => setSettings(document, { flip: !document.settings.flip }),
  (document) => setSettings(document, { padMode: "replicate" }),
  (document) => setSettings(document, { padMode: "zeros" }),
  (document) => setSettings(document, { activation: { name: "tanh", alpha: 0 } }),
];

/** All that a plate shows, as one text. */
function contentOf({ rows, columns, valueAt, textureAt }: Plate): string {
  const cells = Array.from({ length: rows * columns }, (_, i) => {
    const [row, column] = [Math.floor(i / columns), i % columns];
    return `${valueAt(row, column)} ${JSON.stringify(textureAt(row, column))}`;
  });
  return `${rows} × ${columns}: ${cells}`;
}

/** Plates that look the same by their keys, and do not: what of a picture would not be painted again. */
function stale(before: Scene, after: Scene): string[] {
  return after.plates.flatMap((plate) => {
    const old = before.plates.find(({ name }) => name === plate.name);
    const same = old?.key.every((part, i) => Object.is(part, plate.key[i]));
    return same && contentOf(old!) !== contentOf(plate) ? [plate.name] : [];
  });
}

describe.each(CASES)("lens $name, example $example", ({ lens, link }) => {
  test("every step is laid out inside its scene, whatever the room", async () => {
    const frame = await frameOf(link);
    const frames = [...stepsOf(lens, frame), ...looksAt(lens, frame)];
    const faults = frames.flatMap((at) =>
      ROOMS.flatMap((room) => misplaced(lens.layout(at, room))),
    );
    expect(faults).toEqual([]);
  });

  test("every cell is read back where it was laid out, and has a number", async () => {
    const frame = await frameOf(link);
    const faults = stepsOf(lens, frame).flatMap((at) =>
      ROOMS.flatMap((room) => misread(lens.layout(at, room))),
    );
    expect(faults).toEqual([]);
  });

  test("a plate whose numbers change has another key, so that it is painted again", async () => {
    const document = await documentOf(link);
    const before = frameFor(document);
    const faults = EDITS.flatMap((edit) => {
      const after = frameFor(edit(document));
      const moments = stepsOf(lens, before).filter(({ step }) => step < after.answer.y.data.length);
      return moments.flatMap(({ step, slot }) =>
        stale(
          lens.layout({ ...before, step, slot }, LAPTOP),
          lens.layout({ ...after, step, slot }, LAPTOP),
        ),
      );
    });
    expect(faults).toEqual([]);
  });

  test("every step is said in words", async () => {
    const frame = await frameOf(link);
    const { variables } = await lens.programs();
    for (const at of [...stepsOf(lens, frame), ...looksAt(lens, frame)]) {
      expect(plain(captionOf(lens, at))).not.toBe("");
      expect(lens.place(at)).not.toBe("");
      expect(variables(at)).not.toBe("");
      expect(plain(lens.equation(at).formula)).not.toBe("");
    }
  });

  test.each(LANGUAGES)("there is a program in %s, with lines to mark", async (language) => {
    const { geometry, layer, answer } = await frameOf(link);
    const { programs } = await lens.programs();
    const { label, program } = programs[language];
    expect(label).not.toBe("");
    const body = program(geometry, layer, answer).filter(({ part }) => part === "body");
    expect(body.some(({ marks = [] }) => marks.length > 0)).toBe(true);
  });
});
