import { type Pad2dMode, pad2d, type Sides } from "#engine";
import { comparer, type Op, sidesOf, tensorOf } from "./ask.ts";

export const pad2dOp: Op = {
  compare(recorded) {
    const { mode, value, pad } = recorded.attrs;
    const { done, add } = comparer(recorded);
    const x = tensorOf("X", recorded.inputs?.x);
    const padded = pad2d(x, mode as Pad2dMode, sidesOf(pad) as Sides, value as number);
    add(`pad2d ${mode}`, "y", padded);
    return done;
  },
};
