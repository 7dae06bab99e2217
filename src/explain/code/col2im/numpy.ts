import type { Answer } from "../../../forward.ts";
import type { Geometry } from "../../../geometry.ts";
import type { Layer } from "../../../layer.ts";
import { hasPadding } from "../../cell.ts";
import { wayIn } from "../../conventions.ts";
import type { Way } from "../../rows.ts";
import { numpyFold } from "../back/fold.ts";
import { aroundBody, isPlain, partsOf } from "../back/parts.ts";
import { cellsOfRow, ofGroup } from "../im2col/parts.ts";
import { lines, marked } from "../languages.ts";
import type { CodeLine, Program, ProgramOptions } from "../program.ts";
import { sliceOf } from "../weights/parts.ts";

/** One matrix product gives dcol; one strided slice a tap adds it into dX, where im2col took col from. */
export function numpyCol2im(
  g: Geometry,
  layer: Layer,
  answer: Answer,
  options: ProgramOptions,
): Program {
  const way = wayIn(options);
  return aroundBody("numpy", g, partsOf(layer, answer), [
    ...multiply(g, way),
    ...add(g, way),
    ...numpyFold(g),
  ]);
}

function multiply(g: Geometry, way: Way): CodeLine[] {
  const { spec, filtersPerGroup, window } = g;
  const { F, groups } = spec;
  const w = spec.flip ? "flipped" : "W";
  const plain = isPlain(g);
  const rows = way === "rows";
  const [single, axes, shape] = rows
    ? ["-1, 1", "0, 2, 3, 1", `-1, ${F}`]
    : ["1, -1", "1, 2, 3, 0", `${F}, -1`];
  const deltas = plain ? `delta.reshape(${single})` : `delta.transpose(${axes}).reshape(${shape})`;
  const turned = lines(
    "body",
    ...(spec.flip ? [`flipped = np.flip(W${plain ? "" : ", axis=(-2, -1)"})`] : []),
  );
  if (groups === 1) {
    const taken = plain ? deltas : "deltas";
    const kernels = `${w}.reshape(${F}, -1)`;
    return [
      ...turned,
      ...(plain ? [] : [marked(`deltas = ${deltas}`, "multiply")]),
      marked(`dcol = ${rows ? `${taken} @ ${kernels}` : `${kernels}.T @ ${taken}`}`, "multiply"),
    ];
  }
  const filters = ofGroup(filtersPerGroup);
  const cells = cellsOfRow(g);
  const size = rows ? `len(deltas), ${cells}` : `${cells}, deltas.shape[1]`;
  return [
    ...turned,
    ...lines("body", `deltas = ${deltas}`, `dcol = np.zeros((${size}))`),
    marked(`for g in range(${groups}):`, "multiply"),
    marked(`  Wg = ${w}[${filters}].reshape(${filtersPerGroup}, -1)`, "multiply"),
    marked(
      rows
        ? `  dcol[:, ${ofGroup(window)}] = deltas[:, ${filters}] @ Wg`
        : `  dcol[${ofGroup(window)}] = Wg.T @ deltas[${filters}]`,
      "multiply",
    ),
  ];
}

/** The axes of dcol (or col), and how one tap of all windows is taken out of them. */
export function numpyTaps(g: Geometry, way: Way, samples: string) {
  const kernel = `${g.rows.k}, ${g.columns.k}`;
  const place = "out_h, out_w";
  if (isPlain(g))
    return way === "rows"
      ? { shape: `${place}, ${kernel}`, tap: "[..., u, v]", transpose: "" }
      : { shape: `${kernel}, ${place}`, tap: "[u, v]", transpose: "" };
  return way === "rows"
    ? {
        shape: `${samples}, ${place}, ${g.spec.C}, ${kernel}`,
        tap: "[..., u, v]",
        transpose: ".transpose(0, 3, 1, 2)",
      }
    : {
        shape: `${g.spec.C}, ${kernel}, ${place}, ${samples}`,
        tap: "[:, u, v]",
        transpose: ".transpose(3, 0, 1, 2)",
      };
}

function add(g: Geometry, way: Way): CodeLine[] {
  const { rows, columns, shapes } = g;
  const plain = isPlain(g);
  const name = hasPadding(g) ? "dXp" : "dX";
  const { shape: windows, tap, transpose } = numpyTaps(g, way, "len(delta)");
  const shape = plain ? shapes.P.slice(2) : shapes.P;
  const at = `${sliceOf("u", "out_h", rows)}, ${sliceOf("v", "out_w", columns)}`;
  return [
    ...lines(
      "body",
      "out_h, out_w = delta.shape[-2:]",
      `dcol = dcol.reshape(${windows})`,
      `${name} = np.zeros((${shape.join(", ")}))`,
    ),
    marked(`for u in range(${rows.k}):`),
    marked(`  for v in range(${columns.k}):`),
    ...(plain
      ? [marked(`    ${name}[${at}] += dcol${tap}`, "write")]
      : [
          marked(`    part = dcol${tap}${transpose}`, "write"),
          marked(`    ${name}[:, :, ${at}] += part`, "write"),
        ]),
  ];
}
