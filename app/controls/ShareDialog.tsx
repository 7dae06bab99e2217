import { lazy, Suspense, useState } from "react";
import { Dialog } from "./Dialog.tsx";
import type { Link } from "./SharedLink.tsx";

const SharedLink = lazy(async () => ({
  default: (await import("./SharedLink.tsx")).SharedLink,
}));

/** A button that opens the link of the figure. */
export function ShareDialog({ link }: { readonly link: Link }) {
  const [asked, setAsked] = useState<ReturnType<Link> | null>(null);
  return (
    <>
      <button
        type="button"
        className="button"
        aria-haspopup="dialog"
        onClick={() => setAsked(link())}
      >
        Share
      </button>
      {asked && (
        <Dialog title="Share this figure" onClose={() => setAsked(null)}>
          <Suspense>
            <SharedLink link={asked} />
          </Suspense>
        </Dialog>
      )}
    </>
  );
}
