import { useFigure } from "../store/context.ts";
import { lensOf } from "../store/followed.ts";
import { useFrame } from "../store/frame.ts";
import { AgreementPanel } from "./AgreementPanel.tsx";
import { CodePanel } from "./CodePanel.tsx";
import { StepPanel } from "./StepPanel.tsx";
import { SumPanel } from "./SumPanel.tsx";
import { TermsPanel } from "./TermsPanel.tsx";
import { TwinsPanel } from "./TwinsPanel.tsx";
import { WhyPanel } from "./WhyPanel.tsx";

/** The right column, or the outer tabs of a phone: this step in words and as a sum, its code, the evidence. */
export function Explanation() {
  const lens = useFigure(lensOf);
  const frame = useFrame();
  if (!frame) return null;
  const output = lens.output(frame);
  const sum = output ? null : (lens.terms?.(frame) ?? null);
  return (
    <>
      <div className="tab-step">
        <StepPanel frame={frame} />
        {output && <SumPanel frame={frame} y={output.y} slot={output.slot} />}
        {sum && <TermsPanel sum={sum} />}
        <TwinsPanel frame={frame} />
      </div>
      <div className="tab-code">
        <CodePanel frame={frame} />
        <AgreementPanel />
        <WhyPanel />
      </div>
    </>
  );
}
