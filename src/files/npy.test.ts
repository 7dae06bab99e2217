import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { tensor } from "../tensor.ts";
import { refusalOf } from "../testing/refusal.ts";
import { readNpy, writeNpy } from "./npy.ts";
import { zipOf } from "./zip.ts";

const hasNumpy = spawnSync("python3", ["-c", "import numpy"]).status === 0;

function python(program: string, input?: Uint8Array): Uint8Array {
  const { stdout, stderr, status } = spawnSync("python3", ["-c", program], input ? { input } : {});
  if (status !== 0) throw new Error(String(stderr));
  return new Uint8Array(stdout);
}

const t = tensor([2, 1, 3], [0.1, -0, 1 / 3, 5e-324, 1.7976931348623157e308, -2]);
const good = writeNpy(t);

test("what is written is read, to the last bit", () => {
  expect(readNpy("a.npy", good)).toEqual(t);
  const flat = tensor([3], [1, 2, 3]);
  expect(readNpy("a.npy", writeNpy(flat))).toEqual(flat);
  expect(good.length % 8).toBe(0);
});

describe.runIf(hasNumpy)("NumPy", () => {
  test("reads what is written, alone and in an archive", () => {
    const says = "print(x.dtype, x.shape, [v.hex() for v in x.ravel().tolist()])";
    const expected = `float64 (2, 1, 3) ${"['0x1.999999999999ap-4', '-0x0.0p+0', '0x1.5555555555555p-2', '0x0.0000000000001p-1022', '0x1.fffffffffffffp+1023', '-0x1.0000000000000p+1']"}\n`;
    const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
    const load = "import sys, io, numpy as np; x = np.load(io.BytesIO(sys.stdin.buffer.read()))";
    expect(text(python(`${load}; ${says}`, good))).toBe(expected);
    const archive = zipOf({ "other.npy": writeNpy(tensor([1], [7])), "conv.w.npy": good });
    expect(text(python(`${load}["conv.w"]; ${says}`, archive))).toBe(expected);
    const tested =
      "import sys, io, zipfile; print(zipfile.ZipFile(io.BytesIO(sys.stdin.buffer.read())).testzip())";
    expect(text(python(tested, archive))).toBe("None\n"); // all checksums hold
  });

  test.each(["u1", "i1", "u2", "i2", "u4", "i4", "u8", "i8", "f4", "f8"])(
    "writes %s to be read",
    (type) => {
      const program = `import sys, io, numpy as np
out = io.BytesIO(); np.save(out, np.array([[0, 1], [100, 7]], dtype="${type}")); sys.stdout.buffer.write(out.getvalue())`;
      expect(readNpy("a.npy", python(program))).toEqual(tensor([2, 2], [0, 1, 100, 7]));
    },
  );
});

/** The same file with another text in its header, of the same length. */
function header(from: string, to: string): Uint8Array {
  const text = String.fromCharCode(...good.subarray(0, 128)).replace(from, to.padEnd(from.length));
  return Uint8Array.from([...text].map((c) => c.charCodeAt(0)).concat(...good.subarray(128)));
}

test.each<[string, Uint8Array, string]>([
  ["something else", Uint8Array.of(1, 2, 3), "is no .npy file"],
  ["nothing", new Uint8Array(), "is no .npy file"],
  ["the magic alone", good.subarray(0, 6), "is of version nothing"],
  ["a cut header", good.subarray(0, 40), "is cut off in its header"],
  ["a length cut", good.subarray(0, 8), "is cut off in its header"],
  ["cut numbers", good.subarray(0, good.length - 1), "holds 47 bytes of numbers"],
  ["numbers besides", Uint8Array.from([...good, 0]), "holds 49 bytes of numbers"],
  ["objects", header("'<f8'", "'|O8'"), "holds numbers of type “|O8”"],
  ["big-endian", header("'<f8'", "'>f8'"), "holds numbers of type “>f8”"],
  ["Fortran", header("False", "True"), "lies in the order of Fortran"],
  ["a huge shape", header("(2, 1, 3)", "(9999999)"), "holds 9999999 numbers"],
  ["no shape", header("'shape'", "'share'"), "says nothing of its shape"],
])("%s is refused in a sentence", (_what, bytes, reason) => {
  const refusal = refusalOf(() => readNpy("a.npy", bytes));
  expect([refusal.field, refusal.reason]).toEqual(["a.npy", reason]);
  expect(refusal.accepted).not.toBe("");
});
