import type { Answer } from "../../../forward.ts";
import type { Geometry } from "../../../geometry.ts";
import type { Layer } from "../../../layer.ts";
import type { Tensor } from "../../../tensor.ts";
import { hasPadding } from "../../cell.ts";
import { isPlain, tensorLines } from "../back/parts.ts";
import { arrayLines, LANGUAGES, lines, marked } from "../languages.ts";
import type { CodeLine, Program } from "../program.ts";
import { MODES, padWidths } from "../window/numpy.ts";
import {
  isWhole,
  kernelPlace,
  ofGroup,
  type Parts,
  partsOf,
  sliceOf,
  tolerancesOf,
} from "./parts.ts";

/** A loop over the window: each place is a strided slice of the padded input, multiplied by δ and summed. */
export function numpyWeights(g: Geometry, layer: Layer, answer: Answer): Program {
  const parts = partsOf(layer, answer);
  return [
    ...lines("data", ...LANGUAGES.numpy.imports, ""),
    ...lines("data", ...array(g, "X", parts.x), ...array(g, "delta", parts.delta), ""),
    ...body(g),
    ...lines("check", "", ...array(g, "expected_dW", parts.dw), ...expectedBias(g, parts)),
    ...lines("check", check("dW", parts), check("db", parts)),
  ];
}

const array = (g: Geometry, name: string, values: Tensor) => tensorLines("numpy", g, name, values);

/** A number in the plain case, else one a filter, be it only one. */
function expectedBias(g: Geometry, { db }: Parts): string[] {
  if (isPlain(g)) return arrayLines("expected_db = ", db, "");
  return arrayLines("expected_db = np.array(", db, ", dtype=float).reshape(-1)");
}

function check(name: string, parts: Parts): string {
  if (isWhole(parts)) return `assert np.array_equal(${name}, expected_${name})`;
  const { relative, absolute } = tolerancesOf(parts);
  return `assert np.allclose(${name}, expected_${name}, rtol=${relative}, atol=${absolute})`;
}

function body(g: Geometry): CodeLine[] {
  const { rows, columns, spec } = g;
  const plain = isPlain(g);
  const padded = hasPadding(g);
  const slices = [sliceOf("u", "oh", rows), sliceOf("v", "ow", columns)];
  const place = kernelPlace(g);
  const windows = (indent: string, part: string, sum: string, cell: string): CodeLine[] => [
    marked(`${indent}for u in range(${rows.k}):`),
    marked(`${indent}  for v in range(${columns.k}):`),
    marked(`${indent}    part = ${padded ? "Xp" : "X"}[${part}]`, "gather"),
    marked(`${indent}    dW[${cell}] = ${sum}`, "multiply", "write"),
  ];
  const widths = padWidths(g, plain ? 2 : 4) + MODES[spec.padMode];
  const shape = plain ? g.shapes.W.slice(2) : g.shapes.W;
  const filters = ofGroup(g, g.filtersPerGroup);
  const own = filters === ":" ? "delta" : `delta[:, ${filters}]`;
  const groups = spec.groups > 1 ? "  " : "";
  return [
    ...lines("body", ...(padded ? [`Xp = np.pad(X, ${widths})`] : [])),
    ...lines("body", `oh, ow = delta.shape${plain ? "" : "[2:]"}`),
    ...lines("body", `dW = np.zeros((${shape.join(", ")}))`),
    ...(groups ? [marked(`for g in range(${spec.groups}):`)] : []),
    ...(plain
      ? windows("", slices.join(", "), "(part * delta).sum()", place)
      : windows(
          groups,
          [":", ofGroup(g, g.depth), ...slices].join(", "),
          `np.einsum("nfij,ncij->fc", ${own}, part)`,
          [filters, ":", place].join(", "),
        )),
    marked(`db = delta.sum(${plain ? "" : "axis=(0, 2, 3)"})`, "bias"),
  ];
}
