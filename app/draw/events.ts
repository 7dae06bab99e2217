import type { Hit, Plate } from "./scene.ts";

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
  /** A touch on this plate draws: it must not scroll the page. */
  readonly draws: (plate: Plate) => boolean;
}
