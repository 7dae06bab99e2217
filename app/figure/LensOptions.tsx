import { type KeyboardEvent, useRef, useState } from "react";
import { conventionWords } from "#engine";
import { Segments } from "../controls/Segments.tsx";
import { CONVENTIONS } from "../lenses/conventions.ts";
import type { Frame, LensOption } from "../lenses/lens.ts";
import { Sentence } from "../panels/Sentence.tsx";
import { useFigure, useFigureStore } from "../store/context.ts";
import { lensOf } from "../store/followed.ts";
import { useFrame } from "../store/frame.ts";

// What the figure's head says of the open lens: its equation, and its switches.

/** More switches than these do not stand side by side: those that are conventions go into a list. */
const MOST = 2;

type Option = readonly [name: string, option: LensOption];

function useOptions(): Option[] {
  return Object.entries(useFigure(({ lenses, lens }) => lenses[lens]!).options ?? {});
}

/** The switches of the open lens. */
export function LensOptions() {
  const all = useOptions();
  const listed = all.length > MOST ? all.filter(([name]) => name in CONVENTIONS) : [];
  const beside = all.filter((option) => !listed.includes(option));
  return (
    <>
      {listed.length > 0 && <ConventionList options={listed} />}
      {beside.map((option) => (
        <Switch key={option[0]} option={option} />
      ))}
    </>
  );
}

function Switch({ option: [name, { label, choices }] }: { readonly option: Option }) {
  const store = useFigureStore();
  const value = useFigure(({ options }) => options[name]) ?? Object.keys(choices)[0]!;
  /** What is chosen is seen to be at once, also where its script is still on its way. */
  const [asked, ask] = useState<string | null>(null);
  return (
    <Segments
      label={label}
      value={asked ?? value}
      options={Object.entries(choices).map(([choice, text]) => ({ value: choice, label: text }))}
      onChoose={async (chosen) => {
        ask(chosen);
        try {
          const { chooseOption } = await import("../store/openLens.ts");
          chooseOption(store, name, chosen);
        } finally {
          ask(null);
        }
      }}
    />
  );
}

/** Behind one button, which says what is chosen. */
function ConventionList({ options }: { readonly options: readonly Option[] }) {
  const chosen = useFigure((state) => state.options);
  const list = useRef<HTMLDetailsElement>(null);
  const close = () => {
    if (list.current) list.current.open = false;
  };
  const closeOnEscape = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || !list.current?.open) return;
    event.stopPropagation();
    close();
    list.current.querySelector("summary")?.focus();
  };
  const said = options.map(([name, { choices }]) => choices[chosen[name] ?? ""] ?? first(choices));
  return (
    <details
      className="more"
      ref={list}
      onKeyDown={closeOnEscape}
      onBlur={({ currentTarget, relatedTarget }) => {
        if (relatedTarget && !currentTarget.contains(relatedTarget)) close();
      }}
    >
      <summary className="button" aria-label={`Conventions: ${said.join(" · ")}`}>
        {said.join(" · ")}
      </summary>
      <div className="more-list conventions">
        {options.map((option) => (
          <div key={option[0]}>
            <span aria-hidden="true">{option[1].label}</span>
            <Switch option={option} />
          </div>
        ))}
        <p className="hint">The picture rearranges, the values stay.</p>
      </div>
    </details>
  );
}

function first(choices: LensOption["choices"]): string {
  return Object.values(choices)[0]!;
}

/** What the open lens computes, and what there is to remark. */
export function Equation() {
  const lens = useFigure(lensOf);
  const frame = useFrame();
  if (!frame) return <div />;
  const { formula, remark } = lens.equation(frame);
  return (
    <div>
      <p className="equation">
        <Sentence spans={formula} />
      </p>
      <p className="remark">{remark}</p>
      <Stated frame={frame} />
    </div>
  );
}

/** What the chosen conventions come to in this layer, after the remark. */
function Stated({ frame }: { readonly frame: Frame }) {
  const { geometry, view } = frame;
  const words = useOptions()
    .map(([name]) => conventionWords(geometry, name, view.options[name] ?? ""))
    .filter((text) => text !== "");
  return words.length > 0 && <p className="stated">{words.join(". ")}</p>;
}
