// What a picture is pointed at, taken hold of, typed into and read with, and what then lights up: fetched once the
// first stands.
import "./hands.css";

export { createGrasp } from "./grasp.ts";
export { createGrids } from "./grids.ts";
export { samePoint } from "./hold.ts";
export { needsLoupe, paintLight, paintLoupe } from "./light.ts";
export { createMinimap } from "./minimap.ts";
export { createPointer } from "./pointer.ts";
export { shift } from "./shift.ts";
