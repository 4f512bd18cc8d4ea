import type { Extent, Input, InputSpec, Random, RunContext, WantedSize } from '@featurescope/core';
import { z } from 'zod';
import { nothingToStartFrom, twoSizes } from '../errors.js';
import { blank, type Canvas } from './canvas.js';
import { pixelRange } from './range.js';
import { scaledBy } from './scaled-by.js';

export const START_KINDS = ['input', 'uniform', 'gaussian', 'flat'] as const;

const side = z.number().int().min(8).max(16_384);

/** Option fields that say where to start; spread them into the options of a visualizer. */
export const startOptions = <K extends (typeof START_KINDS)[number]>(start: K) =>
  ({
    start: z
      .enum(START_KINDS)
      .default(start)
      .describe('start from the inputs, from uniform noise over the pixel range, from gaussian noise, or from one value everywhere'),
    startValue: z
      .number()
      .optional()
      .describe(
        "value of a flat start and middle of gaussian noise, in the network's input units; left out: 0 where the preprocessing subtracts a mean, else the middle of the pixel range",
      ),
    startDeviation: z.number().positive().max(1000).default(25).describe('deviation of gaussian noise, in grey levels of 255'),
    size: z.tuple([side, side]).optional().describe('height,width of the picture to work on, in pixels; left out: that of the input'),
    longSide: side.optional().describe('longer side of the picture to work on, in pixels, keeping its proportions; not together with size'),
  }) as const;

const schema = z.object(startOptions('input'));
export type StartOptions = z.output<typeof schema>;

/** A picture to start from. */
export interface Start {
  /** Name of the input; left out for noise. */
  readonly input?: string;
  readonly size: Extent;
  /** [1, H, W, C] in input units. */
  canvas(): Promise<Canvas>;
}

/** Value of a start without contrast: 0 is the mean picture of a network whose preprocessing subtracts one. */
export function neutralValue(spec: InputSpec, channel: number): number {
  const { min, max } = pixelRange(spec);
  const [low, high] = [min[channel] ?? 0, max[channel] ?? 0];
  return low < 0 && high > 0 ? 0 : (low + high) / 2;
}

/** What a start is made of that is no input. */
export interface Making {
  readonly kind: Exclude<StartOptions['start'], 'input'>;
  /** Middle of what is not uniform, in input units; left out: the value without contrast. */
  readonly value?: number | undefined;
  /** Fills in gaussian noise, whose unit is the pixel range. */
  gaussian(values: Float32Array, random: Random): void;
}

/** Noise, or one value everywhere. */
export function made({ kind, value, gaussian }: Making, spec: InputSpec, [height, width]: Extent, random: Random): Canvas {
  const canvas = blank([1, height, width, spec.channels]);
  const { data } = canvas;
  const { min, max } = pixelRange(spec);
  if (kind === 'uniform') random.fillUniform(data, 0, 1);
  if (kind === 'gaussian') gaussian(data, random);
  for (let i = 0; i < data.length; i++) {
    const c = i % spec.channels;
    const [low, high] = [min[c] ?? 0, max[c] ?? 0];
    const from = kind === 'uniform' ? low : (value ?? neutralValue(spec, c));
    data[i] = from + (high - low) * (data[i] ?? 0);
  }
  return canvas;
}

/** The size asked for, of a picture of this size. @throws FeaturescopeError when it is asked for in two ways */
export function wantedSize({ size, longSide }: Pick<StartOptions, 'size' | 'longSide'>, natural: Extent, visualizer: string): Extent {
  if (size && longSide !== undefined) throw twoSizes(visualizer);
  if (longSide === undefined) return size ?? natural;
  return scaledBy(natural, longSide / Math.max(...natural));
}

/** A picture or array as a canvas, in the network's input units. */
export async function canvasOf(input: Input, spec: InputSpec, size: WantedSize): Promise<Canvas> {
  if (input.values) return input.values(spec, size);
  const tensor = await input.tensor(spec, size);
  try {
    return { shape: tensor.shape, data: new Float32Array(await tensor.data()) };
  } finally {
    tensor.dispose();
  }
}

/** Everything to start from. @throws FeaturescopeError when there is nothing; `natural` is the size of noise that nobody gave one for */
export function starts(
  { model, inputs, random }: Pick<RunContext, 'model' | 'inputs' | 'random'>,
  options: StartOptions,
  visualizer: string,
  natural = model.input.size,
): Start[] {
  const kind = options.start;
  if (kind !== 'input') {
    const size = wantedSize(options, natural, visualizer);
    const making: Making = {
      kind,
      value: options.startValue,
      gaussian: (values, noise) => void noise.fillNormal(values, 0, options.startDeviation / 255),
    };
    return [{ size, canvas: async () => made(making, model.input, size, random.fork('start')) }];
  }
  if (inputs.length === 0) throw nothingToStartFrom(visualizer);
  return inputs.map((input) => {
    const size = input.raw ? input.size : wantedSize(options, input.size, visualizer);
    return { input: input.name, size, canvas: () => canvasOf(input, model.input, size) };
  });
}
