import { useEffect } from "react";
import type { Files } from "../store/network/files.ts";

/** What files that are ours call themselves; others, images above all, go where they go elsewhere. */
const OURS = /\.(json|csv|tsv|txt|npy)$/i;

/** Networks and labelled images dropped anywhere in the window are opened, as long as the page is. */
export function useDrops(files: Files): void {
  useEffect(() => {
    const drop = (event: DragEvent) => {
      const dropped = [...(event.dataTransfer?.files ?? [])];
      if (dropped.length === 0 || !dropped.every(({ name }) => OURS.test(name))) return;
      event.preventDefault();
      event.stopImmediatePropagation(); // else it would be refused as no picture
      void files.open(dropped);
    };
    addEventListener("drop", drop, { capture: true });
    return () => removeEventListener("drop", drop, { capture: true });
  }, [files]);
}
