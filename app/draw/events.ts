import type { Hit, Plate, Point } from "./scene.ts";

/** What people do to a picture. `press` returns true when what follows is a stroke over cells, not a tap. */
export interface StageEvents {
  readonly onHover: (at: Hit | null) => void;
  readonly onFocus: (at: Hit | null) => void;
  readonly onPress: (at: Hit, event: PointerEvent) => boolean;
  readonly onStroke: (path: readonly Hit[]) => void;
  readonly onRelease: () => void;
  readonly onTap: (at: Hit) => void;
  /** A number was typed into a cell of an editable plate. */
  readonly onType: (at: Hit, value: number) => void;
  /** One zoom nearer (1) or farther (−1), about a point of the room; absent: the picture is as large as it is. */
  readonly onZoom?: (by: 1 | -1, at: Point) => void;
  /** A touch on this plate draws: it must not scroll the page. */
  readonly draws: (plate: Plate) => boolean;
}
