import type { ActivationChoice, ActivationName } from "../activation.ts";
import { ConvError } from "../errors.ts";
import { geometryOf } from "../geometry.ts";
import { type NetworkLayer, rowOf } from "../network/layers.ts";
import type { Network } from "../network/network.ts";
import { forwardPass, logitsOf } from "../network/pass.ts";
import type { PoolSpec } from "../network/poolGeometry.ts";
import type { PadMode } from "../padding.ts";
import type { ConvSpec } from "../spec.ts";
import { sizeOf, type Tensor, tensor } from "../tensor.ts";
import { learnedLayers } from "./weights.ts";

// A network as a script for PyTorch, which loads the weights that `weightsFile` writes and checks itself.

export const WEIGHTS_FILE = "convlens-weights.npz";

const ACTIVATION: Readonly<Record<ActivationName, (choice: ActivationChoice) => string>> = {
  linear: () => "nn.Identity()",
  relu: () => "nn.ReLU()",
  "leaky-relu": ({ alpha }) => `nn.LeakyReLU(${alpha})`,
  sigmoid: () => "nn.Sigmoid()",
  tanh: () => "nn.Tanh()",
};

const PAD: Readonly<Record<PadMode, string>> = {
  zeros: "nn.ZeroPad2d",
  reflect: "nn.ReflectionPad2d",
  replicate: "nn.ReplicationPad2d",
  circular: "nn.CircularPad2d",
};

const tuple = (values: readonly number[]) => `(${values.join(", ")})`;

/** The convolution, after padding of its own where there is any: PyTorch pads opposite sides alike. */
function convolution(spec: ConvSpec): string[] {
  const { rows, columns } = geometryOf(spec);
  const { C, F, kH, kW, stride, dilation, padMode } = spec;
  const sides = [columns.before, columns.after, rows.before, rows.after];
  return [
    ...(sides.some((n) => n > 0) ? [`${PAD[padMode]}(${tuple(sides)})`] : []), // left, right, top, bottom
    `nn.Conv2d(${C}, ${F}, ${tuple([kH, kW])}, stride=${tuple(stride)}, dilation=${tuple(dilation)})`,
  ];
}

function pooling({ kind, kernel, stride, dilation, padding, ceilMode, countIncludePad }: PoolSpec) {
  const [top, right, bottom, left] = padding;
  const fits = top === bottom && left === right && 2 * top <= kernel[0] && 2 * left <= kernel[1];
  if (!fits || (kind === "avg" && dilation.some((d) => d > 1)))
    throw new ConvError(
      "pool",
      "this pooling is none that PyTorch has",
      "the same padding on opposite sides, at most half a window; no dilation of an average",
    );
  const common = `${tuple(kernel)}, stride=${tuple(stride)}, padding=${tuple([top, left])}`;
  const ceil = `ceil_mode=${ceilMode ? "True" : "False"}`;
  return kind === "max"
    ? `nn.MaxPool2d(${common}, dilation=${tuple(dilation)}, ${ceil})`
    : `nn.AvgPool2d(${common}, ${ceil}, count_include_pad=${countIncludePad ? "True" : "False"})`;
}

function modules(layer: NetworkLayer): string[] {
  if (layer.kind === "conv2d") return convolution(layer.spec);
  if (layer.kind === "activation") return [ACTIVATION[layer.activation.name](layer.activation)];
  if (layer.kind === "pool2d") return [pooling(layer.spec)];
  if (layer.kind === "flatten") return ["nn.Flatten()"];
  return [`nn.Linear(${layer.inputs}, ${layer.outputs})`];
}

/** The lines of nn.Sequential, each with the shape of a sample that comes out of it. */
function sequential({ spec, layers }: Network): string[] {
  let shape: readonly number[] = [1, spec.H, spec.W];
  return layers.flatMap((layer) => {
    shape = rowOf(layer).outShape(layer, shape);
    const all = modules(layer);
    return all.map((text, i) =>
      i < all.length - 1 ? `    ${text},` : `    ${text},  # N × ${shape.join(" × ")}`,
    );
  });
}

/** Loading of one layer, and how its numbers lie. */
function loading(network: Network): string[] {
  const { flip } = network.spec;
  return learnedLayers(network).flatMap(({ name }) => {
    const turned = flip
      ? "    # F × 1 × kH × kW as there, turned by 180°: here a convolution, there a cross-correlation"
      : "    # F × 1 × kH × kW, as there";
    const [why, w] =
      name === "conv"
        ? [turned, `weights["conv.w"]${flip ? "[:, :, ::-1, ::-1]" : ""}`]
        : ["    # inputs × outputs here, outputs × inputs there", `weights["${name}.w"].T`];
    return [
      why,
      `    ${name}.weight.copy_(torch.tensor(${w}.copy(), dtype=torch.float64))`,
      `    ${name}.bias.copy_(torch.tensor(weights["${name}.b"], dtype=torch.float64))`,
    ];
  });
}

/** An image with no symmetry, so that a layer turned or transposed gives other logits. */
function probe({ spec: { H, W } }: Network): Tensor {
  const size = H * W;
  return tensor(
    [1, 1, H, W],
    Float64Array.from({ length: size }, (_, i) => ((7 * i) % size) / size),
  );
}

/** The script. @throws ConvError where PyTorch has no such layer. */
export function pytorchCode(network: Network): string {
  const { H, W } = network.spec;
  const size = H * W;
  const logits = logitsOf(forwardPass(network, probe(network)));
  const names = learnedLayers(network).map(({ name }) => name);
  const numbers = learnedLayers(network).reduce(
    (sum, { parameters: { w, b } }) => sum + sizeOf(w.shape) + sizeOf(b.shape),
    0,
  );
  return `# A classifier of ${H} × ${W} images, trained in convlens: ${numbers} numbers, in float64.
# They are in ${WEIGHTS_FILE}, saved beside this script or named after it.
import sys

import numpy as np
import torch
from torch import nn

weights = np.load(sys.argv[1] if len(sys.argv) > 1 else "${WEIGHTS_FILE}")

network = nn.Sequential(
${sequential(network).join("\n")}
).double()  # the last are logits: the softmax belongs to nn.CrossEntropyLoss

${names.join(", ")} = (
    layer for layer in network if isinstance(layer, (nn.Conv2d, nn.Linear))
)
with torch.no_grad():
${loading(network).join("\n")}

# Images are N × 1 × ${H} × ${W}, from 0 (paper) to 1 (ink). This one is no picture: it tells whether all is in its place.
x = torch.tensor([7 * i % ${size} / ${size} for i in range(${size})], dtype=torch.float64)
with torch.no_grad():
    logits = network(x.reshape(1, 1, ${H}, ${W}))
expected = torch.tensor([[${[...logits.data].join(", ")}]], dtype=torch.float64)
assert torch.allclose(logits, expected), "these are not the weights of this script"
print("PyTorch finds the logits of convlens:", logits)
`;
}
