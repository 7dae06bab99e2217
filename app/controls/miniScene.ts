import type { Document, Tensor } from "#engine";
import { type Plate, type Scale, type Scene, SMOOTH } from "../draw/scene.ts";
import { scaleKey } from "../lenses/shared/scales.ts";
import { inputScale, kernelScale } from "./scales.ts";

/** Which plane of a document is edited. */
export interface Plane {
  readonly of: "X" | "W";
  /** n · C + c of the input, f · depth + c of the kernel. */
  readonly plane: number;
}

/** The largest plate, and its largest cells, in CSS pixels. */
export interface MiniSize {
  readonly side: number;
  readonly cell: number;
}

/** Room around the plate for its outline. */
const MARGIN = 3;

/** Below this side cells are pixels and need not be whole. */
const PIXELS = 6;

const LOOKS = {
  X: { name: "Input editor", role: "X" },
  W: { name: "Kernel editor", role: "W" },
} as const;

/** One plane of X or W, as large as it may be. */
export function miniScene(
  document: Document,
  { of, plane }: Plane,
  tone: "ink" | "light",
  size: MiniSize,
): Scene {
  const tensor = of === "X" ? document.input.tensor : document.kernel.tensor;
  const scale = of === "X" ? inputScale(tensor, tone) : kernelScale(tensor);
  return planeScene(tensor, plane, { ...LOOKS[of], of, scale }, size);
}

/** What a plane to be edited is called, and how it looks. */
interface PlaneLook {
  readonly of: "X" | "W";
  readonly name: string;
  readonly role: "X" | "W";
  readonly scale: Scale;
}

/** One plane of a tensor, in a picture of its own. */
export function planeScene(tensor: Tensor, plane: number, look: PlaneLook, size: MiniSize): Scene {
  const [rows, columns] = tensor.shape.slice(-2) as [number, number];
  const fit = Math.min(size.cell, size.side / Math.max(rows, columns));
  const cell = fit < PIXELS ? fit : Math.floor(fit);
  return {
    width: Math.ceil(columns * cell) + 2 * MARGIN,
    height: Math.ceil(rows * cell) + 2 * MARGIN,
    plates: [plateOf(tensor, plane, { ...look, cell, rows, columns })],
    marks: [],
    curves: [],
    follow: null,
    newest: null,
    notes: [],
  };
}

function plateOf(
  tensor: Tensor,
  plane: number,
  at: PlaneLook & { readonly cell: number; readonly rows: number; readonly columns: number },
): Plate {
  const { of, scale, columns } = at;
  const first = plane * at.rows * columns;
  const index = (row: number, column: number) => first + row * columns + column;
  return {
    name: at.name,
    role: at.role,
    title: "",
    subtitle: "",
    titleRoom: 0,
    x: MARGIN,
    y: MARGIN,
    cell: at.cell,
    rows: at.rows,
    columns,
    outlined: true,
    scale,
    tensor: of,
    indexAt: index,
    valueAt: (row, column) => tensor.data[index(row, column)]!,
    textureAt: () => SMOOTH,
    inside: null,
    editable: of,
    key: [tensor, first, scaleKey(scale)],
  };
}
