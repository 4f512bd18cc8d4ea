import type { InputSpec } from '@featurescope/core';
import { z } from 'zod';
import { fixedNeedsStep } from '../errors.js';
import { STEP_RULES } from './step-rules.js';

/** Option fields of every loop; spread them into the options of a visualizer, with its own number of iterations. */
export const loopOptions = (iterations: number, describe = 'steps of gradient ascent') =>
  ({
    iterations: z.number().int().min(1).max(100_000).default(iterations).describe(describe),
    step: z
      .number()
      .positive()
      .optional()
      .describe(
        "step size in the network's input units; left out: a number of grey levels that suits the step rule (needed for the step rule fixed)",
      ),
    stepRule: z.enum(STEP_RULES).default('mean-gradient').describe('gradient divided by its mean absolute value, plain gradient, or Adam'),
    frameEvery: z
      .number()
      .int()
      .min(0)
      .default(2)
      .describe('emit a picture of every n-th iteration, also collected in the animation; 0 for none'),
    animation: z.enum(['webp', 'gif']).default('webp').describe('format of the animation'),
    guard: z
      .boolean()
      .default(true)
      .describe(
        'stop when 80 % of the picture has reached the ends of the range it is clamped to, and keep the last good one (values that are not numbers always stop)',
      ),
  }) as const;

const schema = z.object(loopOptions(1));
export type LoopOptions = z.output<typeof schema>;

/** Grey levels in the network's input units, per channel. */
export function greyLevels({ preprocessing, channels }: InputSpec, levels: number): number[] {
  const { scale, std } = preprocessing ?? { scale: 1, std: [] };
  return Array.from({ length: channels }, (_, c) => (levels * scale) / (std[c] ?? 1));
}

/** Step size per channel in input units: as given, or some grey levels. @throws FeaturescopeError for plain gradients without a step */
export function stepSizes(
  spec: InputSpec,
  { step, stepRule }: Pick<LoopOptions, 'step' | 'stepRule'>,
  levels: number,
  visualizer: string,
): number[] {
  if (step !== undefined) return new Array<number>(spec.channels).fill(step);
  if (stepRule === 'fixed') throw fixedNeedsStep(visualizer);
  return greyLevels(spec, levels);
}
