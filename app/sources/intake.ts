import { ConvError } from "#engine";
import { ACCEPTED } from "./types.ts";

/** What came in by drop or paste: files, the likeliest image first, or why there is none. */
export type Intake = readonly File[] | ConvError;

/** The files a drop or a paste carries, those that call themselves images first. What they are, `decodeImage` finds out. */
function imageFilesFrom(transfer: DataTransfer | null): File[] {
  const files = [...(transfer?.files ?? [])];
  const named = (file: File) => (file.type.startsWith("image/") ? 0 : 1);
  return files.sort((a, b) => named(a) - named(b));
}

/** Calls back when files are pasted; text goes where it would without us. Returns the way to stop. */
export function onPaste(target: EventTarget, callback: (got: Intake) => void): () => void {
  return listen(target, {
    paste: (event) => {
      const transfer = (event as ClipboardEvent).clipboardData;
      const files = imageFilesFrom(transfer);
      // A spreadsheet copies its cells as text and as a picture: who types wants the text.
      const text = isEditable(event.target) && transfer?.types.includes("text/plain");
      if (files.length === 0 || text) return;
      event.preventDefault();
      callback(files);
    },
  });
}

/**
 * Calls back when files are dropped, and with a refusal when a link or text is: left alone, a browser would leave the
 * page for the link. Text dropped into a text field goes there. Returns the way to stop.
 */
export function onDrop(target: EventTarget, callback: (got: Intake) => void): () => void {
  const over = (event: Event) => {
    const { dataTransfer } = event as DragEvent;
    if (dataTransfer === null || !isOurs(event, dataTransfer)) return;
    event.preventDefault(); // this is what makes it a place to drop
    dataTransfer.dropEffect = "copy";
  };
  return listen(target, {
    dragenter: over,
    dragover: over,
    drop: (event) => {
      const { dataTransfer } = event as DragEvent;
      if (dataTransfer === null || !isOurs(event, dataTransfer)) return;
      event.preventDefault();
      const files = imageFilesFrom(dataTransfer);
      callback(files.length > 0 ? files : refusal(dataTransfer));
    },
  });
}

function isOurs(event: Event, { types }: DataTransfer): boolean {
  if (types.includes("Files")) return true;
  return (
    (types.includes("text/uri-list") || types.includes("text/plain")) && !isEditable(event.target)
  );
}

function refusal({ types }: DataTransfer): ConvError {
  const what = types.includes("text/uri-list")
    ? "a link was dropped, not an image"
    : "text was dropped, not an image";
  return new ConvError("image", what, `a ${ACCEPTED} file, or an image copied and pasted here`);
}

function isEditable(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest("input, textarea, [contenteditable]:not([contenteditable=false])") !== null
  );
}

function listen(
  target: EventTarget,
  listeners: Record<string, (event: Event) => void>,
): () => void {
  for (const [type, listener] of Object.entries(listeners)) target.addEventListener(type, listener);
  return () => {
    for (const [type, listener] of Object.entries(listeners))
      target.removeEventListener(type, listener);
  };
}
