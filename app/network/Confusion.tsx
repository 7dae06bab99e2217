import { useLearning } from "./use.ts";

/** How often a class was taken for another, over what is held out. */
export function Confusion() {
  const evaluation = useLearning((state) => state.look?.evaluated.evaluation);
  if (!evaluation) return null;
  const { confusion, correct, total } = evaluation;
  const K = confusion.shape[0]!;
  const classes = Array.from({ length: K }, (_, k) => k);
  const rowOf = (k: number) => confusion.data.subarray(k * K, (k + 1) * K);
  return (
    <section>
      <h2 className="heading" id="confusion">
        Confusion, held out: {correct} of {total} right
      </h2>
      <div className="confusion-box">
        <table
          className="confusion"
          style={{ "--classes": K } as React.CSSProperties}
          aria-labelledby="confusion"
        >
          <thead>
            <tr>
              <th scope="col">
                <span className="visually-hidden">is, taken for</span>
              </th>
              {classes.map((k) => (
                <th scope="col" key={k}>
                  {k}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {classes.map((label) => {
              const row = rowOf(label);
              const samples = row.reduce((a, b) => a + b, 0) || 1;
              return (
                <tr key={label}>
                  <th scope="row">{label}</th>
                  {classes.map((taken) => (
                    <td
                      key={taken}
                      data-right={label === taken || undefined}
                      style={{ "--share": row[taken]! / samples } as React.CSSProperties}
                    >
                      {row[taken] || <span aria-hidden="true">·</span>}
                    </td>
                  ))}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <p className="hint">Rows: what a sample is. Columns: what it is taken for.</p>
    </section>
  );
}
