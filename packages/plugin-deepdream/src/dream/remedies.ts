import type { InputSpec } from '@featurescope/core';
import type { Remedies } from '../loop/results.js';
import { clampRange } from '../regularisers/clamp-range.js';
import type { DreamOptions } from './options.js';
import { hasOwnSteps } from './plan.js';

/** What helps against a divergence and is still open. */
export const remedies = (options: Pick<DreamOptions, 'cycle' | 'clamp'>, spec: InputSpec, visualizer: string): Remedies => ({
  steps: hasOwnSteps(options) ? 'smaller steps in --cycle' : 'a smaller --step',
  canClamp: clampRange(options.clamp, spec, visualizer) === undefined,
});
