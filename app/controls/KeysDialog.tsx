import { Dialog } from "./Dialog.tsx";

interface KeysDialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
  /** Every key and what it does; two spaces stand between keys that do the same. */
  readonly rows: readonly { readonly keys: string; readonly does: string }[];
}

/** The list of keys. */
export function KeysDialog({ open, onClose, rows }: KeysDialogProps) {
  if (!open) return null;
  return (
    <Dialog title="Keys" onClose={onClose}>
      <table className="keys">
        <tbody>
          {rows.map(({ keys, does }) => (
            <tr key={keys}>
              <th scope="row">
                {keys.split("  ").map((key) => (
                  <kbd key={key}>{key}</kbd>
                ))}
              </th>
              <td>{does}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Dialog>
  );
}
