/** A kind of file, told by its first bytes: a name or a MIME type may say anything. */
interface FileType {
  readonly label: string;
  /** Whether this is taken as an image; the others are here to be refused by name. */
  readonly accepted: boolean;
  readonly begins: (head: string) => boolean;
}

/** `head` is the start of the file, one character a byte. */
const FILE_TYPES: readonly FileType[] = [
  { label: "PNG", accepted: true, begins: (head) => head.startsWith("\x89PNG\r\n\x1a\n") },
  { label: "JPEG", accepted: true, begins: (head) => head.startsWith("\xff\xd8\xff") },
  { label: "WebP", accepted: true, begins: (head) => /^RIFF.{4}WEBP/s.test(head) },
  { label: "GIF", accepted: true, begins: (head) => /^GIF8[79]a/.test(head) },
  { label: "AVIF", accepted: true, begins: (head) => /^.{4}ftyp(.{4}){0,8}?avi[fs]/s.test(head) },
  { label: "BMP", accepted: true, begins: (head) => /^BM.{4}\0{4}/s.test(head) },
  {
    label: "HEIC",
    accepted: false,
    begins: (head) => /^.{4}ftyp(hei|hev|mif1|msf1)/s.test(head),
  },
  { label: "TIFF", accepted: false, begins: (head) => /^(II\*\0|MM\0\*)/.test(head) },
  { label: "SVG", accepted: false, begins: (head) => /^(\xef\xbb\xbf)?\s*<.*\bsvg\b/s.test(head) },
  { label: "PDF", accepted: false, begins: (head) => head.startsWith("%PDF") },
  { label: "ZIP", accepted: false, begins: (head) => head.startsWith("PK\x03\x04") },
];

const HEAD_BYTES = 256;

export const ACCEPTED = `${FILE_TYPES.filter((type) => type.accepted)
  .map((type) => type.label)
  .join(", ")
  .replace(/, (\w+)$/, " or $1")} image`;

/** What the first bytes say the file is; null for anything that is not in the table. */
export function typeOf(bytes: Uint8Array): FileType | null {
  const head = String.fromCharCode(...bytes.subarray(0, HEAD_BYTES));
  return FILE_TYPES.find((type) => type.begins(head)) ?? null;
}

/** Width and height in the header of a BMP file, which image-dimensions does not read; undefined if cut off. */
export function bmpSize(bytes: Uint8Array): { width: number; height: number } | undefined {
  if (bytes.length < 26) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerSize = view.getUint32(14, true);
  // The first header there was, of OS/2, has 16-bit sizes; in all others a negative height means top row first.
  if (headerSize === 12)
    return { width: view.getUint16(18, true), height: view.getUint16(20, true) };
  return { width: view.getInt32(18, true), height: Math.abs(view.getInt32(22, true)) };
}
