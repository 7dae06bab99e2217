import { createStore, type StoreApi } from "zustand/vanilla";
import {
  blankLevels,
  DIGITS,
  type Engine,
  INK_LEVEL,
  imageOfLevels,
  levelsOfImage,
  levelsOfStroke,
  type Pen,
  type PenPoint,
  type Predicted,
  type Run,
  type Stroke,
  startStroke,
  strokeTo,
  type Tensor,
  tensor,
} from "#engine";
import { keepUp } from "./keepUp.ts";
import type { LearningStore } from "./state.ts";

/** So many strokes can be undone. */
const MOST_PAST = 100;

export interface DrawingState {
  /** Whether the drawing is looked at, instead of a sample. */
  readonly isOpen: boolean;
  /** 1 1 H W, whole numbers from 0 to 16. */
  readonly levels: Tensor;
  readonly past: readonly Tensor[];
  readonly future: readonly Tensor[];
  readonly pen: Pen;
  /** The stroke under way. */
  readonly stroke: Stroke | null;
  /** What it is said to be; null: nobody has said. */
  readonly label: number | null;
  /** What a network made of levels: the newest answer, it may be that of a moment ago. */
  readonly answered: DrawnAnswer | null;
}

export interface DrawnAnswer {
  readonly run: Run;
  readonly levels: Tensor;
  readonly predicted: Predicted;
}

/** A field to draw on, and what the network of the run makes of it: of each stroke as it grows, of each step as it comes. */
export interface Drawing {
  readonly state: StoreApi<DrawingState>;
  readonly open: (isOpen: boolean) => void;
  readonly take: (pen: Pen) => void;
  /** A stroke: the pen is put down, moved on, lifted. All of it is undone as one. */
  readonly press: (at: PenPoint) => void;
  readonly move: (path: readonly PenPoint[]) => void;
  readonly lift: () => void;
  readonly write: (cell: number, level: number) => void;
  readonly clear: () => void;
  /** Draws over an image of numbers from 0 to 1, of which is known what it is. */
  readonly startFrom: (image: Tensor, label: number) => void;
  readonly call: (label: number | null) => void;
  readonly undo: () => void;
  readonly redo: () => void;
}

export function isBlank({ data }: Tensor): boolean {
  return data.every((level) => level === 0);
}

function same(a: Tensor, b: Tensor): boolean {
  return a.shape.join() === b.shape.join() && a.data.every((level, i) => level === b.data[i]);
}

export function createDrawing(learning: LearningStore, ask: Engine["ask"]): Drawing {
  const state = createStore<DrawingState>(() => ({
    isOpen: false,
    ...fresh(DIGITS.size, DIGITS.size),
    pen: "pen",
  }));
  const { getState, setState } = state;

  const answer = keepUp(
    learning,
    () => {
      const { isOpen, levels, answered } = getState();
      if (!isOpen || !learning.getState().run || isBlank(levels)) return true;
      return answered?.run === learning.getState().run && answered?.levels === levels;
    },
    async () => {
      const { levels } = getState();
      const run = learning.getState().run!;
      const question = { network: run.network, image: imageOfLevels(levels) };
      const predicted = await ask("predictDrawn", question);
      setState({ answered: { run, levels, predicted } });
    },
  );

  /** Levels of another moment take the place of those there are; the answer follows. */
  function show(changed: Partial<DrawingState>): void {
    setState(changed);
    void answer();
  }

  /** What undoes to `before`, if anything is otherwise by now. */
  function changedFrom(before: Tensor, levels: Tensor): Partial<DrawingState> {
    if (same(before, levels)) return { levels: before };
    const { past } = getState();
    return { levels, past: [...past, before].slice(-MOST_PAST), future: [] };
  }

  /** Another run may see images of another size. */
  function resize(): void {
    const spec = learning.getState().run?.network.spec;
    const [, , H, W] = getState().levels.shape;
    if (spec && (spec.H !== H || spec.W !== W)) setState(fresh(spec.H, spec.W));
    void answer();
  }
  learning.subscribe(({ run }, before) => run !== before.run && resize());

  function go(to: Tensor, past: readonly Tensor[], future: readonly Tensor[]): void {
    show({ levels: to, past, future, stroke: null });
  }

  return {
    state,
    open: (isOpen) => show({ isOpen }),
    take: (pen) => setState({ pen }),
    press(at) {
      const { levels, pen } = getState();
      const stroke = startStroke(levels, pen, at);
      show({ stroke, levels: levelsOfStroke(stroke) });
    },
    move(path) {
      const { stroke } = getState();
      if (!stroke) return;
      const further = path.reduce(strokeTo, stroke);
      show({ stroke: further, levels: levelsOfStroke(further) });
    },
    lift() {
      const { stroke, levels } = getState();
      if (stroke) show({ stroke: null, ...changedFrom(stroke.over, levels) });
    },
    write(cell, level) {
      const { levels } = getState();
      const whole = Math.round(Math.min(INK_LEVEL, Math.max(0, level)));
      const written = tensor(levels.shape, levels.data.with(cell, whole));
      show(changedFrom(levels, written));
    },
    clear() {
      const { levels } = getState();
      const [, , H, W] = levels.shape as [number, number, number, number];
      show({ stroke: null, label: null, ...changedFrom(levels, blankLevels(H, W)) });
    },
    startFrom: (image, label) =>
      show({ stroke: null, label, ...changedFrom(getState().levels, levelsOfImage(image)) }),
    call: (label) => setState({ label }),
    undo() {
      const { past, future, levels } = getState();
      if (past.length > 0) go(past.at(-1)!, past.slice(0, -1), [levels, ...future]);
    },
    redo() {
      const { past, future, levels } = getState();
      if (future.length > 0) go(future[0]!, [...past, levels], future.slice(1));
    },
  };
}

/** A field that nothing has been drawn on. */
function fresh(H: number, W: number) {
  const nothing = { past: [], future: [], stroke: null, label: null, answered: null };
  return { levels: blankLevels(H, W), ...nothing };
}
