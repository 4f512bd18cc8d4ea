import { idleOptions, type RunContext } from '@featurescope/core';
import { frameReasons, unreadDataset } from '../loop/without-effect.js';
import { colourMatrix } from '../parameterisation/colour.js';
import { type FeatureOptions, featureOptions } from './options.js';

/** What was given but does nothing, in words. */
export const withoutEffect = (context: Pick<RunContext, 'inputs' | 'dataset' | 'model'>, options: FeatureOptions): string[] => [
  ...(context.inputs.length > 0 ? ['the inputs are not used: every picture starts from noise'] : []),
  ...unreadDataset(context),
  ...idleOptions(featureOptions, options, {
    ...frameReasons(options),
    colour: !colourMatrix(context.model.input) && 'on a network that does not see red, green and blue',
    diversityLayer: options.diversity === 0 && 'with --diversity 0',
    batchSize: options.batch > 1 && options.diversity !== 0 && 'with --batch, whose pictures stay together so that they differ',
  }),
];
