import type { Shape } from '@featurescope/core';

/** Half the Nyquist frequency in cycles a pixel: what is above it cannot be seen at a stride of 2. */
const CUT = 0.25;

/**
 * Share of the spectral energy of a filter at frequencies above half the Nyquist frequency in either direction:
 * 1 − ∫_{|u|, |v| ≤ ¼} Σ_c |F_c(u, v)|² du dv / Σ w², where F_c is the Fourier transform of channel c and frequencies are in cycles a
 * pixel. White noise has ¾, a checkerboard nearly 1, a broad blob nearly 0; a filter of zeros has 0.
 * @param values [height, width, channels]
 */
export function highFrequencyShare(values: ArrayLike<number>, shape: Shape): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += (values[i] ?? 0) ** 2;
  return total === 0 ? 0 : Math.max(0, 1 - lowEnergy(values, shape) / total);
}

/** The integral over low frequencies in closed form: Σ w(y, x) w(y′, x′) s(y − y′) s(x − x′) with s(d) = ∫_{−¼}^{¼} e^{2πiud} du. */
function lowEnergy(values: ArrayLike<number>, [height, width, channels]: Shape): number {
  let energy = 0;
  for (let c = 0; c < channels; c++)
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        let low = 0;
        for (let v = 0; v < height; v++)
          for (let u = 0; u < width; u++) low += (values[(v * width + u) * channels + c] ?? 0) * band(y - v) * band(x - u);
        energy += low * (values[(y * width + x) * channels + c] ?? 0);
      }
  return energy;
}

const band = (distance: number): number => (distance === 0 ? 2 * CUT : Math.sin(2 * Math.PI * CUT * distance) / (Math.PI * distance));
