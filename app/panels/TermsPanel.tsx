import type { WrittenSum } from "../lenses/lens.ts";
import { Sentence } from "./Sentence.tsx";

/** More terms than this are too many to read; the rest is counted. */
const MOST_TERMS = 50;

/** What a lens adds up, written out: the terms it gives, with a + between them, and what they come to. */
export function TermsPanel({
  sum: { title, terms, more = 0, total },
}: {
  readonly sum: WrittenSum;
}) {
  const shown = terms.slice(0, MOST_TERMS);
  const rest = terms.length - shown.length + more;
  return (
    <section aria-label="The sum, written out">
      <h2 className="heading">
        <Sentence spans={title} />
      </h2>
      {shown.length > 0 && (
        <p className="sum">
          {shown.map((term, i) => (
            // a term has no name but its place: the sum is replaced as a whole
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            <span key={i}>
              {i > 0 && " + "}
              <span className="term">
                <Sentence spans={term} />
              </span>
            </span>
          ))}
          {rest > 0 && <span className="role-muted"> … and {rest} more</span>}
        </p>
      )}
      <p className="sum">
        <Sentence spans={total} />
      </p>
    </section>
  );
}
