import { type ComponentType, lazy, Suspense, useState } from "react";
import { Choosers } from "./controls/Choosers.tsx";
import { ExamplesMenu } from "./controls/ExamplesMenu.tsx";
import { Segments } from "./controls/Segments.tsx";
import { ShareDialog } from "./controls/ShareDialog.tsx";
import { useNarrow } from "./controls/useNarrow.ts";
import { Figure } from "./figure/Figure.tsx";
import { FigureHead } from "./figure/FigureHead.tsx";
import { Header, ThemeSelect } from "./shell/Header.tsx";
import { Notices } from "./shell/Notices.tsx";
import { Transport } from "./shell/Transport.tsx";
import { AfterPicture, useFigure, useFigureStore } from "./store/context.ts";
import type { FigureState, PageRow } from "./store/figureState.ts";
import { learns } from "./store/learns.ts";
import { addressOf, openAddress } from "./store/link.ts";

/** What the first picture does not need is fetched once it stands. */
const Settings = lazy(async () => ({
  default: (await import("./controls/Settings.tsx")).Settings,
}));

const KeysList = lazy(async () => ({ default: (await import("./shell/KeysList.tsx")).KeysList }));
const Explanation = lazy(async () => ({
  default: (await import("./panels/Explanation.tsx")).Explanation,
}));

const TrainingBar = lazy(async () => ({
  default: (await import("./figure/TrainingBar.tsx")).TrainingBar,
}));

/** What a phone shows below the picture, one at a time; wide screens show them all. */
const TABS = [
  { value: "step", label: "Step" },
  { value: "input", label: "Input" },
  { value: "kernel", label: "Kernel" },
  { value: "geometry", label: "Geometry" },
  { value: "code", label: "Code" },
] as const;
type Tab = (typeof TABS)[number]["value"];

/** What concerns the page as a whole; on a phone behind one button, but for sharing. */
function Actions() {
  const store = useFigureStore();
  const presenting = useFigure((state) => state.presenting);
  const figure = useFigure((state) => state.page === null);
  const helping = useFigure((state) => state.helping);
  const narrow = useNarrow();
  const share = <ShareDialog link={() => addressOf(store)} />;
  const others = (
    <>
      <ExamplesMenu onOpen={(link) => openAddress(store, link, true)} />
      {figure && (
        <button
          type="button"
          className="button wide-only"
          aria-pressed={presenting}
          onClick={() => store.setState({ presenting: !presenting })}
        >
          Present
        </button>
      )}
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
      {helping && (
        <Suspense>
          <KeysList onClose={() => store.setState({ helping: false })} />
        </Suspense>
      )}
    </>
  );
}

/** Whether there is anything to choose: samples, filters or channels. */
function hasSeveral({ answered }: FigureState): boolean {
  const { N, F, C } = answered?.geometry.spec ?? { N: 1, F: 1, C: 1 };
  return N > 1 || F > 1 || C > 1;
}

/** What there is to see once the first picture stands, and is not fetched before. */
function Pictured({ children }: { readonly children: React.ReactNode }) {
  const isThere = useFigure((state) => state.answered !== null);
  return <Suspense>{isThere && children}</Suspense>;
}

const fetchedPages = new Map<PageRow, ComponentType>();

/** The component of a page; the same one each time. */
function pageOf(row: PageRow): ComponentType {
  const known = fetchedPages.get(row);
  if (known) return known;
  const page = lazy(async () => ({ default: await row.load() }));
  fetchedPages.set(row, page);
  return page;
}

/** The header, and below it the page that is open, or the figure. */
export function App() {
  const row = useFigure(({ page, pages }) => (page === null ? null : pages[page]!));
  const presenting = useFigure((state) => state.presenting);
  const [tab, setTab] = useState<Tab>("step");
  const Page = row && pageOf(row);
  return (
    <div
      className="app"
      data-tab={Page ? undefined : tab}
      data-page={Page ? true : undefined}
      data-presenting={(!Page && presenting) || undefined}
    >
      <Header>
        <Actions />
      </Header>
      {Page ? (
        <Suspense fallback={<main className="figure" />}>
          <Page />
        </Suspense>
      ) : (
        <FigureRoom tab={tab} onTab={setTab} />
      )}
    </div>
  );
}

interface FigureRoomProps {
  readonly tab: Tab;
  readonly onTab: (tab: Tab) => void;
}

function FigureRoom({ tab, onTab }: FigureRoomProps) {
  const ready = useFigure((state) => state.answered !== null);
  const several = useFigure(hasSeveral);
  const training = useFigure(learns);
  return (
    <>
      <aside className="settings" aria-label="Settings">
        <AfterPicture>
          <Pictured>
            <Settings />
          </Pictured>
        </AfterPicture>
      </aside>
      <main className="figure">
        <Notices />
        {ready && <FigureHead>{several && <Choosers />}</FigureHead>}
        <Suspense>{ready && training && <TrainingBar />}</Suspense>
        <Figure />
      </main>
      <Transport />
      <aside className="explanation" aria-label="Explanation">
        <AfterPicture>
          <Pictured>
            <Explanation />
          </Pictured>
        </AfterPicture>
      </aside>
      <nav className="tabs" aria-label="Parts of the page">
        <Segments label="Show" value={tab} options={TABS} onChoose={onTab} />
      </nav>
    </>
  );
}
