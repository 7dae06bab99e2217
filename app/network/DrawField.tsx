import { useEffect, useMemo, useRef } from "react";
import { INK_LEVEL, type PenPoint } from "#engine";
import { planeScene } from "../controls/miniScene.ts";
import { PlateStage } from "../controls/PlateStage.tsx";
import { useNarrow } from "../controls/useNarrow.ts";
import type { StageEvents } from "../draw/events.ts";
import type { Plate } from "../draw/scene.ts";
import type { Drawing } from "../store/network/drawing.ts";
import { useDrawing, useLearner } from "./use.ts";

/** A finger needs larger cells than a mouse. */
const SIZES = { wide: { side: 208, cell: 26 }, narrow: { side: 288, cell: 36 } };

const LOOK = {
  of: "X",
  name: "Drawn digit",
  role: "X",
  scale: { kind: "gray", low: 0, high: INK_LEVEL, tone: "ink" },
} as const;

/** The plate only takes numbers: a soft pen stands between cells, so strokes are read from the pointer itself. */
function numbersOf({ write }: Drawing): StageEvents {
  const nothing = () => {};
  return {
    onType: ({ plate, row, column }, level) => write(plate.indexAt(row, column), level),
    draws: () => true,
    onPress: () => false,
    ...{
      onHover: nothing,
      onFocus: nothing,
      onStroke: nothing,
      onRelease: nothing,
      onTap: nothing,
    },
  };
}

/** Where on a plate a pointer is; also beyond its edges. */
function pointAt(field: Element, { x, y, cell }: Plate): (at: PointerAt) => PenPoint {
  const box = field.getBoundingClientRect();
  return ({ clientX, clientY }) => ({
    row: (clientY - box.top - y) / cell,
    column: (clientX - box.left - x) / cell,
  });
}
type PointerAt = Pick<PointerEvent, "clientX" | "clientY">;

/** How far each key of the cursor goes. */
const WAYS: Readonly<Record<string, readonly [rows: number, columns: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** What a key does on a cell besides moving and writing numbers, which the grid does itself. False: nothing. */
function press(drawing: Drawing, event: React.KeyboardEvent): boolean {
  const { key, shiftKey, altKey } = event;
  if (event.target instanceof HTMLInputElement || altKey) return false;
  if (event.ctrlKey || event.metaKey) {
    const back = key.toLowerCase() === "z" && !shiftKey;
    const again = key.toLowerCase() === "z" || key.toLowerCase() === "y";
    if (back) drawing.undo();
    else if (again) drawing.redo();
    return back || again;
  }
  const at = (event.target as HTMLElement).dataset.at?.split(" ").map(Number);
  const way = shiftKey ? WAYS[key] : key === " " ? [0, 0] : undefined;
  if (!at || !way) return false;
  const middle = { row: at[0]! + 0.5, column: at[1]! + 0.5 };
  drawing.press(middle);
  drawing.move([{ row: middle.row + way[0]!, column: middle.column + way[1]! }]);
  drawing.lift();
  if (shiftKey) event.target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  return true;
}

/** The field to draw on, with mouse, finger, pen or keys. */
export function DrawField() {
  const { drawing } = useLearner();
  const levels = useDrawing((state) => state.levels);
  const size = SIZES[useNarrow() ? "narrow" : "wide"];
  const scene = useMemo(() => planeScene(levels, 0, LOOK, size), [levels, size]);
  const events = useMemo(() => numbersOf(drawing), [drawing]);
  /** The pointer that draws; others may rest on the field meanwhile. */
  const pointer = useRef<number | null>(null);
  useEffect(() => drawing.lift, [drawing]);

  const pathOf = (event: React.PointerEvent) => {
    const { nativeEvent, currentTarget } = event;
    const all = nativeEvent.getCoalescedEvents?.() ?? [];
    return (all.length > 0 ? all : [nativeEvent]).map(pointAt(currentTarget, scene.plates[0]!));
  };
  const down = (event: React.PointerEvent) => {
    if (pointer.current !== null || event.button !== 0) return;
    if (event.target instanceof HTMLInputElement) return;
    pointer.current = event.pointerId;
    event.currentTarget.setPointerCapture(event.pointerId);
    drawing.press(pathOf(event).at(-1)!);
  };
  const move = (event: React.PointerEvent) => {
    if (event.pointerId === pointer.current) drawing.move(pathOf(event));
  };
  const up = (event: React.PointerEvent) => {
    if (event.pointerId !== pointer.current) return;
    pointer.current = null;
    drawing.lift();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the grid inside has the focus and the roles
    <div
      className="draw-field"
      onPointerDown={down}
      onPointerMove={move}
      onPointerUp={up}
      onPointerCancel={up}
      onKeyDown={(event) => {
        if (press(drawing, event)) event.preventDefault();
      }}
    >
      <PlateStage scene={scene} events={events} />
    </div>
  );
}
