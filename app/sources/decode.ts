import { ConvError, checkSize, type Tensor } from "#engine";
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

/** Pixels that are averaged one by one, in a few ms. */
const FEW = 2 ** 20;

/**
 * The tensor of an image file: gray by Rec. 601 or three channels, transparent parts on white, turned as a camera says.
 * Of an animation the first frame.
 * @throws ConvError "image", or "H" or "W" where that is no size
 */
export async function decodeImage(blob: Blob, wish: ImageWish): Promise<Tensor> {
  checkSize("H", wish.H);
  checkSize("W", wish.W);
  const label = await checkHeader(blob);
  const bitmap = await createImageBitmap(blob).catch(() => {
    throw broken(label);
  });
  try {
    return tensorOf(pixelsOf(bitmap, wish), wish);
  } catch {
    throw new ConvError("image", "the browser has not the memory to draw it", "a smaller image");
  } finally {
    bitmap.close(); // up to 160 MB that no one should have to wait for the collector to free
  }
}

/**
 * The wished-for part of the image, halved until it is small enough to work on: `tensorOf` does the rest, exactly and
 * alike in every browser.
 */
function pixelsOf(bitmap: ImageBitmap, { H, W, fit }: ImageWish): Pixels {
  const part = partOf(bitmap, H, W, fit);
  // Sides that cannot be halved are shorter than 2H and 2W, so halving always gets here.
  const few = Math.max(FEW, 4 * H * W);
  let size = part.width * part.height > few ? half(part, H, W) : part;
  let context = onWhite(size, (to, { width, height }) =>
    to.drawImage(bitmap, part.x, part.y, part.width, part.height, 0, 0, width, height),
  );
  // By halves: a canvas averages neighbours, and would skip pixels in one great step.
  while (size.width * size.height > few) {
    const { canvas } = context;
    size = half(size, H, W);
    context = onWhite(size, (to, { width, height }) => to.drawImage(canvas, 0, 0, width, height));
  }
  return context.getImageData(0, 0, size.width, size.height);
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Half of each side that stays at least as long as wished. */
function half({ width, height }: Size, H: number, W: number): Size {
  return {
    width: width >= 2 * W ? Math.ceil(width / 2) : width,
    height: height >= 2 * H ? Math.ceil(height / 2) : height,
  };
}

/** The rectangle of the image that is shown. */
function partOf({ width, height }: Size, H: number, W: number, fit: Fit) {
  if (fit === "stretch") return { x: 0, y: 0, width, height };
  const scale = Math.min(width / W, height / H);
  const w = Math.max(1, Math.round(W * scale));
  const h = Math.max(1, Math.round(H * scale));
  return { x: Math.floor((width - w) / 2), y: Math.floor((height - h) / 2), width: w, height: h };
}

function onWhite(
  size: Size,
  draw: (to: OffscreenCanvasRenderingContext2D, size: Size) => void,
): OffscreenCanvasRenderingContext2D {
  // Read back at once, so kept off the graphics card, whose averages differ from machine to machine.
  const { width, height } = size;
  const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
  if (context === null) throw new Error("no canvas");
  context.fillStyle = "#fff";
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = "high";
  draw(context, size);
  return context;
}
