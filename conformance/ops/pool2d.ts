import { checkPool, pool2d, pool2dGradient, poolArgmax, poolGeometry, type Tensor } from "#engine";
import type { Case } from "../case.ts";
import type { Comparison } from "../compare.ts";
import { comparer, compareSizes, type Op, sidesOf, tensorOf } from "./ask.ts";

/** Pooling with its kind among the attributes, and legality. */
export const pool2dOp: Op = {
  compare: (recorded) => comparePool(recorded.attrs.kind, recorded),
  outShape: ({ attrs }) => geometryOf(attrs.kind, attrs).shapes.Y,
};

/** Pooling under the name of its kind, as the libraries have it. */
export const maxPool2d: Op = { compare: (recorded) => comparePool("max", recorded) };
export const avgPool2d: Op = { compare: (recorded) => comparePool("avg", recorded) };

function geometryOf(kind: unknown, { pad, ...attrs }: Case["attrs"]) {
  return poolGeometry(checkPool({ ...attrs, kind, padding: sidesOf(pad) }));
}

function comparePool(kind: unknown, recorded: Case): Comparison[] {
  const { attrs, inputs = {} } = recorded;
  const x = tensorOf("X", inputs.x);
  const [N, C, H, W] = x.shape;
  const g = geometryOf(kind, { ...attrs, N, C, H, W });
  const { done, add } = comparer(recorded);
  const [, , outH, outW] = g.shapes.Y;
  const sizes = { outH: [outH!], outW: [outW!], requestedOutputShape: [outH!, outW!] };
  done.push(...compareSizes("geometry", attrs, sizes));
  const name = `${kind} pooling`;
  add(name, "y", pool2d(g, x));
  if (inputs.dy) add(name, "dx", pool2dGradient(g, x, tensorOf("∂L/∂Y", inputs.dy)));
  const at = poolArgmax(g, x);
  add(
    name,
    "argmax",
    inPlane(at, (row, column) => row * W! + column, x.shape),
  );
  const isByColumn = attrs.indicesOrder === "column-major";
  const order = (row: number, column: number) =>
    isByColumn ? column * H! + row : row * W! + column;
  add(name, "indices", withPlane(at, order, x.shape));
  return done;
}

type Place = (row: number, column: number) => number;

/** Flat indices of X as places within its planes. */
function inPlane({ shape, data }: Tensor, place: Place, [, , H, W]: readonly number[]): Tensor {
  const column = (i: number) => i % W!;
  const row = (i: number) => Math.floor(i / W!) % H!;
  return { shape, data: data.map((i) => place(row(i), column(i))) };
}

/** The same over the whole tensor, plane after plane. */
function withPlane(at: Tensor, place: Place, shape: readonly number[]): Tensor {
  const area = shape[2]! * shape[3]!;
  const within = inPlane(at, place, shape);
  return {
    shape: at.shape,
    data: within.data.map((p, y) => Math.floor(at.data[y]! / area) * area + p),
  };
}
