import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ConvError } from "../errors.ts";
import { LIMITS } from "../limits.ts";
import { maxDifference, type Tensor, tensor } from "../tensor.ts";
import { isPacked, pack as packUpTo, unpack } from "./packed.ts";

const DAMAGED =
  "input: the packed numbers are cut off or altered; accepted: the link exactly as it was copied.";

async function pack(numbers: Tensor): Promise<string> {
  return (await packUpTo(numbers, Number.POSITIVE_INFINITY))!;
}

/** The sentence with which a packed word is refused; null where it was taken. */
async function refusal(text: string): Promise<string | null> {
  try {
    await unpack("input", text);
    return null;
  } catch (error) {
    if (error instanceof ConvError) return error.message;
    throw error;
  }
}

async function deflated(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  const all = Buffer.from(await new Response(stream).arrayBuffer());
  return all.toString("base64url");
}

function row(...values: number[]): Tensor {
  return tensor([1, 1, 1, values.length], values);
}

describe("packed numbers", () => {
  test("come back to the last bit, with their shape", async () => {
    const numbers = fc.oneof(
      fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 6, maxLength: 6 }),
      fc.array(fc.integer({ min: -40000, max: 40000 }), { minLength: 6, maxLength: 6 }),
      fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 6, maxLength: 6 }),
    );
    await fc.assert(
      fc.asyncProperty(numbers, async (values) => {
        const packed = await pack(tensor([1, 2, 1, 3], values));
        expect(isPacked(packed)).toBe(true);
        expect(packed).toMatch(/^packed:1x2x1x3:\w+:[\w-]+$/);
        const back = await unpack("input", packed);
        expect(back.shape).toEqual([1, 2, 1, 3]);
        expect(back.data.every((v, i) => Object.is(v, values[i]))).toBe(true);
      }),
    );
  });

  test("take the smallest type that holds them all", async () => {
    const typeOf = async (...values: number[]) => (await pack(row(...values))).split(":")[2];
    expect(await typeOf(0, 255)).toBe("u8");
    expect(await typeOf(0, 256)).toBe("i16");
    expect(await typeOf(-1, 0)).toBe("i16");
    expect(await typeOf(-32768, 32767)).toBe("i16");
    expect(await typeOf(0, 32768)).toBe("f64");
    expect(await typeOf(0.5)).toBe("f64");
    expect(await typeOf(-0)).toBe("f64");
  });

  test("a million cells are packed and unpacked", async () => {
    const large = tensor(
      [1, 1, 1000, 1000],
      Float64Array.from({ length: 1e6 }, (_, i) => i % 251),
    );
    const back = await unpack("input", await pack(large));
    expect(maxDifference(back.data, large.data)).toBe(0);
  });

  test("that take more letters than allowed are not packed", async () => {
    const numbers = row(...Array.from({ length: 60 }, (_, i) => Math.sqrt(i)));
    const { length } = await pack(numbers);
    expect((await packUpTo(numbers, length))?.length).toBe(length);
    expect(await packUpTo(numbers, length - 1)).toBeNull();
    expect(await packUpTo(numbers, 0)).toBeNull();
  });
});

describe("a damaged link", () => {
  test("cut off anywhere is refused in one clear sentence", async () => {
    const packed = await pack(row(...Array.from({ length: 60 }, (_, i) => (i * i) % 97)));
    const data = packed.lastIndexOf(":") + 1;
    for (let length = 0; length < packed.length - 1; length++) {
      // The last letter may carry no more than spare bits; any shorter word is damaged.
      const cut = packed.slice(0, length);
      expect(await refusal(cut), `${length} of ${packed.length}, data from ${data}`).toBe(DAMAGED);
    }
  });

  test("altered anywhere is refused, or is still the same numbers", async () => {
    const before = row(...Array.from({ length: 40 }, (_, i) => (i * i) % 97));
    const packed = await pack(before);
    const start = packed.lastIndexOf(":") + 1;
    let refused = 0;
    for (let i = start; i < packed.length; i++) {
      const altered = packed.slice(0, i) + (packed[i] === "A" ? "B" : "A") + packed.slice(i + 1);
      const sentence = await refusal(altered);
      if (sentence === null) expect((await unpack("input", altered)).data).toEqual(before.data);
      else {
        expect(sentence).toBe(DAMAGED);
        refused++;
      }
    }
    expect(refused).toBeGreaterThan((packed.length - start) * 0.9);
  });

  test("whose shape is not that of its numbers is refused", async () => {
    const packed = await pack(row(1, 2));
    for (const shape of ["1x1x1x1", "1x1x1x3", "1x1x2x2"])
      expect(await refusal(packed.replace("1x1x1x2", shape)), shape).toBe(DAMAGED);
  });

  test("of nonsense is refused likewise", async () => {
    for (const text of [
      "packed:",
      "packed:1x1x1x1",
      "packed:1x1x1x1:u8:%%%",
      "packed:1x1x1x1:u8:AAAA",
      "packed:1x1x1:u8:AAAA",
      "packed:0x1x1x1:u8:AAAA",
      "packed:-1x1x1x1:u8:AAAA",
      "packed:1x1x1x1:constructor:AAAA",
      "packed:1x1x1x1:u8:AAAA:more",
    ])
      expect(await refusal(text), text).toBe(DAMAGED);
  });

  test("that holds something which is no number is refused", async () => {
    const bytes = Buffer.from(await inflated(await pack(row(0.5))));
    bytes.writeDoubleLE(Number.NaN, 4);
    bytes.writeUInt32LE(fnv(bytes.subarray(4)), 0);
    expect(await refusal(`packed:1x1x1x1:f64:${await deflated(new Uint8Array(bytes))}`)).toBe(
      DAMAGED,
    );
  });
});

describe("a hostile link", () => {
  test("is not inflated beyond the size it states", async () => {
    const bomb = await deflated(new Uint8Array(48e6));
    expect(bomb.length).toBeGreaterThan(45_000);
    const before = process.memoryUsage().arrayBuffers;
    expect(await refusal(`packed:1x1x8x8:u8:${bomb}`)).toBe(DAMAGED);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(16e6);
  });

  test("that states more than the application takes is not inflated at all", async () => {
    expect(await refusal("packed:64x64x1024x1024:u8:AAAA")).toBe(
      `input: holds 64 × 64 × 1024 × 1024 numbers; accepted: up to ${LIMITS.numbers} numbers.`,
    );
    expect(await refusal("packed:999999999x999999999x999999999x999999999:u8:AAAA")).toContain(
      "up to",
    );
    expect(await refusal("packed:9999999999x1x1x1:u8:AAAA")).toBe(DAMAGED);
  });
});

/** The checksum in other words: FNV-1a, 32 bits. */
function fnv(bytes: Uint8Array): number {
  return bytes.reduce((hash, byte) => Math.imul(hash ^ byte, 16777619) >>> 0, 2166136261);
}

async function inflated(packed: string): Promise<ArrayBuffer> {
  const bytes = new Uint8Array(Buffer.from(packed.split(":")[3]!, "base64url"));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Response(stream).arrayBuffer();
}
