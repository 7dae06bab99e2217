import { ConvError, type Tensor } from "#engine";
import { broken, checkHeader } from "./header.ts";
import { type Channels, type Level, type Pixels, tensorOf } from "./pixels.ts";

/** What to do with an image that is not of the proportions wished for. */
export const FITS = {
  crop: { label: "crop", why: "The middle of the image, undistorted." },
  stretch: { label: "stretch", why: "All of the image, pressed into the size." },
} as const;

export type Fit = keyof typeof FITS;

/** The tensor wished for: 1 × C × H × W, from black = 0 to white = levels. */
export interface ImageWish {
  readonly H: number;
  readonly W: number;
  readonly C: Channels;
  readonly levels: Level;
  readonly fit: Fit;
}

/** Longer sides are more than some browsers give a canvas. */
const MOST_CANVAS = 8192;

/**
 * The tensor of an image file: gray by Rec. 601 or three channels, transparent parts on white, turned as a camera says.
 * Of an animation the first frame.
 * @throws ConvError "image"
 */
export async function decodeImage(blob: Blob, wish: ImageWish): Promise<Tensor> {
  const label = await checkHeader(blob);
  const bitmap = await createImageBitmap(blob).catch(() => {
    throw broken(label);
  });
  try {
    return tensorOf(pixelsOf(bitmap, wish), wish);
  } finally {
    bitmap.close(); // up to 160 MB that no one should have to wait for the collector to free
  }
}

/** The wished-for part of the image, at less than twice the size wished for: `tensorOf` does the rest exactly. */
function pixelsOf(bitmap: ImageBitmap, { H, W, fit }: ImageWish): Pixels {
  const part = partOf(bitmap, H, W, fit);
  let width = reduced(part.width, W, MOST_CANVAS);
  let height = reduced(part.height, H, MOST_CANVAS);
  let canvas = onWhite(width, height, (context) =>
    context.drawImage(bitmap, part.x, part.y, part.width, part.height, 0, 0, width, height),
  );
  // By halves: a canvas averages four pixels at a time, and would skip the others in one great step.
  while (width >= 2 * W || height >= 2 * H) {
    const larger = canvas;
    width = reduced(width, W);
    height = reduced(height, H);
    canvas = onWhite(width, height, (context) =>
      context.drawImage(larger.canvas, 0, 0, width, height),
    );
  }
  return canvas.getImageData(0, 0, width, height);
}

/** Half of n, unless that is too little for `wished`. */
function reduced(n: number, wished: number, most = Number.POSITIVE_INFINITY): number {
  return Math.min(most, n >= 2 * wished ? Math.ceil(n / 2) : n);
}

/** The rectangle of the image that is shown. */
function partOf({ width, height }: ImageBitmap, H: number, W: number, fit: Fit) {
  if (fit === "stretch") return { x: 0, y: 0, width, height };
  const scale = Math.min(width / W, height / H);
  const w = Math.max(1, Math.round(W * scale));
  const h = Math.max(1, Math.round(H * scale));
  return { x: Math.floor((width - w) / 2), y: Math.floor((height - h) / 2), width: w, height: h };
}

function onWhite(
  width: number,
  height: number,
  draw: (context: OffscreenCanvasRenderingContext2D) => void,
): OffscreenCanvasRenderingContext2D {
  // Read back at once, so kept off the graphics card, whose averages differ from machine to machine.
  const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
  if (context === null)
    throw new ConvError("image", "this browser gives no memory to draw it", "a smaller image");
  context.fillStyle = "#fff";
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = "high";
  draw(context);
  return context;
}
