import type { z } from 'zod';
import { FeaturescopeError } from '../errors.js';

export const optionWithoutDescription = (visualizer: string, options: readonly string[]) =>
  new FeaturescopeError(
    'visualizer/undescribed-option',
    `Visualizer "${visualizer}": every option needs a description, which is missing for ${options.join(', ')}. Add .describe('…') to the schema.`,
  );

export const badVisualizerName = (name: string) =>
  new FeaturescopeError(
    'visualizer/bad-name',
    `A visualizer cannot be called "${name}": expected lower-case words joined by hyphens, such as "top-activations", since the name is its command and its folder.`,
  );

export const optionsNotStrict = (visualizer: string) =>
  new FeaturescopeError(
    'visualizer/options-not-strict',
    `Visualizer "${visualizer}": its options must be a z.strictObject({ … }), so that a misspelt option is an error and not ignored.`,
  );

export const invalidOptions = (visualizer: string, problems: readonly string[], cause: z.ZodError) =>
  new FeaturescopeError(
    'visualizer/invalid-options',
    [
      `Visualizer "${visualizer}" was given ${problems.length === 1 ? 'a wrong option' : `${problems.length} wrong options`}:`,
      ...problems.map((problem) => `  ${problem}`),
    ].join('\n'),
    { cause },
  );

export const unitOutOfRange = (layer: string, unit: number, channels: number) =>
  new FeaturescopeError('target/unit-out-of-range', `Layer "${layer}" has no unit ${unit}: expected a channel from 0 to ${channels - 1}.`);

export const positionOutOfRange = (layer: string, at: readonly [number, number], size: readonly [number, number]) =>
  new FeaturescopeError(
    'target/position-out-of-range',
    `Layer "${layer}" has no position ${at.join(',')} on this input: expected a row from 0 to ${size[0] - 1} and a column from 0 to ${size[1] - 1}.`,
  );

export const conflictingTarget = (visualizer: string, given: string, other: string) =>
  new FeaturescopeError('target/conflict', `${visualizer}: ${given} cannot be combined with ${other}; give one of them.`);

export const optionNeeds = (visualizer: string, given: string, needed: string) =>
  new FeaturescopeError('target/incomplete', `${visualizer}: ${given} needs ${needed}.`);
