import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  checkSgd,
  rateOf,
  SGD_RULES,
  type SgdOptions,
  type SgdRule,
  startSgd,
  stepSgd,
} from "./sgd.ts";
import { tensor } from "./tensor.ts";
import { refusalOf } from "./testing/refusal.ts";

const rules = Object.keys(SGD_RULES) as SgdRule[];

/** One parameter from `p` on, after each of these gradients. */
function path(asked: object, p: number, gradients: readonly number[], v = 0): number[] {
  const options = checkSgd(asked);
  let state = startSgd(options, tensor([1], [p]), tensor([1], [v]));
  return gradients.map((g) => {
    state = stepSgd(options, state, tensor([1], [g]));
    return state.parameters.data[0]!;
  });
}

test.each(rules)("%s without momentum or decay goes down the gradient", (rule) => {
  expect(path({ rule, lr: 0.5 }, 10, [4, -2, 8])).toEqual([8, 9, 5]);
});

describe("with momentum 1/2 and steps of 1/2, from 0 by gradients of 4 and 0", () => {
  const asked = { lr: 0.5, momentum: 0.5 };
  test.each<[string, object, number[]]>([
    ["the velocity goes on", { rule: "torch" }, [-2, -3]],
    ["a velocity that has the step in it goes on as well", { rule: "numpynet-momentum" }, [-2, -3]],
    ["Nesterov is one velocity ahead", { rule: "torch", nesterov: true }, [-3, -3.5]],
    ["so it is in NumPyNet", { rule: "numpynet-nesterov" }, [-3, -3.5]],
    ["Darknet counts the velocity downhill", { rule: "darknet" }, [-2, -3]],
    ["dampening halves what comes after the first", { rule: "torch", dampening: 0.5 }, [-2, -3]],
    ["ONNX the same", { rule: "onnx", dampening: 0.5 }, [-2, -3]],
    ["NumPyNet's SGD has no velocity", { rule: "numpynet-sgd" }, [-2, -2]],
  ])("%s", (_what, change, expected) => {
    expect(path({ ...asked, ...change }, 0, [4, 0])).toEqual(expected);
  });

  test("dampened: the second gradient counts by half", () => {
    // v = 4, then 2 + 0.5·4 = 4
    for (const rule of ["torch", "onnx"])
      expect(path({ ...asked, rule, dampening: 0.5 }, 0, [4, 4])).toEqual([-2, -4]);
  });

  test("dampening without momentum is nothing to torch: there is no velocity to damp", () => {
    expect(path({ lr: 0.5, dampening: 0.5 }, 0, [4, 4])).toEqual([-2, -4]);
  });

  test("only ONNX begins with a velocity from before", () => {
    expect(path({ ...asked, rule: "onnx" }, 0, [4], 8)).toEqual([-4]);
    expect(path({ ...asked, rule: "torch" }, 0, [4], 8)).toEqual([-2]);
  });
});

describe("decay", () => {
  test("of the weights: pulls towards 0 without a gradient", () => {
    expect(path({ lr: 0.5, weightDecay: 0.5 }, 8, [0, 0])).toEqual([6, 4.5]);
    expect(path({ rule: "onnx", lr: 0.5, weightDecay: 0.5 }, 8, [0, 0])).toEqual([6, 4.5]);
  });

  test("of Darknet's weights: as often as there are samples, since its gradient is a sum", () => {
    const asked = { rule: "darknet", lr: 0.5, weightDecay: 0.5, batch: 4 };
    expect(path(asked, 8, [0, 0])).toEqual([6, 4.5]);
    expect(path(asked, 8, [4])).toEqual([5.5]);
  });

  test("of the step: by a factor, or by t, and then it compounds", () => {
    const rates = (asked: object) => {
      const options = checkSgd(asked);
      let state = startSgd(options, tensor([1]));
      return [1, 2, 3].map(() => {
        const rate = rateOf(options, state);
        state = stepSgd(options, state, tensor([1]));
        return rate;
      });
    };
    expect(rates({ lr: 8, lrFactor: 0.5 })).toEqual([8, 4, 2]);
    expect(rates({ rule: "numpynet-sgd", lr: 12, lrDecay: 1 })).toEqual([12, 6, 2]);
    expect(rates({ rule: "darknet", lr: 12, lrScale: 0.5, batch: 3 })).toEqual([2, 2, 2]);
    expect(rates({ lr: 12, lrScale: 0.5, batch: 3 })).toEqual([12, 12, 12]);
  });
});

const dyadic = fc.integer({ min: -16, max: 16 }).map((n) => n / 4);

test("NumPyNet's momentum is torch's, its velocity times the step turned round", () => {
  fc.assert(
    fc.property(dyadic, fc.array(dyadic, { maxLength: 5 }), (p, gradients) => {
      const asked = { lr: 0.5, momentum: 0.25 };
      expect(path({ ...asked, rule: "numpynet-momentum" }, p, gradients)).toEqual(
        path({ ...asked, rule: "torch" }, p, gradients),
      );
    }),
  );
});

test.each(rules)(
  "%s: every parameter on its own, and the state before is left as it was",
  (rule) => {
    const options = checkSgd({ rule, lr: 0.5, momentum: 0.5, weightDecay: 0.25, lrDecay: 1 });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(dyadic, dyadic, dyadic), { minLength: 1, maxLength: 6 }),
        (cells) => {
          const column = (i: 0 | 1 | 2) =>
            tensor(
              [1, cells.length],
              cells.map((cell) => cell[i]),
            );
          const state = { ...startSgd(options, column(0), column(1)), updates: 3 };
          const before = structuredClone(state);
          const after = stepSgd(options, state, column(2));
          expect(state).toEqual(before);
          expect(after.updates).toBe(4);
          expect(after.parameters.shape).toEqual([1, cells.length]);
          for (const [i, [p, v, g]] of cells.entries()) {
            const alone = { ...startSgd(options, tensor([1], [p]), tensor([1], [v])), updates: 3 };
            const one = stepSgd(options, alone, tensor([1], [g]));
            expect(after.parameters.data[i]).toBe(one.parameters.data[0]);
            expect(after.velocity.data[i]).toBe(one.velocity.data[0]);
          }
        },
      ),
    );
  },
);

describe("options", () => {
  test("what is not said is filled in", () => {
    const expected: SgdOptions = {
      rule: "torch",
      lr: 0.1,
      momentum: 0,
      weightDecay: 0,
      dampening: 0,
      nesterov: false,
      lrFactor: 1,
      lrDecay: 0,
      lrScale: 1,
      batch: 1,
    };
    expect(checkSgd({ lr: 0.1 })).toEqual(expected);
    expect(checkSgd({ lr: 0.1, colour: "red" })).toEqual(expected);
  });

  const amounts = ["lr", "momentum", "weightDecay", "dampening", "lrFactor", "lrDecay", "lrScale"];
  test.each<[string, object]>([
    ["lr", { lr: undefined }],
    ...[...amounts, "batch"].flatMap((name) =>
      [Number.NaN, Number.POSITIVE_INFINITY, -0.1, "0.1", {}].map((value): [string, object] => [
        name,
        { [name]: value },
      ]),
    ),
    ["batch", { batch: 0 }],
    ["batch", { batch: 1.5 }],
    ["rule", { rule: "adam" }],
    ["rule", { rule: "toString" }],
    ["nesterov", { nesterov: "yes" }],
    ["nesterov", { nesterov: true }],
    ["nesterov", { nesterov: true, momentum: 0.9, dampening: 0.1 }],
  ])("%s is refused: %j", (field, change) => {
    const refusal = refusalOf(() => checkSgd({ lr: 0.1, ...change }));
    expect(refusal.field).toBe(field);
    expect(refusal.message).not.toMatch(/undefined|\[object/);
  });

  test.each([undefined, null, 0.1])("no options at all: %s", (value) => {
    expect(refusalOf(() => checkSgd(value)).field).toBe("optimizer");
  });

  test("Nesterov is taken with a whole velocity, and by ONNX with any", () => {
    expect(checkSgd({ lr: 1, nesterov: true, momentum: 0.5 }).nesterov).toBe(true);
    const dampened = { rule: "onnx", lr: 1, nesterov: true, momentum: 0.5, dampening: 0.5 };
    expect(checkSgd(dampened).dampening).toBe(0.5);
  });
});

test("a gradient or a velocity of another shape is refused", () => {
  const options = checkSgd({ lr: 1 });
  const state = startSgd(options, tensor([2, 3]));
  expect(refusalOf(() => stepSgd(options, state, tensor([3, 2]))).field).toBe("gradient");
  expect(refusalOf(() => startSgd(options, tensor([2]), tensor([3]))).field).toBe("velocity");
});
