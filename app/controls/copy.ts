/** Puts a text on the clipboard; false where the browser does not let us. */
export async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text); // not there at all on pages without https
    return true;
  } catch {
    return false;
  }
}

/** A link for a Markdown file; the brackets keep parentheses in the address from ending it. */
export function markdownLink(label: string, url: string): string {
  return `[${label}](<${url}>)`;
}

export function htmlLink(label: string, url: string): string {
  const escaped = url.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
  return `<a href="${escaped}">${label}</a>`;
}
