import { MEMORY_BUDGETS, memoryBudget, setMemoryBudget } from "#engine";

// How much memory figures may take: of this machine, not of a document, so it is kept in this browser.

const KEY = "convlens:memory";

/** What was chosen before. Storage may be forbidden (private windows, embeds); then a choice lasts as long as the page. */
export function restoreMemory(): void {
  try {
    const bytes = Number(localStorage.getItem(KEY));
    if (MEMORY_BUDGETS.some((budget) => budget === bytes)) setMemoryBudget(bytes);
  } catch {
    // as it is without a choice
  }
}

export const currentMemory = memoryBudget;

export function chooseMemory(bytes: number): void {
  setMemoryBudget(bytes);
  try {
    localStorage.setItem(KEY, String(bytes));
  } catch {
    // not kept, but in force
  }
}
