import { expect, test } from "vitest";
import { createPacker, createUnpacker, MOST_CLONED } from "./parcels.ts";

const many = (value: number) => new Float32Array(MOST_CLONED + 1).fill(value);

test("what is large crosses once, and the worker reads the question as it was asked", () => {
  const { pack } = createPacker();
  const unpack = createUnpacker();
  const image = many(7);
  for (const weight of [1, 2]) {
    const asked = { x: { shape: [1], data: image }, w: { data: Float64Array.of(weight) } };
    const { question, parcels, transfer } = pack("forward", asked);
    expect(parcels.sent.length).toBe(weight === 1 ? 1 : 0);
    expect(transfer.length).toBe(parcels.sent.length);
    expect(JSON.stringify(question).length).toBeLessThan(200);
    expect(unpack(question, parcels)).toEqual(asked);
  }
  expect(image[0]).toBe(7);
});

test("what no question names any more is let go of, on both sides alike", () => {
  const { pack } = createPacker();
  const unpack = createUnpacker();
  const [first, second] = [many(1), many(2)];
  const ask = (job: string, data: Float32Array) => {
    const { question, parcels } = pack(job, { data });
    expect(unpack(question, parcels)).toEqual({ data });
    return parcels;
  };
  expect(ask("forward", first)).toMatchObject({ sent: [[1, first]], kept: [1] });
  expect(ask("agreement", first)).toMatchObject({ sent: [], kept: [1] });
  expect(ask("forward", second).kept).toEqual([2, 1]);
  expect(ask("agreement", second).kept).toEqual([2]);
  expect(ask("forward", first).sent.length).toBe(1);
});

test("another worker is sent everything again; one array twice in a question crosses once", () => {
  const { pack, forget } = createPacker();
  const data = many(3);
  expect(pack("forward", { a: data, b: [data] }).parcels.sent.length).toBe(1);
  forget();
  const { question, parcels } = pack("forward", { a: data, b: [data] });
  expect(createUnpacker()(question, parcels)).toEqual({ a: data, b: [data] });
});

test("a question without parcels is left as it is", () => {
  const question = { held: 3 };
  expect(createUnpacker()(question, undefined)).toBe(question);
});
