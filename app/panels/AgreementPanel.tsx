import { full } from "#engine";
import { useFigure } from "../store/context.ts";

/** Beyond this a difference is more than rounding. */
const ROUNDING = 1e-6;

/** That all algorithms give the same, for the very document on screen. */
export function AgreementPanel() {
  const agreed = useFigure((state) => state.agreed);
  const document = useFigure((state) => state.answered?.document);
  if (!agreed || agreed.document !== document) return null;
  const { forward, gradients } = agreed.agreement;
  return (
    <section aria-label="Agreement">
      <h2 className="heading">Agreement</h2>
      <ul className="agreement">
        <Line
          difference={forward.difference}
          text={`${forward.labels.join(" and ")} give the same Z`}
        />
        {gradients && (
          <Line
            difference={gradients.difference}
            text={`dX, dW, db match central differences at ${gradients.samples} cells`}
          />
        )}
      </ul>
    </section>
  );
}

function Line({ difference, text }: { readonly difference: number; readonly text: string }) {
  const agrees = difference <= ROUNDING;
  return (
    <li className={agrees ? undefined : "disagrees"}>
      <span aria-hidden="true">{agrees ? "✓" : "✗"}</span>
      <span>
        {text} <span className="role-muted">(max |difference| {full(difference)})</span>
      </span>
    </li>
  );
}
