import { type Document, OPENING_LINK } from "#engine";
import type { FigureStore } from "./figureState.ts";
import { openAddress } from "./link.ts";

/** A pause after which the address is written: a stroke or a playing figure writes it once, not at every step. */
const PAUSE_MS = 300;

/** Choices that Back should undo; what changes more often than this replaces the address it stands at. */
function isMilestone(a: Document, b: Document, lensA: string, lensB: string): boolean {
  return (
    lensA !== lensB ||
    (a.input.word !== b.input.word && b.input.word !== null) ||
    (a.kernel.word !== b.kernel.word && b.kernel.word !== null)
  );
}

/** Keeps the page's address what the figure shows, and the figure what the address says when Back or Forward is used. */
export function runLink(store: FigureStore): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let written = store.getState();
  let milestone = false;
  let said = false;

  const write = async () => {
    timer = undefined;
    const push = milestone;
    milestone = false;
    written = store.getState();
    try {
      const { addressHere } = await import("./address.ts");
      const search = `?${await addressHere(store)}`;
      if (search === location.search) return;
      if (push) history.pushState(null, "", search);
      else history.replaceState(null, "", search);
    } catch (error) {
      // Nothing is lost but the address; said once.
      if (!said && error instanceof Error) store.getState().tell(error.message);
      said = true;
    }
  };
  const stop = store.subscribe((now, before) => {
    const same =
      now.document === before.document &&
      now.step === before.step &&
      now.slot === before.slot &&
      now.lens === before.lens &&
      now.page === before.page &&
      now.pageWords === before.pageWords &&
      now.channel === before.channel &&
      now.scope === before.scope &&
      now.tier === before.tier &&
      now.tone === before.tone &&
      now.options === before.options &&
      now.language === before.language;
    if (same) return;
    milestone ||= isMilestone(
      ...[written.document, now.document, written.page ?? written.lens, now.page ?? now.lens],
    );
    clearTimeout(timer);
    timer = setTimeout(write, PAUSE_MS);
  });
  const onBack = async () => {
    clearTimeout(timer);
    await openAddress(store, location.search || OPENING_LINK, true);
    clearTimeout(timer); // opening is not a change to write
    timer = undefined;
    written = store.getState();
    milestone = false;
  };
  addEventListener("popstate", onBack);
  return () => {
    stop();
    clearTimeout(timer);
    removeEventListener("popstate", onBack);
  };
}
