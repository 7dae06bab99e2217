import type { Answer } from "../../../forward.ts";
import type { Geometry } from "../../../geometry.ts";
import type { Layer } from "../../../layer.ts";
import { hasPadding } from "../../cell.ts";
import { numpyFold } from "../back/fold.ts";
import { aroundBody, firstChannelOf, indexOf, isPlain, partsOf } from "../back/parts.ts";
import { lines, marked } from "../languages.ts";
import type { CodeLine, Program } from "../program.ts";
import { slice } from "../window/numpy.ts";

/** Loops over δ; each adds its kernel, times δ, to the slice that its window was. */
export function numpyScatter(g: Geometry, layer: Layer, answer: Answer): Program {
  return aroundBody("numpy", g, partsOf(layer, answer), [
    ...prepare(g),
    ...loops(g),
    ...numpyFold(g),
  ]);
}

/** dX itself where nothing is padded, else the gradient of the padded input. */
function target(g: Geometry): string {
  return hasPadding(g) ? "dXp" : "dX";
}

function prepare(g: Geometry): CodeLine[] {
  const shape = isPlain(g) ? g.shapes.P.slice(2) : g.shapes.P;
  const axes = isPlain(g) ? "" : ", axis=(-2, -1)";
  return lines(
    "body",
    ...(g.spec.flip ? [`flipped = np.flip(W${axes})`] : []),
    `${target(g)} = np.zeros((${shape.join(", ")}))`,
  );
}

function loops(g: Geometry): CodeLine[] {
  const { rows, columns, spec, depth, filtersPerGroup } = g;
  const written: CodeLine[] = [];
  let indent = "";
  const loop = (index: string, length: number) => {
    written.push(marked(`${indent}for ${index} in range(${length}):`));
    indent += "  ";
  };
  if (spec.N > 1) loop("n", spec.N);
  if (spec.F > 1) loop("f", spec.F);
  const first = firstChannelOf(g);
  if (first === "first") {
    const group = filtersPerGroup === 1 ? "f" : `f // ${filtersPerGroup}`;
    written.push(marked(`${indent}first = ${depth === 1 ? group : `${group} * ${depth}`}`));
  }
  loop("i", rows.out);
  loop("j", columns.out);
  const [n, f] = [indexOf("n", g), indexOf("f", g)];
  const channels = first === "0" ? ":" : `${first}:${first}+${depth}`;
  const window = `${slice("i", rows)}, ${slice("j", columns)}`;
  const outer = isPlain(g) ? "" : `${n}, ${channels}, `;
  const at = isPlain(g) ? "i, j" : `${n}, ${f}, i, j`;
  const kernel = `${spec.flip ? "flipped" : "W"}${isPlain(g) ? "" : `[${f}]`}`;
  written.push(
    marked(
      `${indent}${target(g)}[${outer}${window}] += delta[${at}] * ${kernel}`,
      "gather",
      "multiply",
      "write",
    ),
  );
  return written;
}
