import type { Answer } from "../../../forward.ts";
import type { Geometry } from "../../../geometry.ts";
import type { Layer } from "../../../layer.ts";
import { hasPadding } from "../../cell.ts";
import { typescriptFold, typescriptGrid, typescriptGrids } from "../back/fold.ts";
import { aroundBody, firstChannelOf, indexOf, isPlain, partsOf } from "../back/parts.ts";
import { lines } from "../languages.ts";
import type { CodeLine, Program } from "../program.ts";
import { position, writer } from "../window/typescript.ts";

/** Every loop written out: δ outside, the products of one stamp inside. No packages. */
export function typescriptScatter(g: Geometry, layer: Layer, answer: Answer): Program {
  const name = hasPadding(g) ? "dXp" : "dX";
  const { rows, columns } = g;
  return aroundBody("typescript", g, partsOf(layer, answer), [
    ...typescriptGrid(),
    ...lines(
      "body",
      ...`const ${name} = ${typescriptGrids(g, g.shapes.P, rows.padded, columns.padded)};`.split(
        "\n",
      ),
    ),
    ...loops(g, name),
    ...typescriptFold(g),
  ]);
}

function loops(g: Geometry, name: string): CodeLine[] {
  const { rows, columns, spec, depth, filtersPerGroup } = g;
  const block = writer();
  let open = 4;
  const loop = (index: string, length: number) => {
    block.open(index, String(length));
    open++;
  };
  if (spec.N > 1) loop("n", spec.N);
  if (spec.F > 1) loop("f", spec.F);
  const first = firstChannelOf(g);
  if (first === "first") {
    const group = filtersPerGroup === 1 ? "f" : `Math.floor(f / ${filtersPerGroup})`;
    block.line(`const first = ${depth === 1 ? group : `${group} * ${depth}`};`);
  }
  block.open("i", String(rows.out));
  block.open("j", String(columns.out));
  if (depth > 1) loop("c", depth);
  block.open("u", String(rows.k));
  block.open("v", String(columns.k));
  const [n, f] = [indexOf("n", g), indexOf("f", g)];
  const local = depth > 1 ? "c" : "0";
  const channel = first === "0" ? local : depth > 1 ? `${first} + c` : first;
  const outer = isPlain(g) ? "" : `[${n}][${channel}]`;
  const at = isPlain(g) ? "[i][j]" : `[${n}][${f}][i][j]`;
  const turned = (tap: string, k: number) => (spec.flip ? `${k - 1} - ${tap}` : tap);
  const kernel = isPlain(g) ? "" : `[${f}][${local}]`;
  block.line(`const d = delta${at};`, "gather");
  block.line(
    `${name}${outer}[${position("i", "u", rows)}][${position("j", "v", columns)}] +=`,
    "multiply",
    "write",
  );
  block.line(
    `  d * W${kernel}[${turned("u", rows.k)}][${turned("v", columns.k)}];`,
    "multiply",
    "write",
  );
  block.close(open);
  return block.written;
}
