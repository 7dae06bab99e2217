import { useEffect, useRef, useState } from "react";
import { copy, htmlLink, markdownLink } from "./copy.ts";
import { Dialog } from "./Dialog.tsx";

/** The words of an address, as `writeAddress` gives them, and which of them numbers were too many for. */
export type Link = () => Promise<{
  readonly text: string;
  readonly tooLong: boolean;
  readonly omitted?: readonly string[];
}>;

/** The whole link: this page with other words. */
function urlOf(text: string): string {
  return `${location.origin}${location.pathname}?${text}`;
}

/** What the link can be copied as. */
const FORMS = [
  { label: "Copy link", said: "The link", write: (url: string) => url },
  {
    label: "Copy as Markdown",
    said: "The Markdown",
    write: (url: string) => markdownLink("A convolution in convlens", url),
  },
  {
    label: "Copy as HTML",
    said: "The HTML",
    write: (url: string) => htmlLink("A convolution in convlens", url),
  },
] as const;

/** The link of the figure, in a window of its own. */
export function LinkDialog(props: {
  readonly link: ReturnType<Link>;
  readonly onClose: () => void;
}) {
  return (
    <Dialog title="Share this figure" onClose={props.onClose}>
      <SharedLink link={props.link} />
    </Dialog>
  );
}

/** The link in the forms it can be copied in. */
function SharedLink({ link }: { readonly link: ReturnType<Link> }) {
  const [made, setMade] = useState<Awaited<ReturnType<Link>> | null>(null);
  const [status, setStatus] = useState("");
  const field = useRef<HTMLTextAreaElement>(null);

  useEffect(() => {
    let open = true;
    link.then(
      (next) => open && setMade(next),
      (error: Error) => open && setStatus(`There is no link: ${error.message}`),
    );
    return () => {
      open = false;
    };
  }, [link]);

  const left = (made?.omitted ?? ["input"]).join(" and the ");

  async function give({ said, write }: (typeof FORMS)[number]) {
    if (await copy(write(urlOf(made!.text)))) setStatus(`${said} is on the clipboard.`);
    else {
      field.current!.select();
      setStatus("This browser does not let the page copy. The link is selected: press Ctrl + C.");
    }
  }

  return (
    <>
      <p className="hint">
        Whoever opens the link sees this figure at this step, and can change all of it.
      </p>
      <textarea
        ref={field}
        className="share-link"
        aria-label="Link"
        readOnly
        rows={3}
        value={made ? urlOf(made.text) : ""}
        onFocus={(event) => event.target.select()}
      />
      {made?.tooLong && (
        <p className="problem">
          The numbers of the {left} are too many for a link. It carries all the rest, and opens with
          another picture in their place. A smaller picture fits, and so does any sample.
        </p>
      )}
      <div className="buttons">
        {FORMS.map((form, i) => (
          <button
            key={form.label}
            type="button"
            className={i === 0 ? "button solid" : "button"}
            disabled={!made}
            onClick={() => void give(form)}
          >
            {form.label}
          </button>
        ))}
      </div>
      <p className="hint" role="status">
        {status}
      </p>
    </>
  );
}
