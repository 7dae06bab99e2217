import type { FrameView } from "../lens.ts";

/** Whether the kernel is drawn turned by 180°, which makes a convolution of a correlation and the other way round. */
export function isTurned({ options }: FrameView): boolean {
  return options.turn === "turned";
}
