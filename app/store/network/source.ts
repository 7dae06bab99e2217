import { type Collection, type Engine, type Part, withData } from "#engine";

/** The images that are trained on, and the worker asked about them. */
export interface Source {
  readonly ask: Engine["ask"];
  readonly collection: () => Collection;
  /** Parts of what the worker keeps. */
  readonly train: () => Part;
  readonly heldOut: () => Part;
  readonly use: (collection: Collection) => void;
  /** All that have not been forgotten: the present one, the first, and the last besides it. */
  readonly known: () => readonly Collection[];
}

/** The worker keeps one collection at a time, each under a name of its own, and is sent it when it asks for it. */
export function createSource(engine: Engine, first: Collection): Source {
  let count = 1;
  let now = first;
  let own: Collection | null = null;
  const nameOf = (n: number) => `images ${n}`;
  let ask = withData(engine, nameOf(count), first.data);
  return {
    ask: (job, question) => ask(job, question),
    collection: () => now,
    train: () => ({ of: nameOf(count), first: 0, end: now.train }),
    heldOut: () => ({ of: nameOf(count), first: now.train, end: now.data.labels.length }),
    use(collection) {
      if (collection === now) return;
      count += 1;
      ask = withData(engine, nameOf(count), collection.data, nameOf(count - 1));
      now = collection;
      if (collection !== first) own = collection;
    },
    known: () => (own ? [now, first, own] : [now, first]),
  };
}
