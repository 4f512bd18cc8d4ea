import type { Extent } from '@featurescope/core';
import type { Tensor2D, Tensor3D, Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { productWith } from './product.js';

/** Frequencies along the width of which the spectrum of a real picture consists; the others are their conjugates. */
export const halfWidth = (width: number): number => Math.floor(width / 2) + 1;

/** |frequency| in cycles per pixel of every place of a spectrum, in the order [⌊W/2⌋ + 1, H]. */
export function frequencies([height, width]: Extent): Float64Array {
  const magnitudes = new Float64Array(halfWidth(width) * height);
  for (let v = 0, i = 0; v < halfWidth(width); v++)
    for (let u = 0; u < height; u++, i++) magnitudes[i] = Math.hypot(Math.min(u, height - u) / height, v / width);
  return magnitudes;
}

/** Inverse discrete Fourier transform of spectra of real planes. */
export interface InverseFourier {
  /** Real and imaginary parts [P, ⌊W/2⌋ + 1, 2, H] → planes [P, H, W] without any factor, by differentiable operations. */
  apply(spectra: Tensor4D): Tensor3D;
  dispose(): void;
}

/**
 * x_hw = Re Σ_v m_v Σ_u S_uv exp 2πi(uh/H + vw/W), m_v = 1 where v is its own conjugate and 2 elsewhere: two products with constant
 * matrices, since the FFT is missing on some backends.
 */
export function inverseFourier([height, width]: Extent): InverseFourier {
  const half = halfWidth(width);
  const columns = productWith(complexWaves(height), [2 * height, 2 * height]);
  const rows = productWith(realWaves(width), [2 * half, width]);
  return {
    apply: (spectra) =>
      tf.tidy(() => {
        const planes = spectra.shape[0];
        const partial = columns.apply(tf.reshape(spectra, [planes * half, 2 * height]));
        const turned = tf.transpose(tf.reshape(partial, [planes, half, 2, height]), [0, 3, 2, 1]);
        return tf.reshape(rows.apply(tf.reshape(turned, [planes * height, 2 * half]) as Tensor2D), [planes, height, width]);
      }),
    dispose() {
      columns.dispose();
      rows.dispose();
    },
  };
}

/** cos and sin of 2πk/n; the sine of a half turn is exactly 0, so that what has no effect has no gradient either. */
function wave(k: number, n: number): readonly [cos: number, sin: number] {
  const turn = k % n;
  return [Math.cos((2 * Math.PI * turn) / n), (2 * turn) % n === 0 ? 0 : Math.sin((2 * Math.PI * turn) / n)];
}

/** (re, im) of n frequencies → (re, im) at n positions. */
function complexWaves(n: number): Float32Array {
  const matrix = new Float32Array(4 * n * n);
  for (let u = 0; u < n; u++)
    for (let h = 0; h < n; h++) {
      const [cos, sin] = wave(u * h, n);
      matrix[u * 2 * n + h] = cos;
      matrix[u * 2 * n + n + h] = sin;
      matrix[(n + u) * 2 * n + h] = -sin;
      matrix[(n + u) * 2 * n + n + h] = cos;
    }
  return matrix;
}

/** (re, im) of ⌊n/2⌋ + 1 frequencies → real numbers at n positions. */
function realWaves(n: number): Float32Array {
  const half = halfWidth(n);
  const matrix = new Float32Array(2 * half * n);
  for (let v = 0; v < half; v++)
    for (let w = 0; w < n; w++) {
      const [cos, sin] = wave(v * w, n);
      const times = v === 0 || 2 * v === n ? 1 : 2;
      matrix[v * n + w] = times * cos;
      matrix[(half + v) * n + w] = -times * sin;
    }
  return matrix;
}
