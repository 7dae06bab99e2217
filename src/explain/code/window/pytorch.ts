import type { ActivationChoice, ActivationName } from "../../../activation.ts";
import type { Answer } from "../../../forward.ts";
import type { Geometry } from "../../../geometry.ts";
import type { Layer } from "../../../layer.ts";
import type { PadMode } from "../../../padding.ts";
import type { Tensor } from "../../../tensor.ts";
import { axesShown, hasPadding } from "../../cell.ts";
import { arrayLines, LANGUAGES, lines, literal, marked } from "../languages.ts";
import { checkWritable, tolerances } from "../limits.ts";
import type { CodeLine, Program } from "../program.ts";

const DTYPE = "dtype=torch.float64";

/** The layer as the library has it: F.conv2d does the loops. All tensors have four axes and 64 bits. */
export function pytorchWindow(g: Geometry, layer: Layer, answer: Answer): Program {
  checkWritable(layer, answer);
  const { relative, absolute } = tolerances(g, layer);
  return [
    ...lines("data", ...LANGUAGES.pytorch.imports, ""),
    ...lines("data", ...tensorLines("X", layer.x), ...tensorLines("W", layer.w)),
    ...lines("data", ...tensorLines("b", layer.b), ""),
    ...body(g),
    ...lines("check", "", ...tensorLines("expected", answer.y)),
    ...lines("check", `assert torch.allclose(Y, expected, rtol=${relative}, atol=${absolute})`),
  ];
}

/** Written with the axes worth seeing, then given all that conv2d wants. */
export function tensorLines(name: string, values: Tensor): string[] {
  const { shape } = values;
  if (axesShown(shape) === 0)
    return [`${name} = torch.tensor([${literal(values.data[0]!)}], ${DTYPE})`];
  const reshape = axesShown(shape) < shape.length ? `.reshape(${shape.join(", ")})` : "";
  return arrayLines(`${name} = torch.tensor(`, values, `, ${DTYPE})${reshape}`);
}

/** F.pad's names for what stands in the ring; zeros are its default. */
export const MODES: Readonly<Record<PadMode, string>> = {
  zeros: "",
  reflect: ', mode="reflect"',
  replicate: ', mode="replicate"',
  circular: ', mode="circular"',
};

function body(g: Geometry): CodeLine[] {
  const { spec } = g;
  const { name } = spec.activation;
  const separate = padsSeparately(g);
  const call = [
    separate ? "Xp" : "X",
    spec.flip ? "flipped" : "W",
    "b",
    ...option("stride", spec.stride, 1),
    ...option("padding", separate ? [0, 0] : [g.rows.before, g.columns.before], 0),
    ...option("dilation", spec.dilation, 1),
    ...option("groups", [spec.groups, spec.groups], 1),
  ];
  const conv = `F.conv2d(${call.join(", ")})`;
  return [
    ...lines("body", ...(separate ? [padLine(g)] : [])),
    // Axes 2 and 3 are the kernel's rows and columns.
    ...lines("body", ...(spec.flip ? ["flipped = torch.flip(W, (2, 3))"] : [])),
    ...(name === "linear"
      ? [marked(`Y = ${conv}`, "gather", "multiply", "write")]
      : [
          marked(`Z = ${conv}`, "gather", "multiply"),
          marked(`Y = ${ACTIVATED[name](spec.activation)}`, "activate", "write"),
        ]),
  ];
}

/** conv2d itself pads with zeros only, and only alike on opposite sides. */
export function padsSeparately(g: Geometry): boolean {
  const alike = [g.rows, g.columns].every(({ before, after }) => before === after);
  return hasPadding(g) && !(alike && g.spec.padMode === "zeros");
}

/** F.pad counts from the last axis: left, right, top, bottom. */
export function padLine({ rows, columns, spec }: Geometry): string {
  const sides = [columns.before, columns.after, rows.before, rows.after];
  return `Xp = F.pad(X, (${sides.join(", ")})${MODES[spec.padMode]})`;
}

export function option(name: string, [h, w]: readonly [number, number], usual: number): string[] {
  if (h === usual && w === usual) return [];
  return [`${name}=${h === w ? h : `(${h}, ${w})`}`];
}

export const ACTIVATED: Readonly<Record<ActivationName, (choice: ActivationChoice) => string>> = {
  linear: () => "Z",
  relu: () => "torch.relu(Z)",
  "leaky-relu": ({ alpha }) => `F.leaky_relu(Z, ${literal(alpha)})`,
  sigmoid: () => "torch.sigmoid(Z)",
  tanh: () => "torch.tanh(Z)",
};
