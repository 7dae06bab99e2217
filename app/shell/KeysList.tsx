import { KeysDialog } from "../controls/KeysDialog.tsx";
import { useFigure } from "../store/context.ts";
import { holds, KEYS } from "./keys.ts";

/** The list of every key that holds before what is open. */
export function KeysList({ onClose }: { readonly onClose: () => void }) {
  const page = useFigure((state) => state.page);
  return <KeysDialog rows={KEYS.filter((row) => holds(row, page))} open onClose={onClose} />;
}
