import { describe, expect, test } from "vitest";
import {
  type Document,
  EXAMPLES,
  plain,
  readAddress,
  setCells,
  setSettings,
  sizeOf,
} from "#engine";
import { refAt } from "../draw/scene.ts";
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
import { crossed, misplaced, misread, staleIn } from "./testing/faults.ts";
import { frameOfDocument, LAPTOP, PHONE, VIEW } from "./testing/frames.ts";

// What holds for every lens, whatever it shows: its row in the table is enough to be held to it.

/** What is left of 1280 × 720 between the panels. */
const SMALL: Room = { width: 700, height: 490 };
const ROOMS: readonly Room[] = [LAPTOP, { width: 1340, height: 900 }, PHONE];

/** A view that differs from VIEW in everything. */
const OTHER: FrameView = { channel: 1, zoom: 2, scope: "shared", tone: "light", options: {} };

const OPENED = await Promise.all(
  Object.entries<LensRow>(LENSES).map(async ([name, row]) => ({
    name,
    lens: await row.load(),
    options: row.options ?? {},
  })),
);

const CASES = OPENED.flatMap(({ name, lens }) =>
  Object.entries(EXAMPLES).map(([example, { link }]) => ({ name, example, lens, link })),
);

/** Words of the view, which the engine does not know. */
const VIEW_WORDS = ["lens", "step", ...OPENED.flatMap(({ options }) => Object.keys(options))];

async function documentOf(link: string): Promise<Document> {
  const words = new URLSearchParams(link);
  for (const word of VIEW_WORDS) words.delete(word);
  const { document, problems } = await readAddress(String(words));
  expect(problems).toEqual([]);
  return document;
}

async function frameOf(link: string): Promise<Frame> {
  return frameOfDocument(await documentOf(link));
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

  test("what a step changes is painted again, there and back", async () => {
    const frame = frameOfDocument(await documentOf(link));
    const last = sizeOf(lens.walk(frame.geometry)) - 1;
    const scenes = stepsOf(lens, frame)
      .flatMap((at) => [at, { ...at, step: Math.min(last, at.step + 1) }])
      .map(({ step, slot }) => lens.layout({ ...frame, step, slot }, LAPTOP));
    const faults = scenes.flatMap((scene, i) => {
      const next = scenes[(i + 1) % scenes.length]!;
      return [...staleIn(scene, next), ...staleIn(next, scene)];
    });
    expect(faults.slice(0, 5)).toEqual([]);
  });

  test("a plate whose numbers change has another key, so that it is painted again", async () => {
    const document = await documentOf(link);
    const before = frameOfDocument(document);
    const faults = EDITS.flatMap((edit) => {
      const after = frameOfDocument(edit(document));
      const moments = stepsOf(lens, before).filter(({ step }) => step < after.answer.y.data.length);
      return moments.flatMap(({ step, slot }) =>
        staleIn(
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

describe.each(CASES)("lens $name, example $example", ({ lens, link }) => {
  test("no curve runs through words", async () => {
    const frame = await frameOf(link);
    const faults = [SMALL, ...ROOMS].flatMap((room) =>
      stepsOf(lens, frame).flatMap((at) =>
        crossed(lens.layout(at, room)).map((text) => `${text}, ${room.width} wide`),
      ),
    );
    expect([...new Set(faults)]).toEqual([]);
  });
});

/** Every lens with every choice of its switches that is not the first. */
const CHOICES = OPENED.flatMap(({ name, lens, options }) =>
  Object.entries(options).flatMap(([option, { choices }]) =>
    Object.keys(choices)
      .slice(1)
      .map((choice) => ({ name, lens, option, choice })),
  ),
);

describe.each(CHOICES)("lens $name, $option $choice", ({ lens, option, choice }) => {
  const chosen = (frame: Frame): Frame => ({
    ...frame,
    view: { ...VIEW, options: { [option]: choice } },
  });

  test.each(Object.entries(EXAMPLES))("%s: the laws hold", async (_name, { link }) => {
    const frame = await frameOf(link);
    const faults = stepsOf(lens, frame)
      .filter(({ slot }) => slot !== 0)
      .flatMap((at) => {
        const scenes = ROOMS.map((room) => lens.layout(chosen(at), room));
        return [
          ...scenes.flatMap((scene) => [...misplaced(scene), ...misread(scene)]),
          ...staleIn(lens.layout(at, LAPTOP), scenes[0]!),
        ];
      });
    expect(faults).toEqual([]);
  });

  test("every step is said in words, and the programs have lines to mark", async () => {
    const { programs, variables } = await lens.programs();
    for (const link of [EXAMPLES.opening.link, EXAMPLES.colour.link]) {
      const frame = chosen(await frameOf(link));
      for (const at of stepsOf(lens, frame)) {
        expect(plain(captionOf(lens, at))).not.toBe("");
        expect(variables(at)).not.toBe("");
        expect(lens.equation(at).remark).not.toBe("");
      }
      const { geometry, layer, answer } = frame;
      for (const language of LANGUAGES) {
        const lines = programs[language].program(geometry, layer, answer, { [option]: choice });
        expect(lines.some(({ marks = [] }) => marks.length > 0)).toBe(true);
      }
    }
  });
});
