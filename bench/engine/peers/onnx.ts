// Just enough of ONNX to write models of a few nodes: protocol buffers by hand, since a model here is 300 bytes.
// Source: onnx.proto of the ONNX project, whose field numbers stand below.

type Bytes = readonly number[];

function varint(value: number): Bytes {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  return [...bytes, rest];
}

const number = (field: number, value: number): Bytes => [...varint(field * 8), ...varint(value)];
const nested = (field: number, bytes: Bytes): Bytes => [
  ...varint(field * 8 + 2),
  ...varint(bytes.length),
  ...bytes,
];
const text = (field: number, value: string): Bytes =>
  nested(field, [...new TextEncoder().encode(value)]);

/** A node: an operator with the names of what goes in and comes out, and lists of whole numbers as attributes. */
export interface Node {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly output: string;
  readonly attributes?: Readonly<Record<string, readonly number[]>>;
}

function nodeProto({ op, inputs, output, attributes = {} }: Node): Bytes {
  return [
    ...inputs.flatMap((name) => text(1, name)),
    ...text(2, output),
    ...text(4, op),
    ...Object.entries(attributes).flatMap(([name, values]) =>
      nested(5, [
        ...text(1, name),
        ...values.flatMap((value) => number(8, value)),
        ...number(20, 7), // a list of integers
      ]),
    ),
  ];
}

/** A float32 tensor of known shape. */
function valueInfo(name: string, shape: readonly number[]): Bytes {
  const dims = shape.flatMap((n) => nested(1, number(1, n)));
  return [...text(1, name), ...nested(2, nested(1, [...number(1, 1), ...nested(2, dims)]))];
}

type Shapes = Readonly<Record<string, readonly number[]>>;

/** A model with these nodes, for inputs and outputs of these shapes. */
export function model(nodes: readonly Node[], inputs: Shapes, outputs: Shapes): Uint8Array {
  const infos = (field: number, shapes: Shapes) =>
    Object.entries(shapes).flatMap(([name, shape]) => nested(field, valueInfo(name, shape)));
  const graph = [
    ...nodes.flatMap((node) => nested(1, nodeProto(node))),
    ...text(2, "graph"),
    ...infos(11, inputs),
    ...infos(12, outputs),
  ];
  // IR version 8, operators of version 13.
  return Uint8Array.from([
    ...number(1, 8),
    ...nested(7, graph),
    ...nested(8, [...text(1, ""), ...number(2, 13)]),
  ]);
}
