import { KeysDialog } from "../controls/KeysDialog.tsx";
import { KEYS } from "./keys.ts";

/** The list of every key of the page. */
export function KeysList({ onClose }: { readonly onClose: () => void }) {
  return <KeysDialog rows={KEYS} open onClose={onClose} />;
}
