import { describe, expect, test } from "vitest";
import { frameOf, LAYERS } from "../testing/frames.ts";
import { rulesOf } from "./rules.ts";
import { turnedOf } from "./turned.ts";

describe("rules", () => {
  /** The rules of a layer by their words. */
  async function rules(link: string, remainder = true): Promise<Record<string, string>> {
    const { geometry } = await frameOf(link);
    const all = rulesOf(geometry, turnedOf(geometry, remainder), remainder);
    return Object.fromEntries(all.map(({ word, text }) => [word, text.replaceAll("\u00a0", " ")]));
  }

  test("of the opening screen", async () => {
    expect(await rules(LAYERS.opening!)).toEqual({
      dilate: "put stride − 1 = 1 zero between the δ",
      pad: "k − 1 − p = 3 − 1 − 1 = 1 zero all round",
      reach: "1 more row and column: (8 + 2·1 − 3) mod 2 = 1",
      turn: "by 180°: output o reads pixel p through W[p − s·o]; seen from p the index runs backward",
    });
  });

  test("without the remainder", async () => {
    expect((await rules(LAYERS.opening!, false)).reach).toBe(
      "left out: dX comes out 7 × 7 instead of 8 × 8; 1 more row and column: (8 + 2·1 − 3) mod 2 = 1",
    );
    expect((await rules(LAYERS.opening!, false)).pad).toBe(
      "k − 1 − p = 3 − 1 − 1 = 1 zero all round",
    );
  });

  test("rows and columns that differ", async () => {
    expect(await rules("input=counting:5x9&kernel=ones:2x3&stride=3,4&padding=1")).toMatchObject({
      dilate: "put stride − 1 between the δ: 2 rows and 3 columns of zeros",
      pad: "k − 1 − p: rows 2 − 1 − 1 = 0, columns 3 − 1 − 1 = 1",
      reach: "2 more rows: (5 + 2·1 − 2) mod 3 = 2",
    });
    expect((await rules("input=counting:4x4&kernel=ones&padding=3,0,1,2")).pad).toBe(undefined);
    expect((await rules("input=counting:4x4&kernel=ones&padding=3,0,1,2"))["pad, crop"]).toBe(
      "k − 1 − p: crop 1 above, 2 zeros right, 1 zero below, 0 zeros left",
    );
  });

  test("cropping, dilation, channels, groups, the ring, true convolution", async () => {
    expect((await rules("input=counting:4x4&kernel=ones:2x2&padding=3")).crop).toBe(
      "k − 1 − p = 2 − 1 − 3 = −2: crop 2 all round",
    );
    expect(await rules("input=counting:6x6&kernel=ones&dilation=2&padding=1")).toMatchObject({
      pad: "d(k − 1) − p = 2·(3 − 1) − 1 = 3 zeros all round",
      gaps: "the kernel keeps its dilation 2: the window skips cells",
    });
    expect((await rules(LAYERS.channels!)).swap).toBe(
      "in- and out-channels change places: 2 filters in, 3 channels out",
    );
    expect((await rules(LAYERS.groups!)).swap).toBe(
      "in- and out-channels change places: 3 filters in, 2 channels out, in each of 2 groups",
    );
    expect(await rules("input=counting:4x4&kernel=ones&padding=1&mode=reflect")).toMatchObject({
      pad: "k − 1 = 3 − 1 = 2 zeros all round: a gradient for every cell of the ring, too",
      fold: "reflect: what comes to a copy in the ring is added to the cell it copies",
    });
    expect((await rules(LAYERS.flip!)).turn).toBe(
      "not needed: true convolution turned the kernel going forward",
    );
  });
});
