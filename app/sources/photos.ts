import { ConvError, type Tensor } from "#engine";
import type { ImageWish } from "./decode.ts";

interface Photo {
  readonly label: string;
  /** What there is to see in it for a convolution. */
  readonly why: string;
  /** In public/photos, 256 × 256. */
  readonly file: string;
  readonly credit: string;
}

/** Free photographs that come with the page, fetched when asked for. NOTICE says where each is from. */
export const PHOTOS = {
  cat: {
    label: "cat",
    why: "Fur, whiskers and round eyes: fine texture beside strong edges in every direction.",
    file: "cat.webp",
    credit: "Stéfan van der Walt, CC0",
  },
  coffee: {
    label: "coffee",
    why: "Smooth porcelain on rough wood: what a blur keeps and what it takes.",
    file: "coffee.webp",
    credit: "Rachel Michetti, CC0",
  },
  brick: {
    label: "brick wall",
    why: "Long edges one way and short ones the other: Sobel x and y tell them apart.",
    file: "brick.webp",
    credit: "CC0Textures, CC0",
  },
  horse: {
    label: "horse",
    why: "A silhouette: two values only, so whatever is not flat after a filter is the outline.",
    file: "horse.webp",
    credit: "Andreas Preuss, CC0",
  },
  rocket: {
    label: "rocket",
    why: "A dark sky that changes slowly, and thin bright lines that do not.",
    file: "rocket.webp",
    credit: "SpaceX, public domain",
  },
  hubble: {
    label: "galaxies",
    why: "Spots of many sizes on black: each filter answers to those of its own size.",
    file: "hubble.webp",
    credit: "NASA, public domain",
  },
} as const satisfies Record<string, Photo>;

export type PhotoName = keyof typeof PHOTOS;

/**
 * A photograph as a tensor, by the way every image takes.
 * @throws ConvError "image"
 */
export async function loadPhoto(
  name: PhotoName,
  wish: Omit<ImageWish, "fit"> & Partial<Pick<ImageWish, "fit">>,
): Promise<Tensor> {
  if (!Object.hasOwn(PHOTOS, name))
    throw new ConvError(
      "image",
      `there is no photograph “${name}”`,
      Object.keys(PHOTOS).join(", "),
    );
  const { decodeAside } = await import("./decodeAside.ts");
  return decodeAside(await fetched(name), { fit: "crop", ...wish });
}

async function fetched(name: PhotoName): Promise<Blob> {
  try {
    const response = await fetch(new URL(`photos/${PHOTOS[name].file}`, document.baseURI));
    if (response.ok) return await response.blob();
  } catch {
    // no connection: said below, as a page that is not there
  }
  throw new ConvError(
    "image",
    `the photograph “${name}” could not be loaded`,
    "another try when the connection is back, or another image",
  );
}
