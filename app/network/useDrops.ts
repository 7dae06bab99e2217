import { useEffect } from "react";
import { onDrop } from "../sources/intake.ts";
import { useFigureStore } from "../store/context.ts";
import type { Files } from "../store/network/files.ts";

/** What files that are ours call themselves. */
const OURS = /\.(json|csv|tsv|txt|npy)$/i;

/** Networks and labelled images dropped anywhere in the window are opened, as long as the page is; a refusal is told. */
export function useDrops(files: Files): void {
  const store = useFigureStore();
  useEffect(() => {
    const { tell } = store.getState();
    const take = async (dropped: readonly File[]) => {
      const other = dropped.find(({ name }) => !OURS.test(name));
      if (other) {
        tell(
          `${other.name} is neither a network nor labelled images; accepted here: .json, .csv or .npy. A picture is opened before a lens.`,
        );
        return;
      }
      const refused = await files.open(dropped);
      if (refused !== null) tell(`${refused} All is as it was.`);
    };
    return onDrop(window, (got) => {
      if (got instanceof Error)
        tell("Nothing was dropped that can be opened here: .json, .csv or .npy.");
      else void take(got);
    });
  }, [store, files]);
}
