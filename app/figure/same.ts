import type { CellRef } from "#engine";

export function sameCell(a: CellRef | null, b: CellRef | null): boolean {
  return a === b || (a !== null && b !== null && a.tensor === b.tensor && a.index === b.index);
}
