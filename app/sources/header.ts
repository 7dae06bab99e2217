import { ConvError } from "#engine";
import { ACCEPTED, bmpSize, typeOf } from "./types.ts";

const MOST_BYTES = 25e6;
/** 31 kB of PNG can hold 256 million pixels, and seconds of decoding: so the header is read first. */
const MOST_PIXELS = 40e6;
/** A canvas with a longer side stays blank in some browsers, and says nothing. */
const MOST_SIDE = 16_384;

/**
 * The kind of an image file ("PNG"). Refuses what is no image, or too large an image, before any of it is decoded.
 * @throws ConvError "image"
 */
export async function checkHeader(blob: Blob): Promise<string> {
  if (blob.size > MOST_BYTES)
    throw new ConvError(
      "image",
      `the file has ${megas(blob.size)} MB`,
      `files of up to ${megas(MOST_BYTES)} MB`,
    );
  const bytes = await bytesOf(blob);
  if (bytes.length === 0) throw new ConvError("image", "the file is empty", `a ${ACCEPTED}`);
  const type = typeOf(bytes);
  if (type === null) throw new ConvError("image", "the file is not an image", `a ${ACCEPTED}`);
  if (!type.accepted)
    throw new ConvError("image", `${type.label} files are not read here`, `a ${ACCEPTED}`);
  const size = type.label === "BMP" ? bmpSize(bytes) : await sizeOf(bytes);
  if (size === undefined || !(size.width > 0 && size.height > 0)) throw broken(type.label);
  const pixels = size.width * size.height;
  if (pixels > MOST_PIXELS)
    throw new ConvError(
      "image",
      `${size.width} × ${size.height} is ${megas(pixels)} megapixels`,
      `images of up to ${megas(MOST_PIXELS)} megapixels`,
    );
  const side = Math.max(size.width, size.height);
  if (side > MOST_SIDE)
    throw new ConvError(
      "image",
      `a side of ${side} pixels is too long`,
      `sides of up to ${MOST_SIDE} pixels`,
    );
  return type.label;
}

/** The refusal of a file that starts as an image and does not go on as one. */
export function broken(label: string): ConvError {
  return new ConvError(
    "image",
    `the ${label} file is broken or cut off`,
    `a whole ${ACCEPTED}: open it in another program and save it again`,
  );
}

async function bytesOf(blob: Blob): Promise<Uint8Array> {
  try {
    return new Uint8Array(await blob.arrayBuffer());
  } catch {
    throw new ConvError(
      "image",
      "the file cannot be read: it has moved or changed, or is a folder",
      `a ${ACCEPTED}`,
    );
  }
}

async function sizeOf(bytes: Uint8Array) {
  const { imageDimensionsFromData } = await import("image-dimensions").catch(() => {
    throw new ConvError(
      "image",
      "the part of this page that reads images could not be loaded",
      "another try when the connection is back",
    );
  });
  try {
    return imageDimensionsFromData(bytes);
  } catch {
    return undefined; // it reads past the end of some files that are cut off
  }
}

/** 256000000 as "256", 40123456 as "40.1": never rounded down to the limit it passed. */
function megas(n: number): string {
  return String(Math.ceil(n / 1e5) / 10);
}
