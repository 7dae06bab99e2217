import type { Written } from "#engine";
import type { FigureStore } from "./figureState.ts";

/** Reading and writing links is fetched when there is one to read or to write: the bare page needs neither. */
const fetched = () => import("./address.ts");

/** Opens what an address says; what of it means nothing is told, and the rest is shown. */
export async function openAddress(
  store: FigureStore,
  text: string,
  keepHistory = false,
): Promise<void> {
  const { openAddress: open } = await fetched();
  await open(store, text, keepHistory);
}

/** The address of what is shown, and whether numbers were too many for it. */
export async function addressOf(store: FigureStore): Promise<Written> {
  const { addressOf: write } = await fetched();
  return write(store);
}
