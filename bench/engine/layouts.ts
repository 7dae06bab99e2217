// Every contender works on numbers laid out as it likes best; nobody pays for the way there.

/** N C H W → N H W C. */
export function channelsLast(data: ArrayLike<number>, shape: readonly number[]): Float32Array {
  const [N, C, H, W] = shape as [number, number, number, number];
  const moved = new Float32Array(data.length);
  for (let n = 0, i = 0; n < N; n++)
    for (let c = 0; c < C; c++)
      for (let p = 0; p < H * W; p++) moved[(n * H * W + p) * C + c] = data[i++]!;
  return moved;
}

/** F C kH kW → kH kW C F. */
export function kernelLast(data: ArrayLike<number>, shape: readonly number[]): Float32Array {
  const [F, C, kH, kW] = shape as [number, number, number, number];
  const moved = new Float32Array(data.length);
  for (let f = 0, i = 0; f < F; f++)
    for (let c = 0; c < C; c++)
      for (let k = 0; k < kH * kW; k++) moved[(k * C + c) * F + f] = data[i++]!;
  return moved;
}
