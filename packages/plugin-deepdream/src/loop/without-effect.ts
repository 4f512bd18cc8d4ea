import type { IdleReasons, RunContext } from '@featurescope/core';
import type { StartOptions } from './start.js';

/** Of the options of a start. */
export const startReasons = ({ start }: Pick<StartOptions, 'start'>): IdleReasons<StartOptions> => ({
  startValue: (start === 'input' || start === 'uniform') && `with --start ${start}`,
  startDeviation: start !== 'gaussian' && `with --start ${start}`,
});

/** Of the options of pictures of work in progress. */
export const frameReasons = ({ frameEvery }: { readonly frameEvery?: number }): IdleReasons<{ animation: unknown }> => ({
  animation: frameEvery === 0 && 'with --frame-every 0',
});

type Given = Pick<RunContext, 'inputs' | 'dataset'>;

/** What the run was given that a visualizer with such a start does not read, in words. */
export function unread(context: Given, { start, size, longSide }: Pick<StartOptions, 'start' | 'size' | 'longSide'>): string[] {
  const { inputs } = context;
  const messages = unreadDataset(context);
  if (start !== 'input') return inputs.length > 0 ? [`the inputs are not used: --start ${start} makes a picture`, ...messages] : messages;
  const arrays = inputs.filter(({ raw }) => raw).map(({ name }) => name);
  const isSized = size !== undefined || longSide !== undefined;
  if (isSized && arrays.length > 0)
    messages.unshift(`--size and --long-side do not apply to arrays, which are fed as they are: ${arrays.join(', ')}`);
  return messages;
}

/** A data set, which no visualizer here reads, in words. */
export const unreadDataset = ({ dataset }: Pick<Given, 'dataset'>): string[] =>
  dataset ? [`the data set ${dataset.name} is not used`] : [];
