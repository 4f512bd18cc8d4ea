import { gaussianBlur, type Shape } from '@featurescope/core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import { type Baseline, baselinePicture } from '../../attribution/baseline.js';
import type { DeletionInsertionOptions } from './options.js';

/** Share of the shorter side that is the deviation of a blur. */
const BLUR = 1 / 16;

/** The picture [1, H, W, C] without anything to see, in numbers. */
export async function withoutContent(
  picture: Tensor4D,
  baseline: Baseline | 'blur',
  { blurSigma }: Pick<DeletionInsertionOptions, 'blurSigma'>,
): Promise<Float32Array> {
  if (baseline === 'blur') {
    const [, height, width, channels] = picture.shape;
    const shape: Shape = [height, width, channels];
    return gaussianBlur(await picture.data(), shape, blurSigma ?? Math.max(1, Math.min(height, width) * BLUR));
  }
  const base = baselinePicture(picture, baseline);
  return new Float32Array(await base.data().finally(() => base.dispose()));
}
