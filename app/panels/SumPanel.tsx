import { memo } from "react";
import { ACTIVATIONS, full, isExact, type Sum, sumOf, type Term } from "#engine";
import type { Frame } from "../lenses/lens.ts";

/** More terms than this are too many to read; the rest is counted. */
const MOST_TERMS = 50;

interface Asked {
  readonly y: number;
  readonly slot: number | null;
}

/** The sum of the output in question, written out: every input times its weight, then the bias. */
export function SumPanel({ frame, ...asked }: Asked & { readonly frame: Frame }) {
  const { geometry, layer } = frame;
  return <Written geometry={geometry} layer={layer} {...asked} />;
}

/** Not drawn again while another cell is pointed at but the sum is the same. */
const Written = memo(function Written({
  geometry: g,
  layer,
  y,
  slot,
}: Asked & Pick<Frame, "geometry" | "layer">) {
  const sum = sumOf(g, layer, y);
  const area = g.rows.k * g.columns.k;
  const rows = sum.channels.map((channel, c) => ({
    ...channel,
    terms: sum.terms.slice(c * area, (c + 1) * area),
  }));
  const shown = rows.slice(0, Math.max(1, Math.floor(MOST_TERMS / area)));
  const { name, alpha } = g.spec.activation;
  return (
    <section aria-label="The sum, written out">
      <h2 className="heading">The sum, written out</h2>
      {shown.map(({ channel, partial, terms }) => (
        <p className="sum" key={channel}>
          {rows.length > 1 && <span className="role-muted">c {channel}: </span>}
          {terms.slice(0, MOST_TERMS).map((term) => (
            <Product key={term.slot} term={term} slot={slot} first={term.slot % area === 0} />
          ))}
          {terms.length > MOST_TERMS && (
            <span className="role-muted"> + … {terms.length - MOST_TERMS} more</span>
          )}
          {rows.length > 1 && slot === null && <span> = {full(partial)}</span>}
        </p>
      ))}
      {rows.length > shown.length && (
        <p className="sum role-muted">… and {rows.length - shown.length} more channels</p>
      )}
      <p className="sum">
        <Total sum={sum} rows={rows.map(({ partial }) => partial)} slot={slot} />
        {name !== "linear" && slot === null && (
          <span className="role-muted">
            {" "}
            → {ACTIVATIONS[name].label}
            {"alpha" in ACTIVATIONS[name] ? ` (α = ${full(alpha)})` : ""} →{" "}
            <span className="role-Y">{full(sum.y)}</span>
          </span>
        )}
      </p>
      {rounded(sum) && <p className="hint">Shown to 4 decimals; added unrounded.</p>}
    </section>
  );
});

function rounded({ terms, z, y, bias }: Sum): boolean {
  return ![...terms.flatMap(({ input, weight }) => [input, weight]), z, y, bias].every(isExact);
}

function Product({
  term,
  slot,
  first,
}: {
  readonly term: Term;
  readonly slot: number | null;
  readonly first: boolean;
}) {
  const state = slot === null ? "" : term.slot === slot ? "now" : term.slot > slot ? "later" : "";
  const pad = term.x < 0;
  return (
    <>
      {!first && <span className={state === "later" ? "later" : undefined}> + </span>}
      <span className={`term ${state}`}>
        <span className={pad ? "role-muted" : "role-X"}>{bracketed(term.input, first)}</span>·
        <span className="role-W">{bracketed(term.weight)}</span>
      </span>
    </>
  );
}

/** A negative number inside a sum or product stands in brackets. */
function bracketed(v: number, first = false): string {
  return v < 0 && !first ? `(${full(v)})` : full(v);
}

function Total({
  sum,
  rows,
  slot,
}: {
  readonly sum: Sum;
  readonly rows: readonly number[];
  readonly slot: number | null;
}) {
  if (slot !== null) {
    const soFar = sum.terms.slice(0, slot + 1).reduce((total, { product }) => total + product, 0);
    if (slot < sum.terms.length - 1)
      return (
        <span>
          = <b>{full(soFar)}</b> <span className="role-muted">so far</span>
        </span>
      );
  }
  return (
    <span>
      {rows.length > 1 &&
        rows.map((partial, i) => `${i > 0 ? " + " : ""}${bracketed(partial, i === 0)}`).join("")}
      <span className="role-muted"> + </span>
      <span className="role-W">{bracketed(sum.bias)}</span>
      <span className="role-muted"> = </span>
      <b className="role-Y">{full(sum.z)}</b>
    </span>
  );
}
