// A zip archive whose entries are stored as they are: all that a .npz needs, and nothing of it has to be unpacked.

/** Every byte's part of a CRC-32: the reversed polynomial of ISO 3309, as in zip and PNG. */
const PARTS = Uint32Array.from({ length: 256 }, (_, byte) => {
  let part = byte;
  for (let bit = 0; bit < 8; bit++) part = part & 1 ? (part >>> 1) ^ 0xedb88320 : part >>> 1;
  return part;
});

/** The checksum of bytes; `before` is that of the bytes they follow. */
export function crc32(bytes: Uint8Array, before = 0): number {
  let crc = ~before;
  for (const byte of bytes) crc = PARTS[(crc ^ byte) & 255]! ^ (crc >>> 8);
  return ~crc >>> 0;
}

/** 1 January 1980, the first day that a zip knows: the same network gives the same file. */
const FIRST_DAY = 0x0021;
const LOCAL = { signature: 0x04034b50, bytes: 30 } as const;
const CENTRAL = { signature: 0x02014b50, bytes: 46 } as const;
const END = { signature: 0x06054b50, bytes: 22 } as const;
const VERSION = 20;

/** Entries by their names, which are ASCII. */
export function zipOf(entries: Readonly<Record<string, Uint8Array>>): Uint8Array<ArrayBuffer> {
  const files = Object.entries(entries);
  const names = files.reduce((sum, [name]) => sum + name.length, 0);
  const contents = files.reduce((sum, [, { length }]) => sum + length, 0);
  const headers = files.length * (LOCAL.bytes + CENTRAL.bytes) + 2 * names;
  const zip = new Uint8Array(headers + contents + END.bytes);
  const view = new DataView(zip.buffer);
  const letters = (at: number, name: string) => {
    for (let i = 0; i < name.length; i++) zip[at + i] = name.charCodeAt(i);
  };
  /** What both headers of an entry say alike. */
  const describe = (at: number, name: string, content: Uint8Array) => {
    view.setUint16(at, VERSION, true);
    view.setUint16(at + 8, FIRST_DAY, true);
    view.setUint32(at + 10, crc32(content), true);
    view.setUint32(at + 14, content.length, true);
    view.setUint32(at + 18, content.length, true);
    view.setUint16(at + 22, name.length, true);
  };

  let at = 0;
  const starts = files.map(([name, content]) => {
    const start = at;
    view.setUint32(at, LOCAL.signature, true);
    describe(at + 4, name, content);
    letters(at + LOCAL.bytes, name);
    zip.set(content, at + LOCAL.bytes + name.length);
    at += LOCAL.bytes + name.length + content.length;
    return start;
  });
  const directory = at;
  for (const [i, [name, content]] of files.entries()) {
    view.setUint32(at, CENTRAL.signature, true);
    view.setUint16(at + 4, VERSION, true);
    describe(at + 6, name, content);
    view.setUint32(at + 42, starts[i]!, true);
    letters(at + CENTRAL.bytes, name);
    at += CENTRAL.bytes + name.length;
  }
  view.setUint32(at, END.signature, true);
  view.setUint16(at + 8, files.length, true);
  view.setUint16(at + 10, files.length, true);
  view.setUint32(at + 12, at - directory, true);
  view.setUint32(at + 16, directory, true);
  return zip;
}
