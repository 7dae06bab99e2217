import type { Answer } from "../../../forward.ts";
import type { Geometry } from "../../../geometry.ts";
import type { Layer } from "../../../layer.ts";
import { hasPadding } from "../../cell.ts";
import { numpyFold } from "../back/fold.ts";
import { aroundBody, isPlain, partsOf } from "../back/parts.ts";
import { cellsOfRow, ofGroup } from "../im2col/parts.ts";
import { lines, marked } from "../languages.ts";
import type { CodeLine, Program } from "../program.ts";
import { sliceOf } from "../weights/parts.ts";

/** One matrix product gives dcol; one strided slice a tap adds it into dX, where im2col took col from. */
export function numpyCol2im(g: Geometry, layer: Layer, answer: Answer): Program {
  return aroundBody("numpy", g, partsOf(layer, answer), [
    ...multiply(g),
    ...add(g),
    ...numpyFold(g),
  ]);
}

function multiply(g: Geometry): CodeLine[] {
  const { spec, filtersPerGroup, window } = g;
  const { F, groups } = spec;
  const w = spec.flip ? "flipped" : "W";
  const plain = isPlain(g);
  const deltas = plain ? "delta.reshape(-1, 1)" : `delta.transpose(0, 2, 3, 1).reshape(-1, ${F})`;
  const turned = lines(
    "body",
    ...(spec.flip ? [`flipped = np.flip(W${plain ? "" : ", axis=(-2, -1)"})`] : []),
  );
  if (groups === 1)
    return [
      ...turned,
      ...(plain ? [] : [marked(`deltas = ${deltas}`, "multiply")]),
      marked(`dcol = ${plain ? deltas : "deltas"} @ ${w}.reshape(${F}, -1)`, "multiply"),
    ];
  const filters = ofGroup(filtersPerGroup);
  return [
    ...turned,
    ...lines("body", `deltas = ${deltas}`, `dcol = np.zeros((len(deltas), ${cellsOfRow(g)}))`),
    marked(`for g in range(${groups}):`, "multiply"),
    marked(`  Wg = ${w}[${filters}].reshape(${filtersPerGroup}, -1)`, "multiply"),
    marked(`  dcol[:, ${ofGroup(window)}] = deltas[:, ${filters}] @ Wg`, "multiply"),
  ];
}

function add(g: Geometry): CodeLine[] {
  const { rows, columns, spec, shapes } = g;
  const plain = isPlain(g);
  const name = hasPadding(g) ? "dXp" : "dX";
  const kernel = `${rows.k}, ${columns.k}`;
  const shape = plain ? shapes.P.slice(2) : shapes.P;
  const at = `${sliceOf("u", "out_h", rows)}, ${sliceOf("v", "out_w", columns)}`;
  return [
    ...lines(
      "body",
      "out_h, out_w = delta.shape[-2:]",
      plain
        ? `dcol = dcol.reshape(out_h, out_w, ${kernel})`
        : `dcol = dcol.reshape(len(delta), out_h, out_w, ${spec.C}, ${kernel})`,
      `${name} = np.zeros((${shape.join(", ")}))`,
    ),
    marked(`for u in range(${rows.k}):`),
    marked(`  for v in range(${columns.k}):`),
    ...(plain
      ? [marked(`    ${name}[${at}] += dcol[..., u, v]`, "write")]
      : [
          marked("    part = dcol[..., u, v].transpose(0, 3, 1, 2)", "write"),
          marked(`    ${name}[:, :, ${at}] += part`, "write"),
        ]),
  ];
}
