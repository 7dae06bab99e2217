import { useEffect } from "react";
import { ConvError } from "#engine";
import { type Intake, onDrop, onPaste } from "../sources/intake.ts";
import { useFigureStore } from "../store/context.ts";
import type { FigureStore } from "../store/figureState.ts";
import { loaderOf, loadImage } from "./loader.ts";
import { sentenceOf } from "./refusal.ts";

/** Takes the first of the files as the input; all that is wrong with it is told in the page. */
async function takeFiles(store: FigureStore, got: Intake): Promise<void> {
  const { tell } = store.getState();
  if (got instanceof ConvError) {
    tell(sentenceOf(got));
    return;
  }
  const [file, ...others] = got;
  if (!file) return;
  loaderOf(store).setState({ pane: "load" });
  const loaded = await loadImage(store, { kind: "file", file });
  const { problem } = loaderOf(store).getState();
  if (!loaded && problem !== null) tell(problem);
  if (loaded && others.length > 0)
    tell(`Of ${got.length} files the first was opened: ${file.name}.`, "info");
}

/** Images dropped or pasted anywhere in the window become the input. For the root of the page, once. */
export function useIntake(): void {
  const store = useFigureStore();
  useEffect(() => {
    const take = (got: Intake) => void takeFiles(store, got);
    const stops = [onDrop(window, take), onPaste(window, take)];
    return () => {
      for (const stop of stops) stop();
    };
  }, [store]);
}
