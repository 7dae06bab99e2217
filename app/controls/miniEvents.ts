import { setCells } from "#engine";
import type { StageEvents } from "../draw/events.ts";
import { type Hit, refAt } from "../draw/scene.ts";
import type { FigureStore } from "../store/figureState.ts";

/** What is done to an editor: a press always paints, whatever the tool. */
export function miniEvents(store: FigureStore, of: "X" | "W"): StageEvents {
  const indexOf = ({ plate, row, column }: Hit) => plate.indexAt(row, column);

  /** Cells are chosen by what is seen. What was asked and refused may have other cells, so it is given up. */
  const settle = () => {
    const { attempt, document, dismissRefusal } = store.getState();
    const shape = (made: typeof document) =>
      (of === "X" ? made.input : made.kernel).tensor.shape.join();
    if (attempt && shape(attempt) !== shape(document)) dismissRefusal();
  };

  /** With the pointing tool the figure shows what becomes of the cell; a brush should not flicker there. */
  const hover = (at: Hit | null) => {
    const { tool, hovered } = store.getState();
    const next = at && tool === "point" ? refAt(at.plate, at.row, at.column) : null;
    if (next !== hovered) store.setState({ hovered: next });
  };

  let filled = false;
  return {
    onHover: hover,
    onFocus: hover,
    draws: () => true,
    onPress() {
      settle();
      filled = false;
      store.getState().beginStroke();
      return true;
    },
    onStroke(path) {
      const { tool, paint } = store.getState();
      const fills = tool === "fill" && of === "X";
      if (fills && filled) return; // a fill is poured where the press began, once
      filled = true;
      paint(path.map(indexOf), of);
    },
    onRelease: () => store.getState().endStroke(),
    onTap: () => {},
    onType(at, value) {
      settle();
      store.getState().change((document) => setCells(document, of, [indexOf(at)], value));
    },
  };
}
