import { useSyncExternalStore } from "react";

const narrow = matchMedia("(max-width: 760px)");

function subscribe(callback: () => void): () => void {
  narrow.addEventListener("change", callback);
  return () => narrow.removeEventListener("change", callback);
}

/** Whether this is a phone, or a window as narrow as one. */
export function useNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => narrow.matches);
}
