import { type Collection, ConvError, markOf, pin, type SavedNetwork, startHistory } from "#engine";
import type { LearningState } from "./state.ts";

/** The run as it is saved: with what it takes to go back over it. */
export function savedOf(state: LearningState): SavedNetwork {
  const { preset, seed, collection, run, history, metrics, heldOut } = state;
  const step = run!.step;
  const pins = history!.kept.filter((one) => one.pinned && one.run.step < step);
  return {
    ...{ preset, seed, data: markOf(collection!) },
    runs: [...pins.map((one) => one.run), run!],
    metrics: metrics.slice(0, step),
    heldOut: heldOut.filter((point) => point.step <= step),
  };
}

/**
 * What there is once a saved run goes on, over those of the collections that it was trained on.
 * @throws ConvError where none of them is that, or where the run takes more than `budget` bytes.
 */
export function resumed(
  { data: mark, runs, ...rest }: SavedNetwork,
  known: readonly Collection[],
  budget: number,
) {
  const [first, ...later] = runs;
  const { H, W, classes } = first!.network.spec;
  const collection = known.find((one) => {
    const [, , rows, columns] = one.data.images.shape;
    const fits = rows === H && columns === W && one.classes === classes;
    return fits && one.train === mark.train && markOf(one).checksum === mark.checksum;
  });
  if (!collection)
    throw new ConvError(
      "data",
      `the ${mark.samples} images of ${mark.name} that it was trained on are not here`,
      "a network of the digits, or of images that were opened before",
    );
  const history = later.reduce(pin, startHistory(first!, budget));
  const fresh = { last: null, look: null, stop: null, sample: 0, pace: null, failure: null };
  const { data } = collection;
  return { ...rest, ...fresh, collection, data, history, run: runs.at(-1)! };
}
