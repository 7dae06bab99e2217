import { useEffect, useRef } from "react";
import "./pictures.css";
import type { StageEvents } from "../draw/events.ts";
import type { Scene } from "../draw/scene.ts";
import { createStage, type Stage } from "../draw/stage.ts";
import { onTheme } from "../store/theme.ts";

interface PlateStageProps {
  readonly scene: Scene;
  /** Others make another stage. */
  readonly events: StageEvents;
}

/** A small stage that shows one scene, to draw on. */
export function PlateStage({ scene, events }: PlateStageProps) {
  const host = useRef<HTMLDivElement>(null);
  const stage = useRef<Stage>(null);
  useEffect(() => {
    const made = createStage(host.current!, async () => events);
    stage.current = made;
    const stopTheme = onTheme(() => made.repaint());
    return () => {
      stopTheme();
      made.destroy();
    };
  }, [events]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another stage has to be shown the scene again
  useEffect(() => {
    stage.current?.show({ scene, light: null, loupe: null, glide: 0, follows: false });
  }, [scene, events]);

  return (
    <div
      ref={host}
      className="mini-plate stage"
      style={{ width: scene.width, height: scene.height }}
    />
  );
}
