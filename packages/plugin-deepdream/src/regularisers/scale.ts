/** Multiplies values in place, each by the factor of its channel. */
export function scale(values: Float32Array, factors: readonly number[]): void {
  const channels = factors.length;
  for (const [c, factor] of factors.entries()) for (let i = c; i < values.length; i += channels) values[i] = (values[i] ?? 0) * factor;
}
