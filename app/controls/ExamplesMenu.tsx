import { useState } from "react";
import { EXAMPLES, type ExampleName } from "#engine";
import { Dialog } from "./Dialog.tsx";

/** A button that opens the list of examples. `onOpen` is given the words of an address. */
export function ExamplesMenu({ onOpen }: { readonly onOpen: (link: string) => void }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="button" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        Examples
      </button>
      {open && (
        <Dialog title="Examples" wide onClose={() => setOpen(false)}>
          <ul className="examples">
            {(Object.keys(EXAMPLES) as ExampleName[]).map((name) => (
              <li key={name}>
                <button
                  type="button"
                  aria-describedby={`example-${name}`}
                  onClick={() => {
                    setOpen(false);
                    onOpen(EXAMPLES[name].link);
                  }}
                >
                  <b>{EXAMPLES[name].label}</b>
                  <span className="hint" id={`example-${name}`}>
                    {EXAMPLES[name].why}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </Dialog>
      )}
    </>
  );
}
