import type { InputSpec } from '@featurescope/core';
import { clone } from '@tensorflow/tfjs-core';
import type { Parameterisation, PictureShape } from './parameterisation.js';
import { middleGrey, pixelUnits } from './pixel-units.js';

export interface PixelOptions {
  readonly shape: PictureShape;
  readonly spec: InputSpec;
  /** Standard deviation of the start around middle grey, as a fraction of the pixel range of each channel. */
  readonly deviation: number;
}

/** The parameters are the pixels [N, H, W, C] themselves, in the network's input units. */
export function pixelParameterisation({ shape, spec, deviation }: PixelOptions): Parameterisation {
  const [, height, width, channels] = shape;
  const middle = middleGrey(spec);
  const { span } = pixelUnits(spec);
  return {
    name: 'pixel',
    shape,
    start(random) {
      const values = random.fillNormal(new Float32Array(height * width * channels), 0, deviation);
      return values.map((value, i) => (middle[i % channels] ?? 0) + (span[i % channels] ?? 0) * value);
    },
    picture: (parameters) => clone(parameters),
    dispose: () => undefined,
  };
}
