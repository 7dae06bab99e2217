import { useMemo } from "react";
import { channelsOf, IMAGES, type ImageName, makeInput, type Tensor } from "#engine";
import { fillOf, type Palette } from "../draw/palette.ts";
import { PHOTOS, type PhotoName } from "../sources/photos.ts";
import { colours } from "./Composite.tsx";
import { Preview } from "./Preview.tsx";
import { inputScale, usePalette } from "./scales.ts";

interface SampleProps {
  readonly label: string;
  readonly why: string;
  readonly chosen: boolean;
  readonly onChoose: () => void;
  /** The pointer or the keyboard is on it, or has left. */
  readonly onLook: (looking: boolean) => void;
  readonly children: React.ReactNode;
}

/** One sample: a small picture and its name. */
export function Sample({ label, why, chosen, onChoose, onLook, children }: SampleProps) {
  return (
    <li>
      <button
        type="button"
        className="sample"
        aria-pressed={chosen}
        title={why}
        onClick={onChoose}
        onPointerEnter={() => onLook(true)}
        onPointerLeave={() => onLook(false)}
        onFocus={() => onLook(true)}
        onBlur={() => onLook(false)}
      >
        {children}
        <span>{label}</span>
      </button>
    </li>
  );
}

/** Each generator's picture, made once. */
const made = new Map<ImageName, Tensor>();

function tensorFor(name: ImageName): Tensor {
  let tensor = made.get(name);
  if (!tensor) {
    tensor = makeInput(name, { N: 1, C: channelsOf(name) }).tensor;
    made.set(name, tensor);
  }
  return tensor;
}

function colourOf(name: ImageName, tensor: Tensor, palette: Palette) {
  if (tensor.shape[1] === 3) return colours(tensor);
  const scale = inputScale(tensor, IMAGES[name].tone);
  return (i: number) => fillOf(palette, scale, tensor.data[i]!);
}

/** What a generator makes when it is asked for nothing in particular. */
export function GeneratorPreview({ name }: { readonly name: ImageName }) {
  const palette = usePalette();
  const tensor = tensorFor(name);
  const colourAt = useMemo(() => colourOf(name, tensor, palette), [name, tensor, palette]);
  return <Preview rows={tensor.shape[2]!} columns={tensor.shape[3]!} colourAt={colourAt} />;
}

export function PhotoPreview({ name }: { readonly name: PhotoName }) {
  return <img className="preview" src={`photos/${PHOTOS[name].file}`} alt="" loading="lazy" />;
}
