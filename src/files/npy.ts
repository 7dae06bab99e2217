import { ConvError, shown } from "../errors.ts";
import { LIMITS } from "../limits.ts";
import { sizeOf, type Tensor, tensor } from "../tensor.ts";

// The .npy format of NumPy, version 1.0 and 2.0: magic, version, length of the header, header, numbers.

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]; // \x93NUMPY

interface NumberType {
  readonly bytes: number;
  readonly get: (view: DataView, at: number) => number;
}

/** Numbers that are read, by what NumPy calls them. */
const TYPES: Readonly<Record<string, NumberType>> = {
  "|b1": { bytes: 1, get: (view, at) => view.getUint8(at) },
  "|u1": { bytes: 1, get: (view, at) => view.getUint8(at) },
  "|i1": { bytes: 1, get: (view, at) => view.getInt8(at) },
  "<u2": { bytes: 2, get: (view, at) => view.getUint16(at, true) },
  "<i2": { bytes: 2, get: (view, at) => view.getInt16(at, true) },
  "<u4": { bytes: 4, get: (view, at) => view.getUint32(at, true) },
  "<i4": { bytes: 4, get: (view, at) => view.getInt32(at, true) },
  "<u8": { bytes: 8, get: (view, at) => Number(view.getBigUint64(at, true)) },
  "<i8": { bytes: 8, get: (view, at) => Number(view.getBigInt64(at, true)) },
  "<f4": { bytes: 4, get: (view, at) => view.getFloat32(at, true) },
  "<f8": { bytes: 8, get: (view, at) => view.getFloat64(at, true) },
};

const ACCEPTED = "a .npy file as numpy.save writes it";

export function isNpy(bytes: Uint8Array): boolean {
  return MAGIC.every((byte, i) => bytes[i] === byte);
}

/** Header and where the numbers begin. */
function headerOf(field: string, bytes: Uint8Array, view: DataView) {
  if (!isNpy(bytes)) throw new ConvError(field, "is no .npy file", ACCEPTED);
  const version = bytes[6];
  if (version !== 1 && version !== 2)
    throw new ConvError(field, `is of version ${shown(version)}`, "version 1 or 2 of the format");
  const first = version === 1 ? 10 : 12;
  if (bytes.length < first) throw new ConvError(field, "is cut off in its header", ACCEPTED);
  const end = first + (version === 1 ? view.getUint16(8, true) : view.getUint32(8, true));
  if (bytes.length < end) throw new ConvError(field, "is cut off in its header", ACCEPTED);
  return {
    header: String.fromCharCode(...bytes.subarray(first, Math.min(end, first + 4096))),
    end,
  };
}

/** One entry of the header, which is a dictionary as Python writes it. */
function entry(field: string, header: string, key: string, value: string): string {
  const found = new RegExp(`'${key}':\\s*${value}`).exec(header)?.[1];
  if (found === undefined) throw new ConvError(field, `says nothing of its ${key}`, ACCEPTED);
  return found;
}

/**
 * The numbers of a .npy file, in float64. `field` is what to call it.
 * @throws ConvError when it is none, is cut off, or holds what is not read.
 */
export function readNpy(field: string, bytes: Uint8Array): Tensor {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { header, end } = headerOf(field, bytes, view);
  const name = entry(field, header, "descr", "'([^']*)'");
  if (!Object.hasOwn(TYPES, name))
    throw new ConvError(
      field,
      `holds numbers of type ${shown(name)}`,
      `${Object.keys(TYPES).join(", ")}`,
    );
  if (entry(field, header, "fortran_order", "(True|False)") === "True")
    throw new ConvError(
      field,
      "lies in the order of Fortran",
      "the order of C: numpy.ascontiguousarray",
    );
  const axes = entry(field, header, "shape", "\\(([\\d,\\s]*)\\)").split(",");
  const shape = axes.filter((axis) => axis.trim() !== "").map(Number);
  const size = sizeOf(shape);
  if (!(size <= LIMITS.numbers))
    throw new ConvError(
      field,
      `holds ${shape.join(" × ")} numbers`,
      `up to ${LIMITS.numbers} of them`,
    );
  const type = TYPES[name]!;
  if (bytes.length - end !== size * type.bytes)
    throw new ConvError(
      field,
      `holds ${bytes.length - end} bytes of numbers`,
      `the ${size * type.bytes} bytes of ${shape.join(" × ")}`,
    );
  const read = tensor(shape);
  for (let i = 0; i < size; i++) read.data[i] = type.get(view, end + i * type.bytes);
  return read;
}

/** Numbers begin at a multiple of so many bytes. */
const ALIGNED = 64;

/** A tensor as a .npy file of float64. */
export function writeNpy({ shape, data }: Tensor): Uint8Array {
  const axes = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const says = `{'descr': '<f8', 'fortran_order': False, 'shape': (${axes}), }`;
  const first = MAGIC.length + 4;
  const end = Math.ceil((first + says.length + 1) / ALIGNED) * ALIGNED;
  const bytes = new Uint8Array(end + data.length * 8);
  const view = new DataView(bytes.buffer);
  bytes.set([...MAGIC, 1, 0]);
  view.setUint16(8, end - first, true);
  const header = `${says.padEnd(end - first - 1)}\n`;
  for (let i = 0; i < header.length; i++) bytes[first + i] = header.charCodeAt(i);
  for (const [i, value] of data.entries()) view.setFloat64(end + i * 8, value, true);
  return bytes;
}
