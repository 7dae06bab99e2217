import { useState } from "react";
import { useFigure } from "../store/context.ts";

const KEY = "convlens:open-in";

/** Where nothing was chosen yet: what the δ of a sample makes of its input. */
const FIRST = "rotate";

/** Chosen on this page; storage may be forbidden, and then it lasts as long as the page. */
let chosen: string | null = null;

function remembered(): string | null {
  try {
    return chosen ?? localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function remember(lens: string): void {
  chosen = lens;
  try {
    localStorage.setItem(KEY, lens);
  } catch {
    // not kept, but in force
  }
}

/** The lens that things are opened in: the one that was chosen last. */
export function useOpenIn(): readonly [lens: string, choose: (lens: string) => void] {
  const lenses = useFigure((state) => state.lenses);
  const [lens, setLens] = useState(() => {
    const last = remembered();
    return last !== null && Object.hasOwn(lenses, last) ? last : FIRST;
  });
  const choose = (next: string) => {
    remember(next);
    setLens(next);
  };
  return [lens, choose];
}
