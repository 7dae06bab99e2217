import { expect, test } from "vitest";
import { plain, sizeOf } from "#engine";
import { focusOfStep, stepOfCell } from "../focus.ts";
import { cells, frameOf, LAPTOP, LARGE, MANY, OPENING, plateIn } from "../testing/frames.ts";
import { weightsLens } from "./index.ts";
import { layout } from "./layout.ts";

test("goes through the weights, then the biases", async () => {
  const { geometry: g } = await frameOf(MANY);
  const weights = sizeOf(g.shapes.W);
  expect(weightsLens.walk(g)).toEqual([weights + 4]);
  expect(weightsLens.slots(g)).toBe(g.spec.N * g.rows.out * g.columns.out);
  for (const step of [0, weights - 1, weights, weights + 3]) {
    const ref = focusOfStep(weightsLens, g, step)!;
    expect(ref).toEqual(
      step < weights ? { tensor: "DW", index: step } : { tensor: "DB", index: step - weights },
    );
    expect(stepOfCell(weightsLens, g, ref)).toBe(step);
  }
});

test("dW fills in step by step", async () => {
  const frame = await frameOf(OPENING, { step: 3 });
  const { dw } = frame.answer.back!;
  const plate = plateIn(layout(frame, LAPTOP), "dW");
  expect(cells(plate, plate.valueAt)).toEqual([...dw.data.slice(0, 4), ...Array(5).fill(null)]);
  const half = plateIn(layout({ ...frame, slot: 2 }, LAPTOP), "dW");
  expect(half.valueAt(1, 0)).toBeNull();
  const done = plateIn(layout({ ...frame, slot: 15 }, LAPTOP), "dW");
  expect(done.valueAt(1, 0)).toBe(dw.data[3]);
});

test("words stand still from step to step, so that nothing but what changes is painted", async () => {
  const notes = async (link: string, step: number) =>
    layout(await frameOf(link, { step }), LAPTOP).notes;
  for (const link of [OPENING, MANY, LARGE])
    expect(await notes(link, 1)).toEqual(await notes(link, 7));
});

test("says where it stands", async () => {
  const at = (step: number, slot: number | null = null) => frameOf(OPENING, { step, slot });
  expect(weightsLens.place(await at(5))).toBe("dW[1, 2]");
  expect(weightsLens.place(await at(9))).toBe("db");
  expect(plain(weightsLens.equation(await at(5)).formula)).toBe(
    "dW[1, 2] = Σ δ ⊙ Xp[1:9:2, 2:10:2]",
  );
  expect(weightsLens.marks!(await at(9))).toEqual(["bias"]);
  expect(plain(weightsLens.caption!(await at(9, 0)))).toMatch(
    /^δ\[0, 0\] = −?\d+ is added\. So far/,
  );
  expect(plain(weightsLens.caption!(await at(5, 15)))).toMatch(
    /With it, dW\[1, 2\] = −?\d+ is complete\.$/,
  );
});

test("a pointed weight is looked at instead; a pointed input is not", async () => {
  const frame = await frameOf(OPENING, { step: 5, pointed: { tensor: "DW", index: 0 } });
  expect(plain(weightsLens.equation(frame).formula)).toMatch(/^dW\[0, 0\]/);
  expect(layout(frame, LAPTOP).newest).toBeNull();
  const input = { ...frame, pointed: { tensor: "P", index: 0 } } as const;
  expect(plain(weightsLens.equation(input).formula)).toMatch(/^dW\[1, 2\]/);
});
