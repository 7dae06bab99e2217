import type { Collection } from "../network/collection.ts";
import type { Numbers } from "../tensor.ts";
import { crc32 } from "./zip.ts";

/** Which images a network was trained on: the run can go on over these alone. */
export interface DataMark {
  readonly name: string;
  readonly samples: number;
  readonly train: number;
  /** CRC-32 of sizes, classes, labels and pixels. */
  readonly checksum: number;
}

export function markOf({ name, data, train, classes }: Collection): DataMark {
  const { shape, data: pixels } = data.images;
  const sizes = Float64Array.from([...shape, train, classes]);
  const bytes = (t: Numbers) => new Uint8Array(t.buffer, t.byteOffset, t.byteLength);
  const checksum = crc32(bytes(pixels), crc32(data.labels, crc32(bytes(sizes))));
  return { name, samples: data.labels.length, train, checksum };
}
