import { ConvError } from "../errors.ts";
import { LIMITS } from "../limits.ts";
import { sizeOf, type Tensor, tensor } from "../tensor.ts";

// packed:SHAPE:TYPE:DATA, such as packed:1x1x28x28:u8:…; the data are a checksum and the numbers, low byte first,
// deflated, in the letters that an address takes as they are (base64url).

interface NumberType {
  readonly bytes: number;
  readonly holds: (value: number) => boolean;
  readonly get: (view: DataView, at: number) => number;
  readonly set: (view: DataView, at: number, value: number) => void;
}

function whole(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most && !Object.is(value, -0);
}

/** Smallest first. */
const TYPES = {
  u8: {
    bytes: 1,
    holds: (value) => whole(value, 0, 255),
    get: (view, at) => view.getUint8(at),
    set: (view, at, value) => view.setUint8(at, value),
  },
  i16: {
    bytes: 2,
    holds: (value) => whole(value, -32768, 32767),
    get: (view, at) => view.getInt16(at, true),
    set: (view, at, value) => view.setInt16(at, value, true),
  },
  f64: {
    bytes: 8,
    holds: () => true,
    get: (view, at) => view.getFloat64(at, true),
    set: (view, at, value) => view.setFloat64(at, value, true),
  },
} as const satisfies Record<string, NumberType>;

const CHECKSUM_BYTES = 4;
/** Of more numbers not even a drawing of one line fits into a link, and to find that out would hold up the page. */
const MOST_TRIED = 2 ** 20;
const PREFIX = "packed";

export function isPacked(text: string): boolean {
  return text.startsWith(`${PREFIX}:`);
}

/** The tensor as one word of an address, null where it takes more than `most` letters: it is then not finished. */
export async function pack({ shape, data }: Tensor, most: number): Promise<string | null> {
  if (data.length > MOST_TRIED) return null;
  const names = Object.keys(TYPES) as (keyof typeof TYPES)[];
  const name = names.find((each) => data.every(TYPES[each].holds))!;
  const type: NumberType = TYPES[name];
  const bytes = new Uint8Array(CHECKSUM_BYTES + data.length * type.bytes);
  const view = new DataView(bytes.buffer);
  for (const [i, value] of data.entries()) type.set(view, CHECKSUM_BYTES + i * type.bytes, value);
  view.setUint32(0, checksum(bytes), true);
  const head = `${[PREFIX, shape.join("x"), name].join(":")}:`;
  const room = Math.floor(((most - head.length) * 3) / 4); // four letters hold three bytes
  const deflated = await collect(through(bytes, new CompressionStream("deflate-raw")), room);
  return deflated === null ? null : head + toBase64(deflated);
}

/**
 * The tensor in a packed word.
 * @throws ConvError where the word is not whole, or holds more than this application takes: it is never inflated
 * beyond the size it states, and the size it states is checked first.
 */
export async function unpack(field: string, text: string): Promise<Tensor> {
  const [, shapeText = "", name = "", base64 = "", ...rest] = text.trim().split(":");
  const shape = shapeText.split("x").map((n) => (/^\d{1,9}$/.test(n) ? Number(n) : 0));
  if (
    shape.length !== 4 ||
    shape.some((n) => n < 1) ||
    !Object.hasOwn(TYPES, name) ||
    rest.length > 0
  )
    throw damaged(field);
  if (sizeOf(shape) > LIMITS.numbers)
    throw new ConvError(
      field,
      `holds ${shape.join(" × ")} numbers`,
      `up to ${LIMITS.numbers} numbers`,
    );
  const type: NumberType = TYPES[name as keyof typeof TYPES];
  const size = CHECKSUM_BYTES + sizeOf(shape) * type.bytes;
  const bytes = await inflate(base64, size);
  if (bytes?.length !== size) throw damaged(field);
  const view = new DataView(bytes.buffer);
  if (view.getUint32(0, true) !== checksum(bytes)) throw damaged(field);
  const numbers = tensor(shape);
  for (let i = 0; i < numbers.data.length; i++) {
    const value = type.get(view, CHECKSUM_BYTES + i * type.bytes);
    if (!Number.isFinite(value)) throw damaged(field);
    numbers.data[i] = value;
  }
  return numbers;
}

function damaged(field: string): ConvError {
  return new ConvError(
    field,
    "the packed numbers are cut off or altered",
    "the link exactly as it was copied",
  );
}

/** Null where the text is no deflated data, or would inflate to more than `most` bytes. */
async function inflate(base64: string, most: number): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    const bytes = fromBase64(base64);
    return await collect(through(bytes, new DecompressionStream("deflate-raw")), most);
  } catch {
    return null; // what the browser says of bad data differs from one to the next
  }
}

function through(
  bytes: Uint8Array<ArrayBuffer>,
  transform: CompressionStream | DecompressionStream,
): ReadableStream<Uint8Array> {
  return new Blob([bytes]).stream().pipeThrough(transform);
}

/** All bytes of a stream, or null as soon as there are more than `most`: then the rest is not even made. */
async function collect(
  stream: ReadableStream<Uint8Array>,
  most: number,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const reader = stream.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > most) {
      await reader.cancel();
      return null;
    }
    chunks.push(value);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

/** FNV-1a of what follows the checksum: it tells a damaged link, it does not guard against a forged one. */
function checksum(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (let i = CHECKSUM_BYTES; i < bytes.length; i++)
    hash = Math.imul(hash ^ bytes[i]!, 0x01000193);
  return hash >>> 0;
}

/** As many bytes as a call may take as arguments. */
const PIECE = 0x8000;

function toBase64(bytes: Uint8Array): string {
  let letters = "";
  for (let i = 0; i < bytes.length; i += PIECE)
    letters += String.fromCharCode(...bytes.subarray(i, i + PIECE));
  return btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const letters = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
}
