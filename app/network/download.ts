/** Offers a file to be kept; the browser asks where, if it is set to. */
export function download(name: string, content: string | Uint8Array<ArrayBuffer>): void {
  const url = URL.createObjectURL(new Blob([content]));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // Not at once: some browsers fetch it only after the click is over.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
