// What a picture is pointed at, typed into and read with, and what then lights up: fetched once the first stands.
export { createGrids } from "./grids.ts";
export { needsLoupe, paintLight, paintLoupe } from "./light.ts";
export { createPointer } from "./pointer.ts";
