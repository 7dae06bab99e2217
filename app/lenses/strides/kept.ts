import type { Geometry } from "#engine";

/** More answers than this for one geometry are those of a window that is being resized: all but the last are old. */
const MOST = 24;

/** What follows from a geometry and a few words besides: found once, not at every step. */
export function keeper<Value>(): (g: Geometry, key: string, find: () => Value) => Value {
  const known = new WeakMap<Geometry, Map<string, Value>>();
  return (g, key, find) => {
    let own = known.get(g);
    if (!own || own.size > MOST) {
      own = new Map();
      known.set(g, own);
    }
    let value = own.get(key);
    if (value === undefined) {
      value = find();
      own.set(key, value);
    }
    return value;
  };
}
