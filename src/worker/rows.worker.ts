import { helpWithRows } from "../simd/share.ts";

// The entry of the second worker.
helpWithRows(self);
self.postMessage("here");
