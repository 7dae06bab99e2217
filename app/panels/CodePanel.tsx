import { memo, useEffect, useMemo, useRef, useState } from "react";
import { ConvError, marksAt, type Program, sourceOf } from "#engine";
import { Panel } from "../controls/Panel.tsx";
import { Segments } from "../controls/Segments.tsx";
import { type Frame, LANGUAGES, type Lens, type LensPrograms } from "../lenses/lens.ts";
import { useFigure, useFigureStore } from "../store/context.ts";
import { lensOf } from "../store/followed.ts";
import { useAfterPicture } from "./useAfterPicture.ts";

/** The programs of the open lens; null until they are fetched, false where they cannot be. */
function usePrograms(): LensPrograms | null | false {
  const lens = useFigure(lensOf);
  const [fetched, setFetched] = useState<{ of: Lens; programs: LensPrograms | false } | null>(null);
  useEffect(() => {
    let wanted = true;
    lens.programs().then(
      (programs) => wanted && setFetched({ of: lens, programs }),
      () => wanted && setFetched({ of: lens, programs: false }),
    );
    return () => {
      wanted = false;
    };
  }, [lens]);
  return fetched?.of === lens ? fetched.programs : null;
}

/** The code that did it: a complete program with the shown numbers, the running line marked. */
export function CodePanel({ frame }: { readonly frame: Frame }) {
  const fetched = usePrograms();
  return (
    <section className="code-panel" aria-label="The code that did it">
      <h2 className="heading">The code that did it</h2>
      {fetched && <Code frame={frame} {...fetched} />}
      {fetched === false && (
        <p className="hint">
          The programs could not be fetched; with a connection, reload the page.
        </p>
      )}
    </section>
  );
}

function Code({ frame, programs, variables }: LensPrograms & { readonly frame: Frame }) {
  const lens = useFigure(lensOf);
  const language = useFigure((state) => state.language);
  const [whole, setWhole] = useState(false);
  const { geometry, layer, answer } = frame;
  const { options: choices } = frame.view;
  // A program holds every number of the input: to write it takes longer than the picture may wait.
  const asked = useAfterPicture(
    useMemo(
      () => ({ programs, document: [geometry, layer, answer, choices] as const }),
      [programs, geometry, layer, answer, choices],
    ),
  );
  const made = useMemo(
    () => programOf(() => asked.programs[language].program(...asked.document)),
    [asked, language],
  );
  return (
    <>
      <Panel className="languages">
        <LanguageChoice programs={programs} />
      </Panel>
      {"problem" in made ? (
        <p className="hint">{made.problem}</p>
      ) : (
        <>
          <Listing
            program={made.program}
            whole={whole}
            marks={lens.marks?.(frame) ?? marksAt(frame.slot === null ? "output" : "tap")}
          />
          <p className="variables">{variables(frame)}</p>
          <div className="code-buttons">
            <CopyButton text={() => sourceOf(made.program)} />
            <button
              type="button"
              className="button"
              aria-pressed={whole}
              onClick={() => setWhole(!whole)}
            >
              {whole ? "Only the loop" : "Whole program"}
            </button>
          </div>
        </>
      )}
    </>
  );
}

function LanguageChoice({ programs }: Pick<LensPrograms, "programs">) {
  const store = useFigureStore();
  const language = useFigure((state) => state.language);
  return (
    <Segments
      label="Language"
      value={language}
      options={LANGUAGES.map((value) => ({ value, label: programs[value].label }))}
      onChoose={(value) => store.setState({ language: value })}
    />
  );
}

function programOf(make: () => Program): { program: Program } | { problem: string } {
  try {
    return { program: make() };
  } catch (error) {
    if (error instanceof ConvError) return { problem: error.message };
    throw error;
  }
}

/** Not drawn again at every step: its lines change with the document, its marks with what is stepped through. */
const Listing = memo(function Listing({
  program,
  whole,
  marks,
}: {
  readonly program: Program;
  readonly whole: boolean;
  readonly marks: readonly string[];
}) {
  const lines = whole ? program : program.filter((line) => line.part === "body");
  const box = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the marked line is to be seen whenever another listing is shown
  useEffect(() => {
    const list = box.current!;
    const marked = list.querySelector<HTMLElement>(".marked");
    if (marked) list.scrollTop = marked.offsetTop - list.clientHeight / 3;
  }, [program, whole]);
  return (
    // a scrollable region must be reachable by keyboard
    // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolled with the arrow keys
    <section className="code" ref={box} tabIndex={0} aria-label="Program">
      <pre>
        {lines.map((line, i) => (
          <code
            // biome-ignore lint/suspicious/noArrayIndexKey: a line of a program has no other name
            key={i}
            className={line.marks?.some((mark) => marks.includes(mark)) ? "marked" : undefined}
          >
            {line.text || " "}
          </code>
        ))}
      </pre>
    </section>
  );
});

function CopyButton({ text }: { readonly text: () => string }) {
  const [said, say] = useState("");
  const copy = () =>
    navigator.clipboard.writeText(text()).then(
      () => say("Copied"),
      () => say("The browser does not let this page copy; open “Whole program” and select it."),
    );
  return (
    <>
      <button type="button" className="button" onClick={copy}>
        Copy program
      </button>
      <span role="status" className="hint">
        {said}
      </span>
    </>
  );
}
