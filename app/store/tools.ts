/** What a press on an editable plate does. */
export const TOOLS = {
  point: {
    label: "Point",
    key: "p",
    why: "Hover to see where a number goes; click to keep it lit.",
  },
  brush: { label: "Brush", key: "b", why: "Drag to write the value into cells." },
  eraser: { label: "Eraser", key: "e", why: "Drag to set cells to 0." },
  fill: { label: "Fill", key: "g", why: "Click to fill connected equal cells with the value." },
} as const;

export type Tool = keyof typeof TOOLS;

/** Steps a second. */
export const SPEEDS = [0.5, 1, 2, 4, 8, 16, 30, 60] as const;
