import { extremes, type Random, type RunContext, targetOptions, type VisualizerFactory } from '@featurescope/core';
import * as tf from '@tensorflow/tfjs-core';
import { z } from 'zod';
import { conflictingOptions, wrapsItself } from '../errors.js';
import { attributionVisualizer } from './attribution-visualizer.js';
import { targetPin } from './pinned-target.js';
import { attributionOf, findMethod, type MadeAttribution, type MethodOptions } from './run-attribution.js';

const NAME = 'smooth-grad';

const options = z.strictObject({
  ...targetOptions,
  method: z.string().min(1).default('gradient').describe('Visualizer whose attributions are averaged, by its name'),
  methodOptions: z
    .record(z.string(), z.union([z.boolean(), z.number(), z.string()]))
    .default({})
    .describe('Other options of that visualizer'),
  samples: z.number().int().min(1).max(10_000).default(50).describe('Noisy copies of the picture'),
  noise: z
    .number()
    .min(0)
    .max(10)
    .default(0.15)
    .describe("Standard deviation of the noise, as a share of the range of the picture's values"),
  squared: z.boolean().default(false).describe('Averages squares of the attributions instead, without sign'),
});

type Options = z.output<typeof options>;

/** SmoothGrad of any visualizer that yields an attribution; `own` are at hand in every run. */
export const smoothGradOf = (own: readonly VisualizerFactory[]) =>
  /** 1/n Σ M(x + N(0, σ²)) (Smilkov et al. 2017, section 3), or 1/n Σ M² (Hooker et al. 2019, section 3.2). */
  attributionVisualizer({
    name: NAME,
    summary: 'attributions of noisy copies of the picture, averaged',
    citation: {
      authors: 'D. Smilkov, N. Thorat, B. Kim, F. Viégas, M. Wattenberg',
      title: 'SmoothGrad: removing noise by adding noise',
      year: 2017,
      url: 'https://arxiv.org/abs/1706.03825',
    },
    options,
    prepare(given, { method, samples, noise, squared, ...rest }) {
      if (method === NAME) throw wrapsItself(NAME);
      const context: RunContext = { ...given, visualizers: [...given.visualizers, ...own] };
      const factory = findMethod(context, method, { visualizer: NAME });
      const asked = methodOptions(factory, rest);
      factory(asked);
      const pin = targetPin(factory, asked, given.model, NAME);
      return async function* ({ model, picture, input }) {
        const pinned = await pin?.(model, picture);
        if (!pinned) yield { type: 'warning', message: `"${method}" takes no target, so each noisy copy may have one of its own.` };
        const random = context.random.fork(input.name);
        const numbers = await picture.data<'float32'>();
        const { min, max } = extremes(numbers);
        const deviation = noise * (max - min);
        let sums = new Float64Array();
        let last: MadeAttribution | undefined;
        for (let sample = 0; sample < samples; sample++) {
          context.signal.throwIfAborted();
          const noisy = tf.tensor4d(withNoise(numbers, deviation, random.fork(sample)), picture.shape);
          const asker = { visualizer: NAME, call: `${input.name} ${sample}` };
          last = await attributionOf(context, method, pinned?.options ?? asked, model, noisy, asker).finally(() => noisy.dispose());
          if (sample === 0) sums = new Float64Array(last.values.length);
          add(sums, last.values, squared);
          yield { type: 'progress', done: sample + 1, total: samples };
        }
        if (!last) return;
        const { shape, layer, unit } = last;
        const label = `${pinned ? `${pinned.label}, ` : ''}${squared ? 'mean square' : 'mean'} of ${method} on ${samples} copies with noise of ${noise} of the range`;
        yield {
          type: 'attribution',
          attribution: {
            ...(layer === undefined ? {} : { layer }),
            ...(unit === undefined ? {} : { unit: { channel: unit } }),
            label,
            values: Float32Array.from(sums, (sum) => sum / samples),
            shape,
          },
        };
      };
    },
  });

/**
 * What was said about the target, and the method's other options. The default of `of` goes only where that is known and not said among them.
 * @throws FeaturescopeError when something is said twice
 */
function methodOptions(
  { visualizer }: VisualizerFactory,
  { methodOptions: others, ...target }: Pick<Options, 'methodOptions' | keyof typeof targetOptions>,
): MethodOptions {
  const isDefault = (name: string, value: unknown): boolean => name === 'of' && value === 'logits';
  const said = Object.entries(target).filter(
    ([name, value]) => value !== undefined && (!isDefault(name, value) || (name in visualizer.options.shape && !(name in others))),
  );
  for (const [name] of said) if (name in others) throw conflictingOptions(NAME, `--${name}`, `${name} in --method-options`);
  return { ...others, ...Object.fromEntries(said) };
}

function withNoise(numbers: Float32Array, deviation: number, random: Random): Float32Array {
  const noisy = random.fillNormal(new Float32Array(numbers.length), 0, deviation);
  for (let i = 0; i < noisy.length; i++) noisy[i] = (noisy[i] ?? 0) + (numbers[i] ?? 0);
  return noisy;
}

function add(sums: Float64Array, values: Float32Array, squared: boolean): void {
  for (let i = 0; i < sums.length; i++) {
    const value = values[i] ?? 0;
    sums[i] = (sums[i] ?? 0) + (squared ? value * value : value);
  }
}
