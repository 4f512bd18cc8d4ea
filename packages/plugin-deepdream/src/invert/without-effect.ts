import { idleOptions, type RunContext } from '@featurescope/core';
import { frameReasons, startReasons, unread } from '../loop/without-effect.js';
import { type InvertOptions, invertOptions } from './options.js';

/** What was given but does nothing, in words. */
export function withoutEffect(context: Pick<RunContext, 'inputs' | 'dataset' | 'model'>, options: InvertOptions): string[] {
  const { stepRule, tvWeight, alphaWeight } = options;
  const isKnown = context.model.input.preprocessing !== undefined;
  const unweighted = (weight: number | undefined, flag: string): string | false =>
    (weight ?? Number(isKnown)) === 0 && (weight === 0 ? `with ${flag} 0` : `without ${flag} where the preprocessing is not known`);
  return [
    // The inputs are what is looked for, whatever the start.
    ...unread(context, { ...options, start: 'input' }),
    ...idleOptions(invertOptions, options, {
      startDeviation: startReasons(options).startDeviation,
      ...frameReasons(options),
      momentum: stepRule !== 'momentum' && `with --step-rule ${stepRule}`,
      stepLimit: (stepRule === 'adam' || stepRule === 'mean-gradient') && `with --step-rule ${stepRule}`,
      tvBeta: unweighted(tvWeight, '--tv-weight'),
      alpha: unweighted(alphaWeight, '--alpha-weight'),
    }),
  ];
}
