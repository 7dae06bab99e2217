import type { CellRef, TensorName } from "#engine";

/** What a colour stands for. `plain` is neither tensor: a caption, a product. */
export type RoleName = "X" | "W" | "Y" | "delta" | "plain";

/** How numbers become fills: gray from `low` to `high`, or signed and centred on 0. */
export type Scale =
  | {
      readonly kind: "gray";
      readonly low: number;
      readonly high: number;
      readonly tone: "ink" | "light";
    }
  | { readonly kind: "signed"; readonly reach: number };

/** What a cell is besides its number; told by pattern as well as by hue. */
export interface Texture {
  /** In the ring around the image: a padding zero, or a copy of one of its cells. */
  readonly ring: "zero" | "copy" | null;
  /** No window reads it. */
  readonly unread: boolean;
  /** Its number is wrong, or would be by a way that is shown to be wrong. */
  readonly wrong?: boolean;
}

/** A cell like any other. */
export const SMOOTH: Texture = { ring: null, unread: false };
/** Of plates all of whose cells are such. */
export const NO_TEXTURE = (): Texture => SMOOTH;

/** Whose numbers a hand can change: the input, the weights, the bias, ∂L/∂Y. */
export type EditableTensor = "X" | "W" | "b" | "U";

/**
 * One matrix on the screen. `x`, `y` is its top left corner and `cell` the side of a cell, in CSS pixels of the scene.
 * The functions are asked only for cells that are visible, so a plate may be larger than memory.
 */
export interface Plate {
  /** Unique in its scene; also what its grid is called to those who cannot see it. */
  readonly name: string;
  readonly title: string;
  readonly subtitle: string;
  /** How wide the subtitle may be before it is cut. */
  readonly titleRoom: number;
  readonly role: RoleName;
  readonly x: number;
  readonly y: number;
  readonly cell: number;
  readonly rows: number;
  readonly columns: number;
  /** A frame in the colour of the role. */
  readonly outlined: boolean;
  readonly scale: Scale;
  /** Whose cells these are, and the flat index of each. */
  readonly tensor: TensorName;
  /** −1 where there is no cell: a zero that is only drawn. */
  readonly indexAt: (row: number, column: number) => number;
  /** null: not computed yet at this step. */
  readonly valueAt: (row: number, column: number) => number | null;
  /** The same number where it becomes a colour only, and may be less exact than one that is written; absent: `valueAt`. */
  readonly shadeAt?: (row: number, column: number) => number | null;
  readonly textureAt: (row: number, column: number) => Texture;
  /** The part of the plate that is the image itself, inside its ring; null where there is no ring. */
  readonly inside: {
    readonly row: number;
    readonly column: number;
    readonly rows: number;
    readonly columns: number;
  } | null;
  /** The tensor whose cells can be typed into and painted here, where there is one. */
  readonly editable: EditableTensor | null;
  /** The plate looks the same while all of these are the same: what may be kept and what must be painted again. */
  readonly key: readonly unknown[];
  /** Where a walk fills the plate cell by cell. The last part of its key is then how far that has come, and no other is. */
  readonly progress?: Progress;
}

/** Some of the cells of a plate: from top to before bottom, from left to before right. */
export interface Range {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** How far a walk has come. */
export interface Progress {
  readonly at: number;
  /** All cells that may look different at two moments of the walk. */
  readonly between: (a: number, b: number) => Range;
}

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** What lies over the plates and moves between steps: a mark glides from where the mark of its name stood before. */
export interface Mark extends Rectangle {
  readonly name: string;
  readonly role: RoleName;
}

export interface Words {
  readonly kind: "words";
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly align: "left" | "center";
  readonly weight: "normal" | "bold";
  readonly tone: "ink" | "muted";
  /** In the colour of a tensor instead. */
  readonly role?: RoleName;
}

export interface Arrow {
  readonly kind: "arrow";
  readonly x: number;
  readonly y: number;
  readonly length: number;
}

/** A line that ties cells of two plates together: it moves with the step, so it lies over the plates. */
export interface Curve {
  readonly role: RoleName;
  readonly from: readonly [x: number, y: number];
  readonly to: readonly [x: number, y: number];
  /** Which way it leaves and arrives: across (left to right) or down. */
  readonly along: "across" | "down";
  /** Of a line across: where it begins to sweep, and where it has; before and behind that it is straight. */
  readonly sweep?: readonly [x: number, x: number];
  /** Corners it goes round on its way, past what stands between; without them it is one sweep. */
  readonly around?: readonly (readonly [x: number, y: number])[];
}

/** A strip of colours with the numbers at its ends. */
export interface Legend {
  readonly kind: "legend";
  readonly scale: Scale;
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/** Cells of a plate, by their flat index. */
export interface Lit {
  readonly plate: string;
  readonly has: (index: number) => boolean;
  /** Lit in this colour instead of the plate's own. */
  readonly role?: RoleName;
}

/** All that is drawn at one moment, in CSS pixels from the top left. Plain data: any backend can draw it. */
export interface Scene {
  readonly width: number;
  readonly height: number;
  readonly plates: readonly Plate[];
  readonly marks: readonly Mark[];
  readonly curves: readonly Curve[];
  /** Cells of one plate that are lit while none is pointed at: a step that is about too many for marks. */
  readonly lit?: Lit | null;
  readonly notes: readonly (Words | Arrow | Legend)[];
  /** What must be in sight at this step: a picture larger than its room scrolls there. */
  readonly follow: Rectangle | null;
  /** The cell that this step has written: it fades in when the step is taken. */
  readonly newest: { readonly plate: string; readonly row: number; readonly column: number } | null;
}

/** The rectangle of some cells of a plate. */
export function cellsOf(
  plate: Plate,
  row: number,
  column: number,
  rows = 1,
  columns = 1,
): Rectangle {
  return {
    x: plate.x + column * plate.cell,
    y: plate.y + row * plate.cell,
    width: columns * plate.cell,
    height: rows * plate.cell,
  };
}

/** Which cell of which tensor stands at a place of a plate; null for an inserted zero, which is no one's. */
export function refAt(plate: Plate, row: number, column: number): CellRef | null {
  const index = plate.indexAt(row, column);
  return index < 0 ? null : { tensor: plate.tensor, index };
}

/** Which cells to light: for a tensor, whether a cell is lit; null where none of its cells is. */
export type Light = (tensor: TensorName) => ((index: number) => boolean) | null;

/** A place in a plate. */
export interface Hit {
  readonly plate: Plate;
  readonly row: number;
  readonly column: number;
}

/** What a picture is at one moment. */
export interface Picture {
  readonly scene: Scene;
  readonly light: Light | null;
  /** The cell under the pointer or the keyboard, for the loupe. */
  readonly loupe: Hit | null;
  /** How long marks glide to their new places, in milliseconds; 0: they jump. */
  readonly glide: number;
  /** Whether what is at work is brought into sight: nothing may move away under a hand that only points. */
  readonly follows: boolean;
  /** The point of the room at which what is there stays, where the picture has been zoomed; else the work is followed. */
  readonly hold?: Point | null;
}

/** The cell at a point of the scene: the layout read backwards. */
export function hit(scene: Scene, x: number, y: number): Hit | null {
  for (const plate of scene.plates) {
    const column = Math.floor((x - plate.x) / plate.cell);
    const row = Math.floor((y - plate.y) / plate.cell);
    if (row >= 0 && column >= 0 && row < plate.rows && column < plate.columns)
      return { plate, row, column };
  }
  return null;
}

/** From this side on a cell shows its number. */
export const NUMBERS_FROM = 20;

/** The same place in a newer scene, as long as it is still there. */
export function again(scene: Scene, { plate: { name }, row, column }: Hit): Hit | null {
  const plate = scene.plates.find((candidate) => candidate.name === name);
  return plate && row < plate.rows && column < plate.columns ? { plate, row, column } : null;
}
