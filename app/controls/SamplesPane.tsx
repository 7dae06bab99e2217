import { useState } from "react";
import { useStore } from "zustand";
import { IMAGES, type ImageName, isInputWord, parseInputWord, setInputWord } from "#engine";
import { PHOTOS, type PhotoName } from "../sources/photos.ts";
import { useFigureStore } from "../store/context.ts";
import type { FigureStore } from "../store/figureState.ts";
import { InputSize } from "./InputSize.tsx";
import { loaderOf, loadImage, photoOf, suit } from "./loader.ts";
import { useAsked } from "./refusal.ts";
import { GeneratorPreview, PhotoPreview, Sample } from "./Sample.tsx";
import { WordFields } from "./WordFields.tsx";

function nameOf(word: string | null): ImageName | null {
  return isInputWord(word) ? parseInputWord(word).name : null;
}

function chooseGenerator(store: FigureStore, name: ImageName): void {
  store.getState().change((document) => setInputWord(document, name));
  if (nameOf(store.getState().document.input.word) === name) suit(store, IMAGES[name].tone, 9);
}

/** Pictures to begin with: some made by a rule, some photographs. */
export function SamplesPane() {
  const store = useFigureStore();
  const { word } = useAsked().input;
  const { busy, problem } = useStore(loaderOf(store));
  const [looked, setLooked] = useState<string | null>(null);
  const generator = nameOf(word);
  const photo = photoOf(word);
  const chosen = generator ? IMAGES[generator].why : photo && PHOTOS[photo].why;
  const look = (why: string) => (looking: boolean) =>
    setLooked((before) => (looking ? why : before === why ? null : before));
  return (
    <>
      <ul className="samples">
        {(Object.keys(IMAGES) as ImageName[]).map((name) => (
          <Sample
            key={name}
            label={IMAGES[name].label}
            why={IMAGES[name].why}
            chosen={name === generator}
            onChoose={() => chooseGenerator(store, name)}
            onLook={look(IMAGES[name].why)}
          >
            <GeneratorPreview name={name} />
          </Sample>
        ))}
        {(Object.keys(PHOTOS) as PhotoName[]).map((name) => (
          <Sample
            key={name}
            label={PHOTOS[name].label}
            why={PHOTOS[name].why}
            chosen={name === photo}
            onChoose={() => void loadImage(store, { kind: "photo", name })}
            onLook={look(PHOTOS[name].why)}
          >
            <PhotoPreview name={name} />
          </Sample>
        ))}
      </ul>
      <p className="hint two-lines">{looked ?? chosen ?? "Choose a picture to begin with."}</p>
      <p className={problem ? "problem" : "hint"} role="status">
        {busy ?? problem}
      </p>
      {generator && <WordFields of="X" word={word!} />}
      <InputSize />
    </>
  );
}
