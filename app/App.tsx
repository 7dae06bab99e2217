import { useState } from "react";
import { Choosers } from "./controls/Choosers.tsx";
import { ExamplesMenu } from "./controls/ExamplesMenu.tsx";
import { GeometryPanel } from "./controls/GeometryPanel.tsx";
import { InputPanel } from "./controls/InputPanel.tsx";
import { KernelPanel } from "./controls/KernelPanel.tsx";
import { KeysDialog } from "./controls/KeysDialog.tsx";
import { Segments } from "./controls/Segments.tsx";
import { ShareDialog } from "./controls/ShareDialog.tsx";
import { UpstreamPanel } from "./controls/UpstreamPanel.tsx";
import { useIntake } from "./controls/useIntake.ts";
import { useNarrow } from "./controls/useNarrow.ts";
import { Figure } from "./figure/Figure.tsx";
import { FigureHead } from "./figure/FigureHead.tsx";
import { AgreementPanel } from "./panels/AgreementPanel.tsx";
import { CodePanel } from "./panels/CodePanel.tsx";
import { StepPanel } from "./panels/StepPanel.tsx";
import { SumPanel } from "./panels/SumPanel.tsx";
import { TermsPanel } from "./panels/TermsPanel.tsx";
import { TwinsPanel } from "./panels/TwinsPanel.tsx";
import { WhyPanel } from "./panels/WhyPanel.tsx";
import { Header, ThemeSelect } from "./shell/Header.tsx";
import { KEYS } from "./shell/keys.ts";
import { Notices } from "./shell/Notices.tsx";
import { Transport } from "./shell/Transport.tsx";
import { useFigure, useFigureStore } from "./store/context.ts";
import { useFrame } from "./store/frame.ts";
import { addressOf, openAddress } from "./store/link.ts";
import { lensOf } from "./store/state.ts";

/** What a phone shows below the picture, one at a time; wide screens show them all. */
const TABS = [
  { value: "step", label: "Step" },
  { value: "input", label: "Input" },
  { value: "kernel", label: "Kernel" },
  { value: "geometry", label: "Geometry" },
  { value: "code", label: "Code" },
] as const;

/** What concerns the page as a whole; on a phone behind one button, but for sharing. */
function Actions() {
  const store = useFigureStore();
  const presenting = useFigure((state) => state.presenting);
  const helping = useFigure((state) => state.helping);
  const narrow = useNarrow();
  const share = <ShareDialog link={() => addressOf(store)} />;
  const others = (
    <>
      <ExamplesMenu onOpen={(link) => openAddress(store, link, true)} />
      <button
        type="button"
        className="button wide-only"
        aria-pressed={presenting}
        onClick={() => store.setState({ presenting: !presenting })}
      >
        Present
      </button>
      {!narrow && share}
      <ThemeSelect />
      <button
        type="button"
        className="button"
        aria-label="Keys"
        title="Keys (?)"
        onClick={() => store.setState({ helping: true })}
      >
        ?
      </button>
    </>
  );
  return (
    <>
      {narrow && share}
      {narrow ? (
        <details className="more">
          <summary className="button" aria-label="More">
            ⋯
          </summary>
          <div className="more-list">{others}</div>
        </details>
      ) : (
        others
      )}
      <KeysDialog rows={KEYS} open={helping} onClose={() => store.setState({ helping: false })} />
    </>
  );
}

export function App() {
  const presenting = useFigure((state) => state.presenting);
  const lens = useFigure(lensOf);
  const frame = useFrame();
  const [tab, setTab] = useState<(typeof TABS)[number]["value"]>("step");
  useIntake();
  const output = frame && lens.output(frame);
  const sum = frame && !output && lens.terms?.(frame);
  return (
    <div className="app" data-tab={tab} data-presenting={presenting || undefined}>
      <Header>
        <Actions />
      </Header>
      <aside className="settings" aria-label="Settings">
        <div className="tab-input">
          <InputPanel />
        </div>
        <div className="tab-kernel">
          <KernelPanel />
        </div>
        <div className="tab-geometry">
          <GeometryPanel />
          <UpstreamPanel />
        </div>
      </aside>
      <main className="figure">
        <Notices />
        {frame && (
          <FigureHead frame={frame}>
            <Choosers />
          </FigureHead>
        )}
        <Figure />
      </main>
      <Transport frame={frame} />
      <aside className="explanation" aria-label="Explanation">
        {frame && (
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
        )}
      </aside>
      <nav className="tabs" aria-label="Parts of the page">
        <Segments label="Show" value={tab} options={TABS} onChoose={setTab} />
      </nav>
    </div>
  );
}
