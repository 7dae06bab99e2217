import { inputOfPadded } from "#engine";
import type { StageEvents } from "../draw/events.ts";
import { type Hit, type Point, refAt } from "../draw/scene.ts";
import { edits } from "../store/edits.ts";
import type { FigureStore } from "../store/figureState.ts";
import { zoomBy } from "../store/zoom.ts";
import { sameCell } from "./same.ts";

export { lightOf } from "./light.ts";

/** What the picture is told of a hand besides what the store is. */
interface Hand {
  /** Where the loupe stands. */
  readonly look: (at: Hit | null) => void;
  /** What is at this point of the room stays there in the next picture. */
  readonly about: (at: Point | null) => void;
}

/** What a hand does to the picture, as the store takes it. */
export function eventsOf(store: FigureStore, { look, about }: Hand): StageEvents {
  const hover = (at: Hit | null) => {
    const next = at && refAt(at.plate, at.row, at.column);
    look(at);
    if (!sameCell(store.getState().hovered, next)) store.setState({ hovered: next });
  };
  const painting = () => store.getState().tool !== "point";
  let filled = false;
  return {
    onZoom(by, at) {
      about(at);
      zoomBy(store, by);
      about(null);
    },
    onHover: hover,
    onFocus: hover,
    draws: (plate) => plate.editable !== null && painting(),
    onPress(at) {
      if (!painting() || !at.plate.editable) return false;
      filled = false;
      store.getState().beginStroke();
      return true;
    },
    onStroke(path) {
      const { tool, paint } = store.getState();
      const editable = path[0]!.plate.editable!;
      const fills = tool === "fill" && editable === "X";
      if (fills && filled) return; // a fill is poured where the press began, once
      filled = true;
      const indices = path.flatMap((at) => editableIndex(store, at));
      if (indices.length > 0) paint(indices, editable);
    },
    onRelease: () => store.getState().endStroke(),
    onTap(at) {
      const ref = refAt(at.plate, at.row, at.column);
      if (!ref) return;
      store.setState((state) => ({ pinned: sameCell(state.pinned, ref) ? null : ref }));
    },
    onType(at, value) {
      const indices = editableIndex(store, at);
      const { change, tell } = store.getState();
      if (indices.length === 0)
        tell(
          "This cell is padding: its value follows from the pad mode. Type into a cell of the image.",
        );
      else change(edits(store.getState(), at.plate.editable!, indices, value));
    },
  };
}

/** The cell of X or W that is changed at a place; none in the ring, which only copies or is zero. */
function editableIndex(store: FigureStore, { plate, row, column }: Hit): number[] {
  const index = plate.indexAt(row, column);
  if (plate.tensor !== "P") return [index];
  if (plate.textureAt(row, column).ring !== null) return [];
  return [inputOfPadded(store.getState().answered!.geometry, index)];
}
