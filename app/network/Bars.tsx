/** More units than this do not stand one under the other. */
const MOST = 16;

interface BarsProps {
  readonly title: string;
  readonly values: ArrayLike<number>;
  /** What fills the width; else the largest of the values. */
  readonly most?: number;
  readonly write: (value: number) => string;
  /** What each is called: seen where `named`, and always heard. */
  readonly nameOf: (i: number) => string;
  readonly named?: boolean;
  /** The one that should be the largest. */
  readonly marked?: number;
}

/** Numbers from 0 on as bars, one under the other. */
export function Bars({ title, values, most, write, nameOf, named, marked }: BarsProps) {
  const shown = placesOf(values);
  const reach = most ?? (Math.max(...shown.map((i) => Math.abs(values[i]!))) || 1);
  const longest = named ? Math.max(...shown.map((i) => nameOf(i).length)) : 0;
  return (
    <figure
      className="bars-figure"
      style={{ "--name": `${Math.max(1, longest)}ch` } as React.CSSProperties}
    >
      <figcaption className="heading">{title}</figcaption>
      <ol className="bars">
        {shown.map((i) => (
          <li key={i} data-marked={i === marked || undefined}>
            <span className={named ? "bar-name" : "visually-hidden"}>{nameOf(i)}</span>
            <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
              <rect width={(100 * Math.abs(values[i]!)) / reach} height="10" />
            </svg>
            <span className="bar-value">{write(values[i]!)}</span>
          </li>
        ))}
      </ol>
      {values.length > shown.length && (
        <p className="hint">
          the largest {shown.length} of {values.length}
        </p>
      )}
    </figure>
  );
}

/** All places, or those of the largest where they are too many, in their order. */
function placesOf(values: ArrayLike<number>): number[] {
  const places = Array.from({ length: values.length }, (_, i) => i);
  if (places.length <= MOST) return places;
  const largest = places.toSorted((i, j) => Math.abs(values[j]!) - Math.abs(values[i]!));
  return largest.slice(0, MOST).sort((i, j) => i - j);
}
