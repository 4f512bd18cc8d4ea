import type { NumberArray } from './value.js';

/** Filters that are copied at a time, so that reading and writing both stay near each other. */
const BLOCK = 32;

/** Filters [kh, kw, in, out] from column-major order (MATLAB) to C order. */
export const kernelFromColumnMajor = (
  values: NumberArray,
  [kh, kw, inputs, outputs]: readonly [number, number, number, number],
): Float32Array => {
  const kernel = new Float32Array(values.length);
  const size = kh * kw * inputs;
  const rows = new Uint32Array(size);
  let at = 0;
  for (let c = 0; c < inputs; c++)
    for (let x = 0; x < kw; x++)
      for (let y = 0; y < kh; y++) {
        rows[at] = ((y * kw + x) * inputs + c) * outputs;
        at++;
      }
  for (let first = 0; first < outputs; first += BLOCK) {
    const last = Math.min(first + BLOCK, outputs);
    for (let i = 0; i < size; i++) {
      const row = rows[i] ?? 0;
      for (let k = first; k < last; k++) kernel[row + k] = values[k * size + i] ?? 0;
    }
  }
  return kernel;
};
