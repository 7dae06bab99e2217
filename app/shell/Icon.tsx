/** Signs of the transport, drawn: their glyphs look different in every font. */
const PATHS = {
  first: "M4 3h2v10H4zM14 3v10L7 8z",
  back: "M12 3v10L4.5 8z",
  play: "M4.5 2.5v11L13 8z",
  pause: "M4 3h3v10H4zM9 3h3v10H9z",
  on: "M4 3v10l7.5-5z",
  last: "M2 3v10l7-5zM10 3h2v10h-2z",
} as const;

export function Icon({ name }: { readonly name: keyof typeof PATHS }) {
  return (
    <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true" fill="currentColor">
      <path d={PATHS[name]} />
    </svg>
  );
}
