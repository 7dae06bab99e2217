import { failureOf } from "#engine";
import { decodeImage } from "./decode.ts";

// Sixteen million pixels take longer to read than many frames: they are read beside the page.
self.addEventListener("message", async ({ data: { blob, wish } }) => {
  try {
    const tensor = await decodeImage(blob, wish);
    self.postMessage({ tensor }, { transfer: [tensor.data.buffer as ArrayBuffer] });
  } catch (error) {
    self.postMessage({ error: failureOf(error) });
  }
});
