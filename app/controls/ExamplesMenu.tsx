import { lazy, Suspense, useState } from "react";
import { Dialog } from "./Dialog.tsx";

const ExamplesList = lazy(async () => ({
  default: (await import("./ExamplesList.tsx")).ExamplesList,
}));

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
          <Suspense>
            <ExamplesList
              onOpen={(link) => {
                setOpen(false);
                onOpen(link);
              }}
            />
          </Suspense>
        </Dialog>
      )}
    </>
  );
}
