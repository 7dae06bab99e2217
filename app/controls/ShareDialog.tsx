import { lazy, Suspense, useState } from "react";
import type { Link } from "./LinkDialog.tsx";

const LinkDialog = lazy(async () => ({ default: (await import("./LinkDialog.tsx")).LinkDialog }));

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
        <Suspense>
          <LinkDialog link={asked} onClose={() => setAsked(null)} />
        </Suspense>
      )}
    </>
  );
}
