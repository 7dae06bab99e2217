import { ConvError, type ExtraMaker } from "#engine";
import type { PhotoName } from "./photos.ts";

const PHOTO_SIZE = [64, 64] as const;

/** The word of a photograph: `photo:cat:64x48`. */
export function photoWord(name: PhotoName, H: number, W: number): string {
  return `photo:${name}:${H}x${W}`;
}

async function photo(word: string, { C }: { readonly C: number | undefined }) {
  const { loadPhoto, PHOTOS } = await import("./photos.ts");
  const [, name = "", size = PHOTO_SIZE.join("x"), ...more] = word.split(":");
  const pair = /^(\d+)x(\d+)$/.exec(size);
  if (!Object.hasOwn(PHOTOS, name) || !pair || more.length > 0)
    throw new ConvError(
      "input",
      `“${word}” is not a photograph`,
      `photo:NAME:HxW, where NAME is ${Object.keys(PHOTOS).join(", ")}`,
    );
  return loadPhoto(name as PhotoName, {
    H: Number(pair[1]),
    W: Number(pair[2]),
    C: C === 3 ? 3 : 1,
    levels: 255,
  });
}

async function fromHere(word: string) {
  const { kept } = await import("./keep.ts");
  const tensor = await kept(word.slice("kept:".length));
  if (tensor) return tensor;
  throw new ConvError(
    "input",
    "this picture was too large for the link and was kept only in the browser it was made in",
    "the link opened in that browser, or another picture",
  );
}

/** Inputs that the engine cannot make by itself, by the name before the first colon of their word. */
export const MAKERS = { photo, kept: fromHere } as const satisfies Record<string, ExtraMaker>;
