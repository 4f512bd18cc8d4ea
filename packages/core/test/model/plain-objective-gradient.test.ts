import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type CompiledNetwork,
  channel,
  createRandom,
  DECONVNET,
  type Executor,
  l2Norm,
  type Objective,
  type PlainValues,
  totalVariation,
} from '../../src/index.js';
import { referenceExecutor, tinyModel } from '../../src/testing/index.js';

const SHAPE = [2, 7, 5, 3] as const;
const image: PlainValues = { shape: SHAPE, data: createRandom(4).fillNormal(new Float32Array(210), 0, 1) };

let before = 0;
beforeEach(async () => {
  await tf.setBackend('cpu');
  before = tf.memory().numTensors;
});
afterEach(() => expect(tf.memory().numTensors).toBe(before));

/** The reference with a plain way of its own, which counts its calls. */
function plainly(): { readonly executor: Executor; calls: number } {
  const counter = { executor: { name: 'plain', compile } satisfies Executor, calls: 0 };
  async function compile(...given: Parameters<Executor['compile']>): Promise<CompiledNetwork> {
    const compiled = await referenceExecutor.compile(...given);
    return Object.assign(compiled, {
      plainGradient: async ({ input, into, ...request }: Parameters<NonNullable<CompiledNetwork['plainGradient']>>[0]) => {
        counter.calls++;
        const tensor = tf.tensor4d(input.data, [...input.shape]);
        const { values, gradient } = await compiled.gradient({ input: tensor, ...request });
        into.set(await gradient.data());
        tf.dispose([tensor, gradient]);
        return values;
      },
    });
  }
  return counter;
}

const closed: Objective = l2Norm('relu1').times(0.3).minus(channel('conv1', 2));

describe('a gradient in plain memory', () => {
  it.each([
    ['closed forms on the network', closed, 1],
    ['a term on the input', closed.minus(totalVariation()), 0],
  ])('is that of tensors, with %s', async (_, objective, calls) => {
    const plain = plainly();
    for (const executor of [referenceExecutor, plain.executor]) {
      const model = await tinyModel(executor);
      const tensor = tf.tensor4d(image.data, [...SHAPE]);
      const expected = await model.gradient(tensor, objective, { policy: DECONVNET });
      const into = new Float32Array(210);
      const { value, terms, perPicture } = await model.plainGradient(image, objective, into, { policy: DECONVNET });
      expect(into).toEqual(await expected.gradient.data());
      expect({ value, terms, perPicture }).toEqual({ value: expected.value, terms: expected.terms, perPicture: expected.perPicture });
      tf.dispose([tensor, expected.gradient, ...expected.activations.values()]);
      model.dispose();
    }
    expect(plain.calls).toBe(calls);
  });

  it('needs room for just the gradient, and the channels of the network', async () => {
    const model = await tinyModel();
    await expect(model.plainGradient(image, closed, new Float32Array(70))).rejects.toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: The gradient was given room for 70 numbers; expected 210, as many as the image has.]`,
    );
    const grey: PlainValues = { shape: [6, 7, 5, 1], data: image.data };
    await expect(model.plainGradient(grey, closed, new Float32Array(210))).rejects.toThrow(/\[N, height, width, 3\].*\[6, 7, 5, 1\]/);
    const aborted = AbortSignal.abort(new Error('enough'));
    await expect(model.plainGradient(image, closed, new Float32Array(210), { signal: aborted })).rejects.toThrow('enough');
    model.dispose();
  });
});
