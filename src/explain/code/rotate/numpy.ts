import type { Answer } from "../../../forward.ts";
import type { Geometry } from "../../../geometry.ts";
import type { Layer } from "../../../layer.ts";
import { numpyFold } from "../back/fold.ts";
import { aroundBody, indexOf, isPlain, partsOf } from "../back/parts.ts";
import { lines, marked } from "../languages.ts";
import type { CodeLine, Program } from "../program.ts";
import { slice } from "../window/numpy.ts";
import { dilates, everyStride, kept, type SpreadNumbers, spreadOf } from "./spread.ts";

/** δ is dilated, padded and correlated with the turned kernel, cell by cell of dX. */
export function numpyRotate(g: Geometry, layer: Layer, answer: Answer): Program {
  const spread = spreadOf(g);
  return aroundBody("numpy", g, partsOf(layer, answer), [
    ...prepare(g, spread),
    ...loops(g, spread),
    ...(spread.target === "dXp" ? numpyFold(g) : []),
  ]);
}

function prepare(g: Geometry, spread: SpreadNumbers): CodeLine[] {
  const plain = isPlain(g);
  const { N, F } = g.spec;
  const outer = plain ? "" : `${N}, ${F}, `;
  const all = plain ? "" : ":, :, ";
  const [top, left] = spread.zeros;
  const widths =
    plain && [...top, ...left].every((n) => n === top[0])
      ? String(top[0])
      : `(${plain ? "" : "(0, 0), (0, 0), "}(${top.join(", ")}), (${left.join(", ")}))`;
  const pads = [...top, ...left].some((n) => n > 0);
  const C = g.spec.C;
  const { rows, columns, target } = spread;
  const shape = [...(plain ? [] : [N, C]), rows.out, columns.out].join(", ");
  return lines(
    "body",
    ...(dilates(g)
      ? [
          `D = np.zeros((${outer}${spread.dilated.join(", ")}))`,
          `D[${plain ? "" : "..., "}${everyStride(g)}] = delta`,
        ]
      : ["D = delta"]),
    ...(pads ? [`D = np.pad(D, ${widths})`] : []),
    ...(spread.crops ? [`D = D[${all}${kept(rows)}, ${kept(columns)}]`] : []),
    g.spec.flip
      ? "R = W  # true convolution turned it going forward"
      : `R = np.rot90(W, 2${plain ? "" : ", axes=(2, 3)"})`,
    `${target} = np.zeros((${shape}))`,
  );
}

function loops(g: Geometry, { rows, columns, target }: SpreadNumbers): CodeLine[] {
  const { spec, depth, filtersPerGroup } = g;
  const written: CodeLine[] = [];
  let indent = "";
  const line = (text: string, ...marks: Parameters<typeof marked>[1][]) => {
    written.push(marked(indent + text, ...marks));
  };
  const loop = (index: string, length: number) => {
    line(`for ${index} in range(${length}):`);
    indent += "  ";
  };
  if (spec.N > 1) loop("n", spec.N);
  if (spec.C > 1) loop("c", spec.C);
  const [n, c] = [indexOf("n", g), indexOf("c", g)];
  const grouped = spec.groups > 1;
  if (grouped) line(`first = ${firstFilter(depth, filtersPerGroup, "//")}`);
  loop("i", rows.out);
  loop("j", columns.out);
  const filters = grouped ? `first:first+${filtersPerGroup}` : ":";
  // at stride 1, whatever the stride of the forward pass
  const window = [
    slice("i", { ...g.rows, stride: 1 }),
    slice("j", { ...g.columns, stride: 1 }),
  ].join(", ");
  const plain = isPlain(g);
  line(`win = D[${plain ? "" : `${n}, ${filters}, `}${window}]`, "gather");
  const local = grouped && depth > 1 ? `c % ${depth}` : grouped ? "0" : c;
  const kernel = plain ? "R" : `R[${filters}, ${local}]`;
  line(
    `${target}[${plain ? "" : `${n}, ${c}, `}i, j] = (win * ${kernel}).sum()`,
    "multiply",
    "write",
  );
  return written;
}

/** The first of the filters that read channel c. */
export function firstFilter(
  depth: number,
  filtersPerGroup: number,
  divided: "//" | "floor",
): string {
  const quotient = divided === "//" ? `c // ${depth}` : `Math.floor(c / ${depth})`;
  const group = depth === 1 ? "c" : quotient;
  return filtersPerGroup === 1 ? group : `${group} * ${filtersPerGroup}`;
}
