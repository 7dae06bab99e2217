// What only a picture larger than its room needs: fetched once the first picture stands.
import "./large.css";

export { createGrasp } from "./grasp.ts";
export { samePoint } from "./hold.ts";
export { createMinimap } from "./minimap.ts";
export { shift } from "./shift.ts";
