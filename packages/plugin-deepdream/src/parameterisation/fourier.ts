import type { InputSpec } from '@featurescope/core';
import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { colourMatrix } from './colour.js';
import { frequencies, halfWidth, inverseFourier } from './inverse-fourier.js';
import type { Parameterisation, PictureShape } from './parameterisation.js';
import { pixelUnits } from './pixel-units.js';
import { productWith } from './product.js';

export interface FourierOptions {
  readonly shape: PictureShape;
  readonly spec: InputSpec;
  /** Exponent of the frequency that coefficients are divided by; 1 as in lucid, 0 for white noise. */
  readonly decay?: number;
  /** `decorrelated`: coefficients of uncorrelated colours, as those of ImageNet are; without effect on a network that does not see three colours. */
  readonly colour: 'decorrelated' | 'plain';
  /** Standard deviation of the coefficients at the start, before their division by the frequency; 0.01 in lucid. */
  readonly deviation: number;
}

/** What lucid divides its pictures by. */
const LUCID_DIVISOR = 4;

/**
 * The parameters are Fourier coefficients of pictures, [N, C, ⌊W/2⌋ + 1, 2H], real parts before imaginary (Olah et al., Feature visualization, 2017;
 * lucid's `fft_image` and `to_valid_rgb`). A coefficient of frequency f (cycles per pixel) counts √(HW)/(4·max(f, 1/max(H, W))^decay) in
 * the inverse transform z; with colours C the picture is low + span·sigmoid(Cz), inside the network's pixel range. Without known
 * preprocessing it is the tangent of this at 0 over 0…255, low + span·(½ + Cz/4), which has no bounds.
 */
export function fourierParameterisation({ shape, spec, decay = 1, colour, deviation }: FourierOptions): Parameterisation {
  const [pictures, height, width, channels] = shape;
  const half = halfWidth(width);
  const fourier = inverseFourier([height, width]);
  const scale = tf.keep(tf.tensor2d(gains(height, width, decay), [1, half * 2 * height]));
  const mixing = colour === 'decorrelated' ? colourMatrix(spec) : undefined;
  const colours = mixing && productWith(mixing, [3, 3]);
  const range = intoRange(spec, width);
  const parameters = [pictures, channels, half, 2 * height] as const;
  return {
    name: 'fourier',
    shape: parameters,
    start: (random) => random.fillNormal(new Float32Array(channels * half * 2 * height), 0, deviation),
    picture: (given) =>
      tf.tidy(() => {
        const spectra = tf.mul(tf.reshape(given, [pictures * channels, half * 2 * height]), scale);
        const planes = fourier.apply(tf.reshape(spectra, [pictures * channels, half, 2, height]) as Tensor4D);
        const pixels = tf.transpose(tf.reshape(planes, [pictures, channels, height * width]), [0, 2, 1]);
        const colourful = colours ? colours.apply(tf.reshape(pixels, [-1, channels])) : pixels;
        return tf.reshape(range.apply(tf.reshape(colourful, [pictures * height, width * channels])), [pictures, height, width, channels]);
      }),
    dispose() {
      fourier.dispose();
      colours?.dispose();
      range.dispose();
      scale.dispose();
    },
  };
}

/** What each coefficient is multiplied with, [⌊W/2⌋ + 1, 2, H]; 1/(HW) of the inverse transform included. */
function gains(height: number, width: number, decay: number): Float32Array {
  const lowest = 1 / Math.max(height, width);
  const values = frequencies([height, width]);
  const result = new Float32Array(2 * values.length);
  for (const [i, f] of values.entries()) {
    const at = Math.floor(i / height) * 2 * height + (i % height);
    const gain = 1 / (LUCID_DIVISOR * Math.sqrt(height * width) * Math.max(f, lowest) ** decay);
    result[at] = gain;
    result[at + height] = gain;
  }
  return result;
}

/** Rows [R, W·C] of any numbers → rows in the network's input units. */
function intoRange(spec: InputSpec, width: number): { apply(rows: Tensor2D): Tensor2D; dispose(): void } {
  const { low, span, bounded } = pixelUnits(spec);
  // One value for each number of a row: products that repeat along a last axis of three are slow on wasm.
  const row = (perChannel: (c: number) => number): Tensor2D =>
    tf.keep(
      tf.tensor2d(
        Float32Array.from({ length: width * spec.channels }, (_, i) => perChannel(i % spec.channels)),
        [1, width * spec.channels],
      ),
    );
  const factor = row((c) => (bounded ? 1 : 1 / 4) * (span[c] ?? 0));
  const offset = row((c) => (low[c] ?? 0) + (bounded ? 0 : (span[c] ?? 0) / 2));
  return {
    apply: (rows) => tf.add(tf.mul(bounded ? tf.sigmoid(rows) : rows, factor), offset),
    dispose: () => tf.dispose([factor, offset]),
  };
}
