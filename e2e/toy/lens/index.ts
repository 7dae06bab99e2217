import { nameOf, type Program, tapsOf, unravel } from "#engine";
import { cellsOf, type Plate, SMOOTH } from "../../../app/draw/scene.ts";
import type { Frame, Lens, LensRow } from "../../../app/lenses/lens.ts";

// A lens that no one asked for: it walks the input and counts how many outputs read each cell. It is here to show
// that a lens is this file and a row of a table, and nothing else.

const MARGIN = 24;
const LARGEST = 40;

/** How often each cell of X is read, by the taps. */
export function readings({ geometry }: Pick<Frame, "geometry">): number[] {
  const cells = geometry.shapes.X.reduce((a, b) => a * b, 1);
  return Array.from({ length: cells }, (_, x) => tapsOf(geometry, "X", x).length);
}

const known = new WeakMap<Frame["geometry"], readonly number[]>();

function readingsOf(frame: Frame): readonly number[] {
  const counts = known.get(frame.geometry) ?? readings(frame);
  known.set(frame.geometry, counts);
  return counts;
}

function plateOf(frame: Frame, width: number): Plate {
  const counts = readingsOf(frame);
  const [, , rows, columns] = frame.geometry.shapes.X as [number, number, number, number];
  const first = frame.step - (frame.step % (rows * columns));
  const index = (row: number, column: number) => first + row * columns + column;
  return {
    name: "Readings",
    title: "Readings",
    subtitle: "how many taps read each cell of X",
    titleRoom: width,
    role: "X",
    x: MARGIN,
    y: 2 * MARGIN,
    cell: Math.min(LARGEST, Math.max(2, (width - 2 * MARGIN) / columns)),
    rows,
    columns,
    outlined: true,
    scale: { kind: "gray", low: 0, high: Math.max(...counts, 1), tone: "light" },
    tensor: "X",
    indexAt: index,
    valueAt: (row, column) =>
      index(row, column) <= frame.step ? counts[index(row, column)]! : null,
    textureAt: () => SMOOTH,
    inside: null,
    editable: null,
    key: [counts, first, frame.step],
  };
}

const program = (text: string) => (): Program => [
  { text, part: "body", marks: ["gather", "multiply"] },
];

const toyLens: Lens = {
  why: "How often each number of the input is read: in the middle more often than at the edges.",
  needsBack: false,
  equation: () => ({ formula: [{ text: "readings", role: "X" }], remark: "counted, not computed" }),
  walk: (g) => g.shapes.X,
  walks: "X",
  slots: () => 1,
  place: ({ geometry, step }) => nameOf(geometry, { tensor: "X", index: step }),
  output: () => null,
  layout(frame, { width }) {
    const plate = plateOf(frame, width);
    const [, , row, column] = unravel(frame.geometry.shapes.X, frame.step) as number[];
    return {
      width: plate.columns * plate.cell + 2 * MARGIN,
      height: plate.rows * plate.cell + 4 * MARGIN,
      plates: [plate],
      marks: [{ name: "cell", role: "X", ...cellsOf(plate, row!, column!) }],
      curves: [],
      notes: [],
      follow: null,
      newest: null,
    };
  },
  caption: (frame) => [
    { text: `${readingsOf(frame)[frame.step]}`, role: "X" },
    { text: " taps read this cell." },
  ],
  programs: async () => ({
    programs: {
      numpy: { label: "NumPy", program: program("readings = np.bincount(x)") },
      pytorch: { label: "PyTorch", program: program("readings = torch.bincount(x)") },
      typescript: { label: "TypeScript", program: program("for (const x of taps) readings[x]++;") },
    },
    variables: ({ step }) => `x = ${step}`,
  }),
};

/** Its row of the table. */
export const TOY: LensRow = {
  label: "Toy",
  group: "forward",
  load: async () => toyLens,
};
