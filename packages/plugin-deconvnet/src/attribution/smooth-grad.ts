import { extremes, type Random, type VisualizerFactory } from '@featurescope/core';
import * as tf from '@tensorflow/tfjs-core';
import { z } from 'zod';
import { attributionVisualizer } from './attribution-visualizer.js';
import { chooseMethod, methodFields } from './method.js';
import { targetPin } from './pinned-target.js';
import { attributionOf, type MadeAttribution } from './run-attribution.js';

const NAME = 'smooth-grad';

const options = z.strictObject({
  ...methodFields('Visualizer whose attributions are averaged, by its name'),
  samples: z.number().int().min(1).max(10_000).default(50).describe('Noisy copies of the picture'),
  noise: z
    .number()
    .min(0)
    .max(10)
    .default(0.15)
    .describe("Standard deviation of the noise, as a share of the range of the picture's values"),
  squared: z.boolean().default(false).describe('Averages squares of the attributions instead, without sign'),
});

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
    prepare(given, { samples, noise, squared, ...fields }) {
      const { name: method, factory, options: asked, context } = chooseMethod(given, own, fields, { visualizer: NAME });
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
