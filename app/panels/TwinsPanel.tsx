import "./twins.css";
import { useMemo } from "react";
import {
  type CellRef,
  type Choices,
  type Geometry,
  inputOfPadded,
  nameOf,
  TENSORS,
  type Twin,
  twinsOf,
} from "#engine";
import { focusOf } from "../lenses/focus.ts";
import type { Frame } from "../lenses/lens.ts";
import { useFigure, useFigureStore } from "../store/context.ts";
import { lensOf } from "../store/followed.ts";
import { openLens } from "../store/openLens.ts";

/** What the cell in focus is in the other lenses: choosing one opens that lens there. */
export function TwinsPanel({ frame }: { readonly frame: Frame }) {
  const store = useFigureStore();
  const lenses = useFigure((state) => state.lenses);
  const open = useFigure((state) => state.lens);
  const focus = focusOf(useFigure(lensOf), frame);
  const { geometry, view } = frame;
  const { options } = view;
  const { tensor, index } = focus ?? {};
  const twins = useMemo(
    () =>
      tensor === undefined || index === undefined
        ? []
        : elsewhere(geometry, { tensor, index }, options, open, Object.keys(lenses)),
    [geometry, tensor, index, options, open, lenses],
  );
  if (!focus || twins.length === 0) return null;
  return (
    <section className="twins" aria-label="In other lenses">
      <h2 className="heading">{nameOf(geometry, focus)} in other lenses</h2>
      <ul>
        {twins.map(({ lens, tensor, index, text }) => (
          <li key={lens}>
            <button type="button" onClick={() => openLens(store, lens, { tensor, index })}>
              <span className="role-muted">{lenses[lens]!.label}</span> {text}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The twins in lenses that there are; in the open one only where it is another cell. */
function elsewhere(
  g: Geometry,
  ref: CellRef,
  options: Choices,
  open: string,
  lenses: readonly string[],
): Twin[] {
  const { kind } = TENSORS[ref.tensor];
  // A place of the padded input and the input that stands there are one.
  const here = kind === "P" ? inputOfPadded(g, ref.index) : ref.index;
  const isOther = ({ tensor, index }: Twin) =>
    index !== here || TENSORS[tensor].kind !== (kind === "P" ? "X" : kind);
  return twinsOf(g, ref, options).filter(
    (twin) => lenses.includes(twin.lens) && (twin.lens !== open || isOther(twin)),
  );
}
