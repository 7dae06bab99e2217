import { afterEach, describe, expect, test } from "vitest";
import {
  beginRun,
  createEngine,
  forwardPass,
  INK_LEVEL,
  imageOfLevels,
  levelsOfStroke,
  logitsOf,
  NETWORK_PRESETS,
  nextStep,
  softmax,
  startStroke,
  strokeTo,
  tensor,
} from "#engine";
import { createDrawing, isBlank } from "./drawing.ts";
import { createLearningStore } from "./state.ts";
import { patterns as data, spawner } from "./testing.ts";

const begun = (seed: number) => beginRun(NETWORK_PRESETS.default.settings, seed, data);
const at = (row: number, column: number) => ({ row, column });

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

function drawingOf({ deaths = 0, run = begun(1) } = {}) {
  const learning = createLearningStore();
  learning.setState({ run, pace: "fast" });
  const engine = createEngine(spawner(deaths).spawn);
  ends.push(() => engine.dispose());
  const asked: string[] = [];
  const drawing = createDrawing(learning, (job, question) => {
    asked.push(job);
    return engine.ask(job, question);
  });
  drawing.open(true);
  const now = drawing.state.getState;
  const until = (condition: () => boolean) =>
    new Promise<void>((resolve) => {
      const check = () => {
        if (!condition()) return;
        for (const stop of stops) stop();
        resolve();
      };
      const stops = [drawing.state.subscribe(check), learning.subscribe(check)];
      check();
    });
  const seen = () => until(() => now().answered?.levels === now().levels);
  return { drawing, learning, now, until, seen, asked };
}

describe("a stroke", () => {
  test("grows with the pen, and is undone and done again as one", () => {
    const { drawing, now } = drawingOf();
    const blank = now().levels;
    drawing.press(at(1, 1));
    drawing.move([at(1, 4), at(2, 6)]);
    drawing.move([at(6, 6)]);
    const path = [at(1, 4), at(2, 6), at(6, 6)];
    const drawn = levelsOfStroke(path.reduce(strokeTo, startStroke(blank, "pen", at(1, 1))));
    expect(now().levels).toEqual(drawn);
    expect(now().past).toEqual([]);
    drawing.lift();
    expect(now()).toMatchObject({ levels: drawn, past: [blank], stroke: null });
    drawing.take("eraser");
    drawing.press(at(1, 1));
    drawing.lift();
    const rubbed = now().levels;
    expect(rubbed).not.toEqual(drawn);
    drawing.undo();
    expect(now().levels).toEqual(drawn);
    drawing.undo();
    expect(now().levels).toEqual(blank);
    drawing.undo(); // there is nothing left
    drawing.redo();
    drawing.redo();
    drawing.redo();
    expect(now().levels).toEqual(rubbed);
    drawing.undo();
    drawing.write(9, 5);
    expect(now().future).toEqual([]);
  });

  test("that changes nothing is nothing to undo", () => {
    const { drawing, now } = drawingOf();
    const blank = now().levels;
    drawing.press(at(-9, -9));
    drawing.lift();
    drawing.clear();
    expect(now()).toMatchObject({ past: [], levels: blank });
    drawing.move([at(3, 3)]); // nothing is pressed
    expect(now().levels).toBe(blank);
  });
});

test("a number becomes a level, and a sample is drawn over with what it is", () => {
  const { drawing, now } = drawingOf();
  drawing.write(10, 99);
  drawing.write(11, 3.4);
  drawing.write(12, -2);
  expect([...now().levels.data.subarray(10, 13)]).toEqual([INK_LEVEL, 3, 0]);
  const image = tensor([1, 1, 8, 8], data.images.data.slice(64, 128));
  drawing.startFrom(image, 7);
  expect(imageOfLevels(now().levels)).toEqual(image);
  expect(now().label).toBe(7);
  drawing.clear();
  expect(isBlank(now().levels)).toBe(true);
  expect(now().label).toBeNull();
  drawing.undo();
  expect(imageOfLevels(now().levels)).toEqual(image);
});

describe("the answer", () => {
  test("is what the engine says of these levels and these parameters", async () => {
    const { drawing, learning, now, seen } = drawingOf();
    drawing.press(at(1, 1));
    drawing.move([at(6, 6)]);
    drawing.lift();
    await seen();
    const { run } = learning.getState();
    const pass = forwardPass(run!.network, imageOfLevels(now().levels));
    expect(now().answered).toEqual({
      run,
      levels: now().levels,
      predicted: { ...pass, probabilities: softmax(logitsOf(pass), 1) },
    });
  });

  test("follows the pen with one question at a time, and ends with the newest", async () => {
    const { drawing, now, seen, asked } = drawingOf();
    drawing.press(at(1, 1));
    for (let i = 0; i < 50; i++) drawing.move([at(1 + i / 10, 1 + i / 10)]);
    drawing.lift();
    await seen();
    expect(asked.length).toBe(2); // the first, and the newest when that was answered
    expect(now().answered!.levels).toBe(now().levels);
  });

  test("follows the parameters, and stays when the run is another", async () => {
    const { drawing, learning, now, until } = drawingOf();
    drawing.write(30, 16);
    let run = begun(1);
    for (let i = 0; i < 4; i++) {
      run = nextStep(run, data).run;
      learning.setState({ run });
    }
    await until(() => now().answered?.run === run);
    const other = begun(2);
    learning.setState({ run: other });
    await until(() => now().answered?.run === other);
    expect(now().answered!.levels).toBe(now().levels);
  });

  test("of bare paper, or of a field that is not looked at, is not asked for", async () => {
    const { drawing, learning, seen, asked } = drawingOf();
    drawing.clear();
    learning.setState({ run: begun(3) });
    drawing.open(false);
    drawing.write(30, 16);
    learning.setState({ run: begun(4) });
    expect(asked).toEqual([]);
    drawing.open(true);
    await seen();
    expect(asked).toEqual(["predictDrawn"]);
  });

  test("that cannot be had stops the run, which says why", async () => {
    const { drawing, learning, until } = drawingOf({ deaths: 2 });
    drawing.write(30, 16);
    await until(() => learning.getState().failure !== null);
    expect(learning.getState().pace).toBeNull();
  });
});

test("a network of images of another size has an empty field of that size", () => {
  const { drawing, learning, now } = drawingOf();
  drawing.write(30, 16);
  const { settings } = NETWORK_PRESETS.default;
  const wide = { ...settings, network: { ...settings.network, H: 6, W: 9 } };
  learning.setState({ run: beginRun(wide, 1, data) });
  expect(now().levels).toEqual(tensor([1, 1, 6, 9]));
  expect(now()).toMatchObject({ past: [], answered: null });
});
