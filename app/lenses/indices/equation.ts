import { ACTIVATIONS, hasPadding, type Span, type Way } from "#engine";
import type { Frame } from "../lens.ts";
import { layOf, orderOf, wayOf } from "./place.ts";

const X = (text: string): Span => ({ text, role: "X" });
const W = (text: string): Span => ({ text, role: "W" });

export function equation(frame: Frame): { formula: readonly Span[]; remark: string } {
  const { spec } = frame.geometry;
  const way = wayOf(frame);
  const lay = layOf(frame);
  const gradient = X(hasPadding(frame.geometry) ? "dXp" : "dX");
  if (way === "add")
    return {
      formula: [
        { text: "np.add.at(" },
        gradient,
        { text: ", (:, k, i, j), " },
        ...dcols(lay),
        { text: ")" },
      ],
      remark: "every number is added, also where k, i and j name a cell again",
    };
  if (way === "plain")
    return {
      formula: [gradient, { text: "[:, k, i, j] += " }, ...dcols(lay)],
      remark: "one read, one sum, one write for all: of the numbers for one cell only one is left",
    };
  const { name } = spec.activation;
  const taken: Span[] = [X("X"), { text: "[:, k, i, j]" }];
  const [sum, taps, read] =
    lay === "columns"
      ? [
          [W("W_row"), { text: " · " }, ...taken],
          "rows",
          "row r of the arrays is a tap, column q a window: i[r, q] = i0[r] + i1[q]",
        ]
      : [
          [...taken, { text: " · " }, W("W_rowᵀ")],
          "columns",
          "row q of the arrays is a window, column r a tap: i[q, r] = i1[q] + i0[r]",
        ];
  sum.push({ text: " + b" });
  const groups = spec.groups > 1 ? `; a group of filters multiplies only its own ${taps}` : "";
  return {
    formula: [
      { text: "Y", role: "Y" },
      { text: " = " },
      ...(name === "linear"
        ? sum
        : [{ text: `${ACTIVATIONS[name].label}(` }, ...sum, { text: ")" }]),
    ],
    remark: read + groups + rowsOf(frame, taps),
  };
}

/** How W becomes W_row, where its axes stand in another order than usual. */
function rowsOf(frame: Frame, taps: string): string {
  if (orderOf(frame) === "c kh kw") return "";
  return `; the ${taps} go through (kh, kw, c) as W does: W_row = W.reshape(-1, ${frame.geometry.spec.F}).T`;
}

function dcols(lay: Way): Span[] {
  const delta: Span = { text: "δ", role: "delta" };
  return lay === "columns"
    ? [W("W_rowᵀ"), { text: " · " }, delta]
    : [delta, { text: " · " }, W("W_row")];
}
