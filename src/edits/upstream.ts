import { deltaOf } from "../activate.ts";
import { direct } from "../conv/direct.ts";
import { type Gradients, gradientsByTaps } from "../conv/gradients.ts";
import type { Upstream } from "../document.ts";
import { ConvError, keyOf, shown } from "../errors.ts";
import { type Answer, type Backward, forward } from "../forward.ts";
import type { Geometry } from "../geometry.ts";
import { checkGradient, checkLayer, type Layer } from "../layer.ts";
import { reframePlanes, repeatPlanes } from "../planes.ts";
import { integer, randomOf } from "../presets/random.ts";
import { makeInput, makeKernel, parseInputWord, parseKernelWord } from "../presets/words.ts";
import { type Tensor, tensor, zerosLike } from "../tensor.ts";
import type { Training } from "../training.ts";
import { updateOf } from "../update.ts";

/** By what both ways through a layer are computed. */
interface Ways {
  readonly forward: (g: Geometry, layer: Layer) => Tensor;
  readonly gradients: (g: Geometry, layer: Layer, delta: Tensor) => Gradients;
}

const EXACT: Ways = { forward: direct, gradients: gradientsByTaps };

/** What is known when ∂L/∂Y is asked for. `rest` is what stands after the first colon of the word. */
interface Request {
  readonly layer: Layer;
  readonly y: Tensor;
  readonly rest: string;
  /** By what a layer is computed. */
  readonly run: Ways["forward"];
}

interface UpstreamRow {
  readonly label: string;
  readonly why: string;
  /** @throws ConvError where `rest` means nothing. */
  readonly check: (rest: string) => void;
  /** ∂L/∂Y itself, or the target of L = ½‖Y − T‖². */
  readonly make: (request: Request) => { readonly upstream: Tensor } | { readonly target: Tensor };
}

function nothing(rest: string): void {
  if (rest !== "") throw new ConvError("delta", `${shown(rest)} says nothing here`, "ones alone");
}

function seedOf(rest: string): number {
  if (rest === "") return 1;
  const [, digits] = /^(?:seed=)?(\d{1,9})$/.exec(rest) ?? [];
  if (digits === undefined)
    throw new ConvError("delta", `${shown(rest)} is not a seed`, "random, or random:seed=3");
  return Number(digits);
}

/** Where ∂L/∂Y comes from. */
export const UPSTREAMS = {
  ones: {
    label: "ones",
    why: "L = Σ Y: every output counts once, so dX says how often, and how strongly, a pixel is used.",
    check: nothing,
    make: ({ y }) => ({ upstream: tensor(y.shape, zerosLike(y.data).fill(1)) }),
  },
  random: {
    label: "random",
    why: "Small whole numbers of both signs from a seed, as if some loss had sent them back.",
    check: seedOf,
    make({ y, rest }) {
      const random = randomOf(seedOf(rest));
      return {
        upstream: tensor(
          y.shape,
          y.data.map(() => integer(random, -2, 3)),
        ),
      };
    },
  },
  image: {
    label: "Y − image",
    why: "L = ½‖Y − T‖² for a target picture T: what is sent back is how far each output is off.",
    check: parseInputWord,
    make({ y, rest }) {
      const [N, F, H, W] = y.shape as [number, number, number, number];
      const { tensor: picture } = makeInput(rest, { N, C: F });
      return { target: fitted(picture, N, F, H, W) };
    },
  },
  kernel: {
    label: "Y − what a kernel makes",
    why: "L = ½‖Y − T‖², where T is what another kernel makes of the same input: the layer learns that kernel.",
    check: parseKernelWord,
    make({ layer, rest, run }) {
      const [F, depth, kH, kW] = layer.w.shape as [number, number, number, number];
      const { tensor: w } = makeKernel(rest, { F, depth, kH, kW });
      return { target: forward({ ...layer, w, b: tensor(layer.b.shape) }, run).y };
    },
  },
} as const satisfies Record<string, UpstreamRow>;

export type UpstreamName = keyof typeof UPSTREAMS;

function split(word: string): { readonly name: UpstreamName; readonly rest: string } {
  const [first = "", ...rest] = word.trim().split(":");
  return { name: keyOf("delta", UPSTREAMS, first.toLowerCase()), rest: rest.join(":") };
}

/** An upstream that a word asks for. @throws ConvError "delta" (or that of the input or kernel it names). */
export function upstreamOfWord(word: string): Upstream {
  const { name, rest } = split(word);
  const row: UpstreamRow = UPSTREAMS[name];
  row.check(rest);
  return { word: rest === "" ? name : `${name}:${rest}`, tensor: null };
}

/** The row an upstream was made by; null for numbers set by hand. */
export function upstreamName({ word }: Upstream): UpstreamName | null {
  return word === null ? null : split(word).name;
}

function fitted(from: Tensor, N: number, F: number, H: number, W: number): Tensor {
  const [n, f, rows, columns] = from.shape as [number, number, number, number];
  const planes = n === N && f === F ? from : repeatPlanes(from, N, F);
  return rows === H && columns === W ? planes : reframePlanes(planes, [H, W], [0, 0]);
}

/** Numbers set by hand as they stand over outputs of this shape: cut, or filled up with zeros. */
export function upstreamOver(shape: Tensor["shape"], numbers: Tensor): Tensor {
  const [N, F, H, W] = shape as [number, number, number, number];
  return fitted(numbers, N, F, H, W);
}

function made(layer: Layer, y: Tensor, upstream: Upstream, run: Ways["forward"]) {
  if (upstream.word === null) return { upstream: upstreamOver(y.shape, upstream.tensor) };
  const { name, rest } = split(upstream.word);
  const row: UpstreamRow = UPSTREAMS[name];
  return row.make({ layer, y, rest, run });
}

/**
 * The way back of a layer whose forward pass is known: ∂L/∂Y, δ, dX, dW and db, sums over batch and space, and the
 * update they lead to.
 * @throws ConvError where the upstream gradient cannot be made for this layer.
 */
export function backward(
  layer: Layer,
  { z, y }: Answer,
  asked: Upstream,
  training: Training | null = null,
  means: Ways | null = null,
): Backward {
  const g = checkLayer(layer);
  const { gradients: gradientsOf, forward: run } = means ?? EXACT;
  const from = made(layer, y, asked, run);
  const target = "target" in from ? from.target : null;
  const upstream = "upstream" in from ? from.upstream : difference(y, from.target);
  checkGradient(g, upstream);
  const delta = deltaOf(layer.spec.activation, z, upstream);
  const gradients = gradientsOf(g, layer, delta);
  return {
    ...gradients,
    upstream,
    delta,
    target: target && { tensor: target, loss: halfSquare(upstream) },
    update: updateOf(g, layer, gradients, training),
  };
}

function difference(a: Tensor, b: Tensor): Tensor {
  return { shape: a.shape, data: a.data.map((v, i) => v - b.data[i]!) };
}

function halfSquare({ data }: Tensor): number {
  return data.reduce((sum, v) => sum + v * v, 0) / 2;
}
