import { type Axis, isRead } from "../../../axis.ts";
import type { Answer } from "../../../forward.ts";
import type { Geometry } from "../../../geometry.ts";
import type { Layer } from "../../../layer.ts";
import { type Tensor, tensor, unravel } from "../../../tensor.ts";
import { hasPadding } from "../../cell.ts";
import { wayIn } from "../../conventions.ts";
import { typescriptGrid, typescriptGrids } from "../back/fold.ts";
import { isPlain, tensorLines } from "../back/parts.ts";
import { gather, prepare } from "../im2col/numpy.ts";
import { styleOf } from "../im2col/parts.ts";
import { LANGUAGES, type LanguageName, lines, marked } from "../languages.ts";
import { checkTensors } from "../limits.ts";
import type { CodeLine, Program, ProgramOptions } from "../program.ts";
import { sliceOf } from "../weights/parts.ts";
import { outLength } from "../window/numpy.ts";
import { option, padLine } from "../window/pytorch.ts";
import { paddedInput, position, writer } from "../window/typescript.ts";
import { numpyTaps } from "./numpy.ts";

// im2col, and what col holds written back with =: every copy of a pixel is the same, so the image comes back.

/** X, with a zero where no window reads it: nothing is written there. */
function imageOf(g: Geometry, { x }: Layer): Tensor {
  const read = (axis: Axis, i: number) => isRead(axis, axis.before + i);
  return tensor(
    x.shape,
    Array.from(x.data, (v, index) => {
      const [, , row, column] = unravel(x.shape, index) as [number, number, number, number];
      return read(g.rows, row) && read(g.columns, column) ? v : 0;
    }),
  );
}

/** "1:9": where the image stands inside the ring. */
function inside({ before, n }: Axis): string {
  return `${before}:${before + n}`;
}

function around(language: LanguageName, g: Geometry, layer: Layer, body: CodeLine[]): Program {
  const image = imageOf(g, layer);
  checkTensors({ X: layer.x });
  const { imports } = LANGUAGES[language];
  return [
    ...lines("data", ...imports, ...(imports.length > 0 ? [""] : [])),
    ...lines("data", ...tensorLines(language, g, "X", layer.x), ""),
    ...body,
    ...lines("check", "", ...tensorLines(language, g, "expected", image), CHECKS[language]),
  ];
}

const CHECKS: Readonly<Record<LanguageName, string>> = {
  numpy: "assert np.array_equal(image, expected)",
  pytorch: "assert torch.allclose(image, expected, rtol=0, atol=0)",
  typescript:
    'if (String(image) !== String(expected)) throw new Error("another image than was expected");',
};

type Make = (g: Geometry, layer: Layer, answer: Answer, options: ProgramOptions) => Program;

const numpy: Make = (g, layer, _answer, options) => {
  const { rows, columns, shapes } = g;
  const plain = isPlain(g);
  const way = wayIn(options);
  const style = { ...styleOf(g, {}), way };
  const back = hasPadding(g) ? "back" : "image";
  const { shape: windows, tap, transpose } = numpyTaps(g, way, "len(X)");
  const at = `${sliceOf("u", "out_h", rows)}, ${sliceOf("v", "out_w", columns)}`;
  const outer = plain ? "" : ":, :, ";
  // no kernel is met here, turned or not
  const unturned = { ...g, spec: { ...g.spec, flip: false } };
  return around("numpy", g, layer, [
    ...prepare(unturned, style),
    ...gather(unturned, style),
    ...lines("body", `windows = col.reshape(${windows})`),
    ...lines("body", `${back} = np.zeros((${(plain ? shapes.P.slice(2) : shapes.P).join(", ")}))`),
    marked(`for u in range(${rows.k}):`),
    marked(`  for v in range(${columns.k}):`),
    marked(`    ${back}[${outer}${at}] = windows${tap}${transpose}`, "write"),
    ...(hasPadding(g)
      ? lines("body", `image = back[${outer}${inside(rows)}, ${inside(columns)}]`)
      : []),
  ]);
};

const pytorch: Make = (g, layer, _answer, options) => {
  const { rows, columns, spec, shapes } = g;
  const { kH, kW } = spec;
  const x = hasPadding(g) ? "Xp" : "X";
  const back = hasPadding(g) ? "back" : "image";
  const call = [
    x,
    kH === kW ? `${kH}` : `(${kH}, ${kW})`,
    ...option("dilation", spec.dilation, 1),
    ...option("stride", spec.stride, 1),
  ];
  const at = `${sliceOf("u", "out_h", rows)}, ${sliceOf("v", "out_w", columns)}`;
  const inRows = wayIn(options) === "rows";
  const windows = `${spec.C}, ${kH}, ${kW}`;
  const [turned, shape, part] = inRows
    ? [".transpose(1, 2)", `out_h, out_w, ${windows}`, "[..., u, v].permute(0, 3, 1, 2)"]
    : ["", `${windows}, out_h, out_w`, "[:, :, u, v]"];
  return around("pytorch", g, layer, [
    ...lines(
      "body",
      ...(hasPadding(g) ? [padLine(g)] : []),
      `out_h = ${outLength(rows, `${x}.shape[2]`)}`,
      `out_w = ${outLength(columns, `${x}.shape[3]`)}`,
    ),
    marked(`col = F.unfold(${call.join(", ")})${turned}`, "gather"),
    ...lines(
      "body",
      `windows = col.reshape(${spec.N}, ${shape})`,
      `${back} = torch.zeros(${shapes.P.join(", ")}, dtype=torch.float64)`,
    ),
    marked(`for u in range(${kH}):  # F.fold would add`),
    marked(`  for v in range(${kW}):`),
    marked(`    ${back}[:, :, ${at}] = windows${part}`, "write"),
    ...(hasPadding(g)
      ? lines("body", `image = back[:, :, ${inside(rows)}, ${inside(columns)}]`)
      : []),
  ]);
};

const typescript: Make = (g, layer, _answer, options) => {
  const { rows, columns, spec, shapes } = g;
  const plain = isPlain(g);
  const padded = hasPadding(g);
  const back = padded ? "back" : "image";
  const planes = plain ? [] : ["n", "c"];
  const at = [...planes, position("i", "u", rows), position("j", "v", columns)];
  const place = at.map((index) => `[${index}]`).join("");
  const cut = ({ before, n }: Axis) => `.slice(${before}, ${before + n})`;
  const crop = `plane${cut(rows)}.map((row) => row${cut(columns)})`;
  const grids = typescriptGrids(g, shapes.P, rows.padded, columns.padded);
  const block = writer();
  const deep = plain ? 2 : 3;
  const taps = () => {
    if (!plain) block.open("c", String(spec.C));
    block.open("u", String(rows.k));
    block.open("v", String(columns.k));
  };
  const windows = () => {
    if (!plain) block.open("n", String(spec.N));
    block.open("i", String(rows.out));
    block.open("j", String(columns.out));
  };
  // a row of col is a window, or one tap of all windows
  const [outer, inner] = wayIn(options) === "rows" ? [windows, taps] : [taps, windows];
  outer();
  block.line("const row: number[] = [];");
  inner();
  block.line(`row.push(${padded ? `Xp(${at.join(", ")})` : `X${place}`});`, "gather");
  block.close(deep);
  block.line("let k = 0;");
  inner();
  block.line(`${back}${place} = row[k++];`, "write");
  block.close(2 * deep);
  const image = plain
    ? `const image = ((plane: number[][]) => ${crop})(back);`
    : `const image = back.map((planes) => planes.map((plane) => ${crop}));`;
  return around("typescript", g, layer, [
    ...lines("body", ...(padded ? paddedInput(g, planes) : [])),
    ...typescriptGrid(),
    ...lines("body", ...`const ${back} = ${grids};`.split("\n")),
    ...block.written,
    ...(padded ? lines("body", image) : []),
  ]);
};

/** The image back by writing with =. */
export const IMAGE_BACK: Readonly<Record<LanguageName, Make>> = { numpy, pytorch, typescript };
