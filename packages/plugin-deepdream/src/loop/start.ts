import type { Extent, Input, Model, Random, RunContext } from '@featurescope/core';
import { type Tensor4D, tensor4d } from '@tensorflow/tfjs-core';
import { nothingToStartFrom, twoSizes } from '../errors.js';
import type { DreamOptions } from './options.js';
import { pixelRange } from './range.js';

/** A picture to dream on. */
export interface Start {
  /** Name of the input; left out for noise. */
  readonly input?: string;
  readonly size: Extent;
  /** [1, H, W, C] in input units; the caller disposes it. */
  picture(): Promise<Tensor4D>;
}

/** Uniform noise over the pixel range. */
function noise(model: Model, size: Extent, random: Random): Tensor4D {
  const { channels } = model.input;
  const { min, max } = pixelRange(model.input);
  const data = random.fillUniform(new Float32Array(size[0] * size[1] * channels), 0, 1);
  for (let i = 0; i < data.length; i++) {
    const low = min[i % channels] ?? 0;
    const high = max[i % channels] ?? 0;
    data[i] = low + (high - low) * (data[i] ?? 0);
  }
  return tensor4d(data, [1, size[0], size[1], channels]);
}

/** The size asked for, of a picture of this size. @throws FeaturescopeError when it is asked for in two ways */
function wantedSize({ size, longSide }: DreamOptions, natural: Extent): Extent {
  if (size && longSide !== undefined) throw twoSizes();
  if (longSide === undefined) return size ?? natural;
  const scale = longSide / Math.max(...natural);
  return [Math.max(1, Math.round(natural[0] * scale)), Math.max(1, Math.round(natural[1] * scale))];
}

const fromInput = (input: Input, model: Model, options: DreamOptions): Start => {
  const size = input.raw ? input.size : wantedSize(options, input.size);
  return { input: input.name, size, picture: () => input.tensor(model.input, size) };
};

/** Everything that the run dreams on. @throws FeaturescopeError when there is nothing to start from */
export function starts(context: RunContext, options: DreamOptions): Start[] {
  const { model, inputs, random } = context;
  if (options.start === 'noise') {
    const size = wantedSize(options, model.input.size);
    return [{ size, picture: async () => noise(model, size, random.fork('start')) }];
  }
  if (inputs.length === 0) throw nothingToStartFrom();
  return inputs.map((input) => fromInput(input, model, options));
}

/** What was given but has no effect, in words. */
export function withoutEffect({ inputs }: Pick<RunContext, 'inputs'>, { start, size, longSide }: DreamOptions): string[] {
  if (start === 'noise') return inputs.length > 0 ? ['the inputs are not used: --start noise starts from noise'] : [];
  const arrays = inputs.filter(({ raw }) => raw).map(({ name }) => name);
  const sized = size !== undefined || longSide !== undefined;
  return sized && arrays.length > 0
    ? [`--size and --long-side do not apply to arrays, which are fed as they are: ${arrays.join(', ')}`]
    : [];
}
