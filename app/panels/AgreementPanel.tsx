import { type CentralDifferences, full, MOST_COMPARED, MOST_DIFFERENTIATED } from "#engine";
import { useFigure } from "../store/context.ts";

/** Beyond this, times the size of what is compared, a difference is more than rounding. */
const ROUNDING = 1e-6;
/** A difference quotient is not the slope itself: it is as near as curvature and rounding let it. */
const QUOTIENT = 1e-5;

/** That all algorithms give the same, for the very document on screen; of a large one, why that is not known. */
export function AgreementPanel() {
  const agreed = useFigure((state) => state.agreed);
  const answered = useFigure((state) => state.answered);
  if (!agreed || !answered || agreed.document !== answered.document) return null;
  const { compared, differences } = agreed.agreement;
  const tooLarge = `This layer takes ${answered.geometry.multiplyAdds} multiply-adds:`;
  return (
    <section aria-label="Agreement">
      <h2 className="heading">Agreement</h2>
      {compared.length === 0 && (
        <p className="role-muted">
          {tooLarge} its algorithms are compared where there are at most {MOST_COMPARED}.
        </p>
      )}
      <ul className="agreement">
        {compared.map(({ what, labels, ...found }) => (
          <Line
            key={what}
            {...found}
            within={ROUNDING}
            text={`${labels.join(", ")} give the same ${what}`}
          />
        ))}
        {differences && <Line {...differences} within={QUOTIENT} text={confirmed(differences)} />}
      </ul>
      {compared.length > 0 && !differences && (
        <p className="role-muted">
          {tooLarge} central differences are taken where there are at most {MOST_DIFFERENTIATED}.
        </p>
      )}
    </section>
  );
}

function confirmed({ samples, atKink }: CentralDifferences): string {
  const kink = atKink > 0 ? `; ${atKink} more stand at the kink of the activation` : "";
  return `dX, dW, db match central differences at ${samples - atKink} cells${kink}`;
}

interface LineProps {
  readonly difference: number;
  readonly scale: number;
  readonly within: number;
  readonly text: string;
}

function Line({ difference, scale, within, text }: LineProps) {
  const agrees = difference <= within * Math.max(1, scale);
  return (
    <li className={agrees ? undefined : "disagrees"}>
      <span aria-hidden="true">{agrees ? "✓" : "✗"}</span>
      <span>
        {text} <span className="role-muted">(max |difference| {full(difference)})</span>
      </span>
    </li>
  );
}
