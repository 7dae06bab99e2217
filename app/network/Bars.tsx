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
  const shown = Array.from({ length: Math.min(values.length, MOST) }, (_, i) => values[i]!);
  const reach = most ?? (Math.max(...shown.map(Math.abs)) || 1);
  return (
    <figure className="bars-figure">
      <figcaption className="heading">{title}</figcaption>
      <ol className="bars">
        {shown.map((value, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a unit is its place
          <li key={i} data-marked={i === marked || undefined}>
            <span className={named ? "bar-name" : "visually-hidden"}>{nameOf(i)}</span>
            <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
              <rect width={(100 * Math.abs(value)) / reach} height="10" />
            </svg>
            <span className="bar-value">{write(value)}</span>
          </li>
        ))}
      </ol>
    </figure>
  );
}
