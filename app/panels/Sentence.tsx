import type { Sentence as Spans } from "#engine";

/** A sentence with its numbers in the colours of their tensors. */
export function Sentence({ spans }: { readonly spans: Spans }) {
  return spans.map((span, i) => (
    // the pieces of a sentence have no name but their place
    // biome-ignore lint/suspicious/noArrayIndexKey: a sentence is replaced as a whole
    <span key={i} className={span.role && `role-${span.role}`}>
      {span.text}
    </span>
  ));
}
