import { type Geometry, inputOfPadded } from "../geometry.ts";
import { type Tensor, tensor } from "../tensor.ts";

/** X inside its ring, N C Hp Wp. */
export function padInput(g: Geometry, x: Tensor): Tensor {
  const padded = tensor(g.shapes.P);
  for (let p = 0; p < padded.data.length; p++) {
    const i = inputOfPadded(g, p);
    padded.data[p] = i < 0 ? 0 : x.data[i]!;
  }
  return padded;
}
