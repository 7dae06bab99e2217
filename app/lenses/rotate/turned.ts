import {
  backwardKernels,
  type Canvas,
  canvasOf,
  type DilatedAxis,
  deltaAt,
  dilatedAxis,
  type Geometry,
  geometryOf,
  hasPadding,
  type Layer,
  type Numbers,
  paddedOfInput,
  rotateCanvas,
  rotateSpec,
  type Tensor,
  tapsOf,
  tensor,
  unravel,
} from "#engine";

/** The gradient of the input as one more convolution: how its parts hang together. */
export interface Turned {
  /** "trimmed": it gives dX at once; "full": the gradient of the padded input, which is folded back. */
  readonly name: "full" | "trimmed";
  readonly canvas: Canvas;
  /** The geometry of that convolution: F channels in, C out, stride 1. */
  readonly geometry: Geometry;
  /** The axes of δ as they are drawn. */
  readonly rows: DilatedAxis;
  readonly columns: DilatedAxis;
  /** Cell of the turned kernels (C, F/groups, kH, kW) → cell of W. */
  readonly weightOf: Numbers;
  /** Cell of W → the slot in which the forward window met it. */
  readonly slotOf: Int32Array;
}

const known = new WeakMap<Geometry, Map<boolean, Turned>>();

/** The parts of a layer's rotation, with or without the remainder. Found once. */
export function turnedOf(g: Geometry, withRemainder: boolean): Turned {
  const both = known.get(g) ?? new Map<boolean, Turned>();
  known.set(g, both);
  const turned = both.get(withRemainder) ?? makeTurned(g, withRemainder);
  both.set(withRemainder, turned);
  return turned;
}

function makeTurned(g: Geometry, withRemainder: boolean): Turned {
  // without a ring there is nothing to fold back
  const name = hasPadding(g) ? rotateCanvas(g) : "trimmed";
  const canvas = canvasOf(g, name);
  return {
    name,
    canvas,
    geometry: geometryOf(rotateSpec(g, name)),
    rows: dilatedAxis(g.rows, canvas.rows, withRemainder),
    columns: dilatedAxis(g.columns, canvas.columns, withRemainder),
    ...weights(g),
  };
}

/** Which weight stands where: W is numbered, and its numbers are turned as its weights are. */
function weights(g: Geometry): Pick<Turned, "weightOf" | "slotOf"> {
  const numbered = tensor(g.shapes.W);
  for (let w = 0; w < numbered.data.length; w++) numbered.data[w] = w;
  const slotOf = new Int32Array(numbered.data.length);
  for (let f = 0; f < g.spec.F; f++) {
    const first = f * g.rows.out * g.columns.out;
    for (const [slot, { w }] of tapsOf(g, "Y", first).entries()) slotOf[w] = slot;
  }
  return { weightOf: backwardKernels(g, numbered).data, slotOf };
}

/** A window of the rotation: what one place of the gradient is made of. */
export interface Place {
  /** Row and column of the gradient: those of dX, or, where it is folded, of the padded input. */
  readonly row: number;
  readonly column: number;
  /** No window stands there: without the remainder the dilated δ ends too early. */
  readonly missing: boolean;
}

/** Where a cell of dX is computed: at one place, or at that of every copy in the ring; the image's own comes first. */
export function placesOf(g: Geometry, { name, rows, columns }: Turned, x: number): Place[] {
  const [, , ih, iw] = unravel(g.shapes.X, x) as [number, number, number, number];
  const at = (row: number, column: number): Place => ({
    row,
    column,
    missing: row >= rows.out || column >= columns.out,
  });
  if (name === "trimmed") return [at(ih, iw)];
  const own = at(ih + g.rows.before, iw + g.columns.before);
  const copies = paddedOfInput(g, x)
    .map((p) => unravel(g.shapes.P, p) as [number, number, number, number])
    .filter(([, , row, column]) => row !== own.row || column !== own.column)
    .map(([, , row, column]) => at(row, column));
  return [own, ...copies];
}

/** One product of a window of the rotation: a δ, or a zero put between or around, times a weight. */
export interface Term {
  /** Row and column of the drawn δ. */
  readonly row: number;
  readonly column: number;
  /** The cell of δ; −1: a zero. */
  readonly y: number;
  readonly delta: number;
  readonly w: number;
  readonly weight: number;
  readonly product: number;
  /** Its product as the forward taps number them; −1: of a zero. */
  readonly t: number;
}

/** The products of one place in the order (filter of the group, row, column). */
export function termsOf(
  g: Geometry,
  { canvas, geometry, rows, columns, weightOf, slotOf }: Turned,
  layer: Layer,
  delta: Tensor,
  n: number,
  channel: number,
  place: Place,
): Term[] {
  const { shapes } = geometry;
  const [, C, height, width] = shapes.Y as [number, number, number, number];
  const output = ((n * C + channel) * height + place.row) * width + place.column;
  return tapsOf(geometry, "Y", output).map((tap) => {
    const [, , row, column] = unravel(shapes.P, tap.p) as [number, number, number, number];
    const y = deltaAt(g, canvas, tap.p);
    const w = weightOf[tap.w]!;
    const weight = layer.w.data[w]!;
    const value = y < 0 ? 0 : delta.data[y]!;
    return {
      row: row + rows.cropBefore,
      column: column + columns.cropBefore,
      y,
      delta: value,
      w,
      weight,
      product: y < 0 ? 0 : value * weight,
      t: y < 0 ? -1 : y * g.window + slotOf[w]!,
    };
  });
}
