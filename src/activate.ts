import { ACTIVATIONS, type Activation, type ActivationChoice } from "./activation.ts";
import { type Tensor, zerosLike } from "./tensor.ts";

/** Y = activation(Z), cell by cell; Z itself where there is none. */
export function activate(choice: ActivationChoice, z: Tensor): Tensor {
  if (choice.name === "linear") return z;
  const { value }: Activation = ACTIVATIONS[choice.name];
  const data = zerosLike(z.data);
  for (let i = 0; i < data.length; i++) data[i] = value(z.data[i]!, choice.alpha);
  return { shape: z.shape, data };
}

/** activation(z). */
export function activatedAt({ name, alpha }: ActivationChoice, z: number): number {
  const { value }: Activation = ACTIVATIONS[name];
  return value(z, alpha);
}

/** activation′(z): what the gate lets through. */
export function slopeAt({ name, alpha }: ActivationChoice, z: number): number {
  const { value, slope }: Activation = ACTIVATIONS[name];
  return slope(z, alpha, value(z, alpha));
}

/** δ = ∂L/∂Z = ∂L/∂Y ⊙ activation′(Z). */
export function deltaOf(choice: ActivationChoice, z: Tensor, dy: Tensor): Tensor {
  const { value, slope }: Activation = ACTIVATIONS[choice.name];
  const { alpha } = choice;
  const data = zerosLike(z.data);
  for (let i = 0; i < data.length; i++) {
    const v = z.data[i]!;
    data[i] = dy.data[i]! * slope(v, alpha, value(v, alpha));
  }
  return { shape: z.shape, data };
}
