import { lazy, Suspense, useState } from "react";

const ExamplesDialog = lazy(async () => ({
  default: (await import("./ExamplesDialog.tsx")).ExamplesDialog,
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
        <Suspense>
          <ExamplesDialog
            onClose={() => setOpen(false)}
            onOpen={(link) => {
              setOpen(false);
              onOpen(link);
            }}
          />
        </Suspense>
      )}
    </>
  );
}
