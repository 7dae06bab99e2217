import { activationOf, comparer, type Op, tensorOf } from "./ask.ts";

export const activation: Op = {
  compare(recorded) {
    const { fn, alpha } = recorded.attrs;
    const known = activationOf(fn, alpha);
    if (!known) return [];
    const { x, z = x, dy } = recorded.inputs ?? {};
    const before = tensorOf("Z", z);
    const { done, add } = comparer(recorded);
    add(String(fn), "y", known.activate(before));
    if (dy) add(String(fn), "dz", known.deltaOf(before, tensorOf("dy", dy)));
    return done;
  },
};
