import type { InputSpec } from '@featurescope/core';
import { blur } from './blur.js';
import { clamp } from './clamp.js';
import { clampRange } from './clamp-range.js';
import { clipSmallContribution } from './clip-small-contribution.js';
import { clipSmallNorm } from './clip-small-norm.js';
import { decay } from './decay.js';
import { betaWithoutWeight } from './errors.js';
import { l2 } from './l2.js';
import { BLUR_SIGMA, type RegulariserOptions, TV_BETA } from './options.js';
import type { Regulariser } from './regulariser.js';
import { totalVariation } from './total-variation.js';

/**
 * The regularisers that the options ask for, in the order in which they are applied: penalties, decay, blur, clipping of
 * pixels, and the clamp last (the order of Yosinski's toolbox, but for its clamp, which comes before a pass). @throws
 * FeaturescopeError for options without effect
 */
export function regularisers(options: RegulariserOptions, spec: InputSpec, visualizer: string): Regulariser[] {
  const { blurEvery, blurSigma, tvBeta } = options;
  if (tvBeta !== TV_BETA && options.totalVariation === 0) throw betaWithoutWeight(visualizer, tvBeta);
  const range = clampRange(options.clamp, spec, visualizer);
  const list: Regulariser[] = [];
  if (options.l2 > 0) list.push(l2(options.l2));
  if (options.totalVariation > 0) list.push(totalVariation(options.totalVariation, tvBeta));
  if (options.decay > 0) list.push(decay(options.decay));
  if (blurEvery !== undefined || blurSigma !== undefined) list.push(blur(blurSigma ?? BLUR_SIGMA, blurEvery ?? 1));
  if (options.clipNorm > 0) list.push(clipSmallNorm(options.clipNorm));
  if (options.clipContribution > 0) list.push(clipSmallContribution(options.clipContribution));
  if (range) list.push(clamp(range.min, range.max));
  return list;
}
