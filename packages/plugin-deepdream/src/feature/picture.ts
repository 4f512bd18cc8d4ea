import type { Extent, InputSpec, Random } from '@featurescope/core';
import { type Tensor4D, tidy } from '@tensorflow/tfjs-core';
import { blank, type Canvas, readAll } from '../loop/canvas.js';
import { fourierParameterisation } from '../parameterisation/fourier.js';
import type { Parameterisation } from '../parameterisation/parameterisation.js';
import { pixelParameterisation } from '../parameterisation/pixel.js';
import type { Goal } from './goals.js';
import type { FeatureOptions } from './options.js';

/** Deviation of the coefficients at the start, as in lucid; of pixels, as a part of their range. */
const DEVIATION = 0.01;

/** How pictures of this size are written as numbers to optimise. The caller disposes it. */
export function parameterisationOf(
  spec: InputSpec,
  [height, width]: Extent,
  pictures: number,
  options: Pick<FeatureOptions, 'parameterisation' | 'colour'>,
): Parameterisation {
  const shape = [pictures, height, width, spec.channels] as const;
  if (options.parameterisation === 'pixel') return pixelParameterisation({ shape, spec, deviation: DEVIATION });
  return fourierParameterisation({ shape, spec, colour: options.colour ?? 'decorrelated', deviation: DEVIATION });
}

/** The start of each picture, drawn for itself, so that it does not depend on what else is in the batch. */
export function startOf(parameterisation: Parameterisation, goals: readonly Goal[], random: Random): Canvas {
  const canvas = blank(parameterisation.shape);
  const length = canvas.data.length / goals.length;
  for (const [i, { unit, copy }] of goals.entries())
    canvas.data.set(parameterisation.start(random.fork(`start/${unit ?? 'direction'}/${copy ?? 1}`)), i * length);
  return canvas;
}

/** Parameters → pictures [N, H, W, C] in the network's input units. */
export async function picturesOf(parameterisation: Parameterisation, parameters: Canvas): Promise<Canvas> {
  const pictures: Tensor4D = tidy(() => parameterisation.picture(readAll(parameters)));
  try {
    return { shape: pictures.shape, data: (await pictures.data()) as Float32Array };
  } finally {
    pictures.dispose();
  }
}
