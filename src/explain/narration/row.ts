import { ACTIVATIONS } from "../../activation.ts";
import { colAt } from "../../conv/columns.ts";
import type { Answer } from "../../forward.ts";
import type { Geometry } from "../../geometry.ts";
import type { Layer } from "../../layer.ts";
import { unravel } from "../../tensor.ts";
import { hasPadding, nameOf } from "../cell.ts";
import { full } from "../number.ts";
import { firstOfFilter, outputOfRow, placeOfRow, rowOfOutput, type Way } from "../rows.ts";
import { filterOf } from "../sum.ts";
import type { Sentence, Span } from "../text.ts";
import { countFirst, list, range, roundingNote, say, span } from "../words.ts";

// What im2col and col2im do, a row at a time.

/** "rows 2–4, columns 4–6 and channels 0–2": what the window of a row of im2col reads. */
function placesOfRow(g: Geometry, row: number): string {
  const { C, kH, kW } = g.spec;
  const at = (cell: number) => unravel(g.shapes.P, colAt(g, row, cell).p);
  const down = Array.from({ length: kH }, (_, t) => at(t * kW)[2]!);
  const across = Array.from({ length: kW }, (_, u) => at(u)[3]!);
  const places = [range("row", down), range("column", across)];
  // "rows 2, 4, 6, columns 1–3" would not say where the rows end.
  const listed = places.some((place) => place.includes(","));
  const channels = C > 1 ? [`channels 0–${C - 1}`] : [];
  const sample = g.spec.N > 1 ? ` of sample ${unravel(g.shapes.P, colAt(g, row, 0).p)[0]}` : "";
  return [places.join(listed ? " and " : ", "), ...channels].join(" and ") + sample;
}

/** "row 6", or "column 6" where the windows stand side by side. */
export function rowName(g: Geometry, way: Way, row: number): string {
  return `${way === "rows" ? "row" : "column"} ${placeOfRow(g, way, row)}`;
}

/** The same where it begins a sentence. */
export function rowFirst(g: Geometry, way: Way, row: number): Span {
  const name = rowName(g, way, row);
  return span(name[0]!.toUpperCase() + name.slice(1), "strong");
}

/** "out[6]"; with several filters "out[6, 1]", or "out[1, 6]" where the windows stand side by side. */
export function outName(g: Geometry, way: Way, y: number): string {
  const place = placeOfRow(g, way, rowOfOutput(g, y));
  if (g.spec.F === 1) return `out[${place}]`;
  const { f } = filterOf(g, y);
  return way === "rows" ? `out[${place}, ${f}]` : `out[${f}, ${place}]`;
}

/** A window is laid out as a row of col; and what will become of it. */
export function narrateGather(
  g: Geometry,
  layer: Layer,
  answer: Answer,
  row: number,
  way: Way,
): Sentence {
  const { F, groups } = g.spec;
  const outputs = Array.from({ length: F }, (_, f) => outputOfRow(g, row, f));
  return say(
    `The window at ${placesOfRow(g, row)} is laid out flat as `,
    span(rowName(g, way, row), "strong"),
    " of col. ",
    groups > 1
      ? `Each of the ${groups} groups of filters meets its own ${g.window} cells of it. `
      : "",
    F === 1
      ? say(
          `Times the flattened kernel${withBias(layer)} it gives `,
          becomes(g, answer, way, outputs[0]!),
        )
      : severalFilters(g, answer, outputs, rowName(g, way, row)),
    roundingNote(outputs.map((y) => answer.y.data[y]!)),
  );
}

function withBias({ b }: Layer): string {
  return b.data[0] === 0 ? "" : `, plus the bias ${full(b.data[0]!)},`;
}

/** "it gives row 6 of out, of which reshape makes Y[0, 1, 2] = 9 and Y[1, 1, 2] = 3." */
function severalFilters(
  g: Geometry,
  answer: Answer,
  outputs: readonly number[],
  row: string,
): Sentence {
  const { name } = g.spec.activation;
  const how = name === "linear" ? "reshape makes" : `${ACTIVATIONS[name].label} and reshape make`;
  const values = list(
    outputs,
    (y) => `${nameOf(g, { tensor: "Y", index: y })} = ${full(answer.y.data[y]!)}`,
  );
  return say(
    `Times the ${g.spec.F} flattened kernels it gives ${row} of out, of which ${how} `,
    span(values, "Y"),
    ".",
  );
}

/** "out[6] = 9, which reshape puts at Y[1, 2]." */
function becomes(g: Geometry, answer: Answer, way: Way, y: number): Sentence {
  const z = answer.z.data[y]!;
  const value = answer.y.data[y]!;
  const { name } = g.spec.activation;
  const { label } = ACTIVATIONS[name];
  const how =
    name === "linear"
      ? ""
      : z === value
        ? `${label} keeps and `
        : `${label} turns into ${full(value)} and `;
  return say(
    span(`${outName(g, way, y)} = ${full(z)}`, "Y"),
    `, which ${how}reshape puts at `,
    span(nameOf(g, { tensor: "Y", index: y }), "Y"),
    ".",
  );
}

/** A cell of out is a row of col times a kernel. */
export function narrateProduct(
  g: Geometry,
  layer: Layer,
  answer: Answer,
  y: number,
  way: Way,
): Sentence {
  const { f } = filterOf(g, y);
  const first = firstOfFilter(g, f);
  const bias = layer.b.data[f]!;
  return say(
    rowFirst(g, way, rowOfOutput(g, y)),
    g.spec.groups > 1 ? ` of col, cells ${first}–${first + g.window - 1},` : " of col",
    ` times the flattened kernel${g.spec.F > 1 ? ` of filter ${f}` : ""}: `,
    countFirst(g.window, "product").toLowerCase(),
    bias === 0 ? "" : ` and the bias ${full(bias)}`,
    g.window === 1 && bias === 0 ? " gives " : " add up to ",
    becomes(g, answer, way, y),
    roundingNote([bias, answer.z.data[y]!, answer.y.data[y]!]),
  );
}

/** A row (or column) of dcol is made and added into dX padded. */
export function narrateAdd(g: Geometry, answer: Answer, row: number, way: Way): Sentence {
  const { F } = g.spec;
  const deltas = Array.from({ length: F }, (_, f) => outputOfRow(g, row, f));
  const values = deltas.map((y) => answer.back!.delta.data[y]!);
  const of = (y: number) =>
    `${nameOf(g, { tensor: "D", index: y })} = ${full(answer.back!.delta.data[y]!)}`;
  return say(
    rowFirst(g, way, row),
    " of dcol is ",
    span(list(deltas, of), "delta"),
    F === 1
      ? " times the flattened kernel"
      : `, each times its flattened kernel${g.spec.groups > 1 ? "" : ", added up"}`,
    `. It goes back to ${placesOfRow(g, row)}${hasPadding(g) ? " of the padded input" : ""}, where the window read, and is added to what other windows have left there.`,
    row === g.shapes.R[0]! - 1 ? allAdded(g) : "",
    roundingNote(values),
  );
}

/** What is left to do when every row of dcol has been added. */
function allAdded(g: Geometry): string {
  if (!hasPadding(g)) return " It was the last: this is dX.";
  return g.spec.padMode === "zeros"
    ? " It was the last: without the ring, this is dX."
    : " It was the last: the ring is added to the cells that it copied, and this is dX.";
}

/** A row (or column) of col is written back where it was copied from. */
export function narratePut(g: Geometry, row: number, way: Way): Sentence {
  return say(
    rowFirst(g, way, row),
    ` of col is written back to ${placesOfRow(g, row)}. Every copy of a pixel holds the same number, so writing one over the other brings the image back. Gradients differ from window to window: they must be added.`,
  );
}
