import { type ConvSpec, DEFAULTS, geometryOf, planOf } from "#engine";

// A worker that makes one layer, the first it is asked for: how long one waits from a standing start.

interface Asked {
  readonly sizes: Pick<ConvSpec, "N" | "C" | "H" | "W" | "F" | "kH" | "kW">;
  readonly x: Float32Array;
  readonly w: Float32Array;
  readonly b: Float32Array;
}

self.onmessage = ({ data: { sizes, x, w, b } }: MessageEvent<Asked>) => {
  const g = geometryOf({ ...DEFAULTS, ...sizes, padding: "same" });
  const plan = planOf(g, "strict", { passes: ["forward"] });
  plan.x.set(x);
  plan.w.set(w);
  plan.b.set(b);
  plan.forward();
  const z = plan.z.slice();
  self.postMessage(z, { transfer: [z.buffer as ArrayBuffer] });
};
