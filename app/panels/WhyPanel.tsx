import { useFigure } from "../store/context.ts";
import { lensOf } from "../store/followed.ts";

/** What the open lens is good for. */
export function WhyPanel() {
  const why = useFigure((state) => lensOf(state).why);
  return (
    <section aria-label="Why this view">
      <h2 className="heading">Why this view</h2>
      <p className="why">{why}</p>
    </section>
  );
}
