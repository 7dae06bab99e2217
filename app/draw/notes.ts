import { short } from "#engine";
import { fillOf } from "./palette.ts";
import type { Arrow, Legend, Words } from "./scene.ts";
import { css, FONT, type Surface } from "./surface.ts";

/** Between a strip of colours and the numbers at its ends. */
const LEGEND_GAP = 6;

/** The numbers at the ends of a legend, where its strip starts, and where all of it ends. */
function endsOf(ctx: CanvasRenderingContext2D, { scale, x, width }: Legend) {
  const [low, high] =
    scale.kind === "signed" ? [-scale.reach, scale.reach] : [scale.low, scale.high];
  ctx.font = `11px ${FONT}`;
  const start = x + ctx.measureText(short(low)).width + LEGEND_GAP;
  const right = start + width + LEGEND_GAP + ctx.measureText(short(high)).width;
  return { low, high, start, right };
}

const NOTES = {
  words: ({ ctx, palette }: Surface, note: Words) => {
    ctx.textAlign = note.align;
    ctx.textBaseline = "middle";
    ctx.fillStyle = note.role ? palette.roles[note.role] : palette[note.tone];
    ctx.font = `${note.weight === "bold" ? "600 " : ""}${note.size}px ${FONT}`;
    ctx.fillText(note.text, note.x, note.y);
  },
  arrow: ({ ctx, palette }: Surface, { x, y, length }: Arrow) => {
    ctx.strokeStyle = palette.muted;
    ctx.lineWidth = 1.25;
    ctx.beginPath();
    ctx.moveTo(x, y);
    ctx.lineTo(x + length, y);
    ctx.moveTo(x + length - 7, y - 4);
    ctx.lineTo(x + length, y);
    ctx.lineTo(x + length - 7, y + 4);
    ctx.stroke();
  },
  legend: ({ ctx, palette }: Surface, legend: Legend) => {
    const { scale, y, width } = legend;
    const { low, high, start } = endsOf(ctx, legend);
    ctx.textBaseline = "middle";
    ctx.textAlign = "left";
    ctx.fillStyle = palette.muted;
    ctx.fillText(short(low), legend.x, y);
    const bands = 24;
    for (let i = 0; i < bands; i++) {
      ctx.fillStyle = css(fillOf(palette, scale, low + ((i + 0.5) / bands) * (high - low)));
      ctx.fillRect(start + (i * width) / bands, y - 4, width / bands + 0.5, 8);
    }
    ctx.strokeStyle = palette.hairline;
    ctx.lineWidth = 1;
    ctx.strokeRect(start - 0.5, y - 4.5, width + 1, 9);
    ctx.fillStyle = palette.muted;
    ctx.fillText(short(high), start + width + LEGEND_GAP, y);
  },
} as const;

export function paintNote(surface: Surface, note: Words | Arrow | Legend): void {
  if (note.kind === "words") NOTES.words(surface, note);
  else if (note.kind === "arrow") NOTES.arrow(surface, note);
  else NOTES.legend(surface, note);
}

/** The same legend with other numbers. */
export function repaintLegend(surface: Surface, legend: Legend, before: Legend): void {
  const { right } = endsOf(surface.ctx, before);
  surface.ctx.clearRect(before.x - 2, before.y - 8, right - before.x + 4, 16);
  paintNote(surface, legend);
}
