import type { Axis } from "../../../axis.ts";
import type { Geometry } from "../../../geometry.ts";
import { hasPadding } from "../../cell.ts";
import { lines } from "../languages.ts";
import type { CodeLine } from "../program.ts";
import { MODES as NUMPY_MODES } from "../window/numpy.ts";
import { MODES as TORCH_MODES } from "../window/pytorch.ts";
import { SOURCES } from "../window/typescript.ts";
import { isPlain } from "./parts.ts";

// From the gradient of the padded input to that of the input: the ring is cropped where it holds zeros,
// and added back onto the cells that it copied where it does not.

/** "1:9": where the image stands inside the ring. */
function inside({ before, n }: Axis): string {
  return `${before}:${before + n}`;
}

/** `matrices`: whether the tensors are written without axes for samples and channels. */
export function numpyFold(g: Geometry, matrices = isPlain(g)): CodeLine[] {
  const { rows, columns, spec, shapes } = g;
  if (!hasPadding(g)) return [];
  const { padMode } = spec;
  const outer = matrices ? "" : ":, :, ";
  if (padMode === "zeros")
    return lines("body", `dX = dXp[${outer}${inside(rows)}, ${inside(columns)}]`);
  const source = ({ n, before, after }: Axis) =>
    `np.pad(np.arange(${n}), (${before}, ${after})${NUMPY_MODES[padMode]})`;
  const shape = matrices ? shapes.X.slice(2) : shapes.X;
  return lines(
    "body",
    `rows = ${source(rows)}`,
    `cols = ${source(columns)}`,
    `dX = np.zeros((${shape.join(", ")}))`,
    `np.add.at(dX, (${matrices ? "" : "..., "}rows[:, None], cols), dXp)`,
  );
}

/** PyTorch's own tensors always have four axes here. */
export function pytorchFold(g: Geometry): CodeLine[] {
  const { rows, columns, spec, shapes } = g;
  if (!hasPadding(g)) return [];
  const { padMode } = spec;
  if (padMode === "zeros")
    return lines("body", `dX = dXp[:, :, ${inside(rows)}, ${inside(columns)}]`);
  const source = ({ n, before, after }: Axis) => [
    `torch.arange(${n}.0).reshape(1, 1, 1, ${n}),`,
    `(${before}, ${after}, 0, 0)${TORCH_MODES[padMode]}).long().flatten()`,
  ];
  const [N, C, H, W] = shapes.X;
  const [firstRows, restRows] = source(rows);
  const [firstColumns, restColumns] = source(columns);
  return lines(
    "body",
    `rows = F.pad(${firstRows}`,
    `             ${restRows}`,
    `cols = F.pad(${firstColumns}`,
    `             ${restColumns}`,
    `dX = torch.zeros(${N}, ${C}, ${H}, ${columns.padded}, dtype=torch.float64)`,
    "dX = dX.index_add(2, rows, dXp)",
    `dX = torch.zeros(${N}, ${C}, ${H}, ${W}, dtype=torch.float64).index_add(3, cols, dX)`,
  );
}

export function typescriptFold(g: Geometry, matrices = isPlain(g)): CodeLine[] {
  const { rows, columns, spec } = g;
  if (!hasPadding(g)) return [];
  const { padMode } = spec;
  const applied = matrices ? "fold(dXp)" : "dXp.map((planes) => planes.map(fold))";
  if (padMode === "zeros")
    return lines(
      "body",
      "const fold = (plane: number[][]) =>",
      `  plane.slice(${inside(rows).replace(":", ", ")})` +
        `.map((row) => row.slice(${inside(columns).replace(":", ", ")}));`,
      `const dX = ${applied};`,
    );
  const source = (index: string, { n, before }: Axis) =>
    `source(${before === 0 ? index : `${index} - ${before}`}, ${n})`;
  return lines(
    "body",
    `const source = (i: number, n: number) => ${SOURCES[padMode]};`,
    "const fold = (plane: number[][]) => {",
    `  const folded = grid(${rows.n}, ${columns.n});`,
    "  plane.forEach((row, r) => {",
    "    row.forEach((v, c) => {",
    `      folded[${source("r", rows)}][${source("c", columns)}] += v;`,
    "    });",
    "  });",
    "  return folded;",
    "};",
    `const dX = ${applied};`,
  );
}

/** Room for a gradient, in TypeScript. */
export function typescriptGrid(): CodeLine[] {
  return lines(
    "body",
    "const grid = (rows: number, columns: number): number[][] =>",
    "  Array.from({ length: rows }, () => new Array(columns).fill(0));",
  );
}

/** A grid, or as many as there are planes. */
export function typescriptGrids(
  g: Geometry,
  outer: readonly number[],
  rows: number,
  columns: number,
  matrices = isPlain(g),
): string {
  const one = `grid(${rows}, ${columns})`;
  if (matrices) return one;
  const [N, C] = outer;
  return `Array.from({ length: ${N} }, () =>\n  Array.from({ length: ${C} }, () => ${one}))`;
}
