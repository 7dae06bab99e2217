import { describe, expect, test } from "vitest";
import { plain, type Sentence, sizeOf, unravel, updateSums, valueAt } from "#engine";
import { focusOfStep, stepOfCell } from "../focus.ts";
import type { Frame } from "../lens.ts";
import { crowded, staleIn } from "../testing/faults.ts";
import { frameOf, LAPTOP, LAYERS, numbersOf, plateIn, ROOMS } from "../testing/frames.ts";
import { updateLens } from "./index.ts";
import { layout } from "./layout.ts";

const RULES = [
  "sgd=torch",
  "sgd=torch:momentum=0.5,decay=0.01,nesterov",
  "sgd=numpynet-momentum",
  "sgd=numpynet-nesterov:lr-decay=0.1",
];

/** Layers of every kind, each with one of the rules. */
const FRAMES = Object.entries(LAYERS).map(
  ([name, link], i) => [name, `${link}&delta=random&${RULES[i % RULES.length]}`] as const,
);

/** The first and the last weight, and the first and the last bias. */
function ends(frame: Frame): Frame[] {
  const { geometry: g } = frame;
  const weights = sizeOf(g.shapes.W);
  return [0, weights - 1, weights, weights + g.spec.F - 1].map((step) => ({ ...frame, step }));
}

test("goes through the weights after the update, then the biases", async () => {
  const { geometry: g } = await frameOf(LAYERS.channels!);
  const weights = sizeOf(g.shapes.W);
  expect(updateLens.walk(g)).toEqual([weights + 2]);
  for (const step of [0, weights - 1, weights, weights + 1]) {
    const ref = focusOfStep(updateLens, g, step)!;
    expect(ref).toEqual(
      step < weights ? { tensor: "W2", index: step } : { tensor: "B2", index: step - weights },
    );
    expect(stepOfCell(updateLens, g, ref)).toBe(step);
  }
});

describe.each(FRAMES)("%s", (_name, link) => {
  test("all five matrices hold the plane of the step, and the bias of its filter", async () => {
    for (const frame of ends(await frameOf(link))) {
      const { geometry: g, layer, answer } = frame;
      const scene = layout(frame, LAPTOP);
      const at = focusOfStep(updateLens, g, frame.step)!;
      const [f, c] = at.tensor === "W2" ? unravel(g.shapes.W, at.index) : [at.index, 0];
      const area = g.rows.k * g.columns.k;
      const first = (f! * g.depth + c!) * area;
      for (const [name, tensor] of [
        ["dW", "DW"],
        ["V", "V"],
        ["V′", "V2"],
        ["W", "W"],
        ["W′", "W2"],
      ] as const)
        expect(numbersOf(plateIn(scene, name)).flat(), name).toEqual(
          Array.from({ length: area }, (_, i) =>
            valueAt(g, layer, answer, { tensor, index: first + i }),
          ),
        );
      for (const [name, tensor] of [
        ["db", "DB"],
        ["Vb", "VB"],
        ["Vb′", "VB2"],
        ["b", "b"],
        ["b′", "B2"],
      ] as const)
        expect(numbersOf(plateIn(scene, name)), name).toEqual([
          [valueAt(g, layer, answer, { tensor, index: f! })],
        ]);
    }
  });

  test("the close-up holds the terms of both sums and what they come to", async () => {
    for (const frame of ends(await frameOf(link))) {
      const at = focusOfStep(updateLens, frame.geometry, frame.step)!;
      const { velocity, parameter } = updateSums(
        frame.answer.back!,
        at.tensor === "W2" ? "W" : "b",
        at.index,
      );
      const scene = layout(frame, LAPTOP);
      const close = scene.plates.slice(10).map((plate) => ({
        tensor: plate.tensor,
        index: plate.indexAt(0, 0),
        value: plate.valueAt(0, 0),
      }));
      const cells = [velocity, parameter].flatMap(({ terms, ref, value }) => [
        ...terms.map((term) => ({ ...term.ref, value: term.value })),
        { ...ref, value },
      ]);
      expect(close).toEqual(cells);
    }
  });

  test("nothing stands on anything else, and nothing is cut off", async () => {
    for (const frame of ends(await frameOf(link)))
      for (const room of ROOMS) expect(crowded(layout(frame, room), room)).toEqual([]);
  });

  test("the sum of the new weight is written out to its last term", async () => {
    for (const frame of ends(await frameOf(link))) {
      const { terms, total } = updateLens.terms!(frame)!;
      const at = focusOfStep(updateLens, frame.geometry, frame.step)!;
      const value = valueAt(frame.geometry, frame.layer, frame.answer, at);
      expect(terms.reduce((sum, term) => sum + worked(term), 0)).toBeCloseTo(value, 3);
      expect(plain(total)).toMatch(/^= /);
    }
  });
});

/** What a term comes to: “(−0.0004)·0.9·(−3)”. */
function worked(term: Sentence): number {
  return plain(term)
    .replaceAll("−", "-")
    .replaceAll(/[()]/g, "")
    .split("·")
    .reduce((product, factor) => product * Number(factor), 1);
}

test("in every room numbers can be read while they can, and W stands beside W′", async () => {
  for (const size of [1, 3, 5, 7]) {
    const frame = await frameOf(`input=ramp:12x12&kernel=random:${size}x${size}:seed=3&delta=ones`);
    for (const room of ROOMS) {
      const scene = layout(frame, room);
      const [before, after] = ["W", "W′"].map((name) => plateIn(scene, name));
      expect(before!.cell).toBeGreaterThanOrEqual(20);
      expect(after!.y).toBe(before!.y);
      expect(after!.x).toBeGreaterThan(before!.x);
    }
  }
  const large = await frameOf("input=ramp:40x40&kernel=random:31x31:seed=3&delta=ones");
  for (const room of ROOMS) expect(crowded(layout(large, room), room)).toEqual([]);
});

test("a target stands beside what the weights make, of the filter in question", async () => {
  const frame = await frameOf(`${LAYERS.channels}&delta=kernel:sobel-x`, { step: 27 });
  const { geometry: g, answer } = frame;
  const area = g.rows.out * g.columns.out;
  for (const room of ROOMS.slice(0, 3)) {
    const scene = layout(frame, room);
    expect(crowded(scene, room)).toEqual([]);
    const second = <T>(all: ArrayLike<T>) => Array.from(all).slice(area, 2 * area);
    expect(numbersOf(plateIn(scene, "Y")).flat()).toEqual(second(answer.y.data));
    expect(numbersOf(plateIn(scene, "T")).flat()).toEqual(second(answer.back!.target!.tensor.data));
  }
  for (const room of [ROOMS[3]!]) expect(layout(frame, room).plates).toHaveLength(15);
});

test("marks the weight of the step in every matrix; a pointed one instead", async () => {
  const frame = await frameOf(`${LAYERS.opening}&delta=ones`, { step: 5 });
  const rows = (at: Frame) => {
    const { marks, plates } = layout(at, LAPTOP);
    return marks.map((mark, i) => {
      const plate = plates.slice(0, 5)[i]!;
      return [mark.y - plate.y, mark.x - plate.x].map((v) => v / plate.cell);
    });
  };
  expect(rows(frame)).toEqual(Array(5).fill([1, 2]));
  expect(rows({ ...frame, pointed: { tensor: "DW", index: 1 } })).toEqual(Array(5).fill([0, 1]));
  expect(rows({ ...frame, pointed: { tensor: "X", index: 1 } })).toEqual(Array(5).fill([1, 2]));
});

test("words stand still from step to step of one plane, so that nothing but what changes is painted", async () => {
  const frame = await frameOf(`${LAYERS.opening}&delta=kernel:sobel-y`);
  const notes = (step: number) => layout({ ...frame, step }, LAPTOP).notes;
  expect(notes(7)).toEqual(notes(1));
});

test("another update is another picture", async () => {
  const before = await frameOf(`${LAYERS.opening}&delta=kernel:sobel-y`);
  for (const word of ["sgd=torch:lr=0.5", "sgd=numpynet-momentum", "bias=3"]) {
    const after = await frameOf(`${LAYERS.opening}&delta=kernel:sobel-y&${word}`);
    expect(staleIn(layout(before, LAPTOP), layout(after, LAPTOP))).toEqual([]);
  }
});

test("says where it stands, and what becomes of the weight", async () => {
  const at = (step: number) => frameOf(`${LAYERS.opening}&delta=ones&sgd=torch:lr=0.5`, { step });
  expect(updateLens.place(await at(5))).toBe("W′[1, 2]");
  expect(updateLens.place(await at(9))).toBe("b′");
  expect(updateLens.marks!(await at(5))).toEqual(["gather", "multiply", "write"]);
  expect(updateLens.marks!(await at(9))).toEqual(["bias", "multiply", "write"]);
  const frame = await at(5);
  expect(plain(updateLens.equation(frame).formula)).toBe("V′ = dW,  W′ = W − lr·V′");
  expect(updateLens.equation(frame).remark).toBe("SGD: update 1, lr 0.5, µ 0.9");
  const { dw, update } = frame.answer.back!;
  const g = dw.data[5]!;
  expect(plain(updateLens.caption!(frame))).toBe(
    `V′[1, 2] = dW[1, 2] = ${g}. W′[1, 2] = W[1, 2] − lr·V′[1, 2] = 2 − 0.5·${g} = ${String(update.w.after.parameters.data[5]).replace("-", "−")}.`,
  );
  const bias = await at(9);
  expect(plain(updateLens.terms!(bias)!.title)).toBe("b′, written out");
});
