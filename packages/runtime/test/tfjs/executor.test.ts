import { GRADIENT, type GradientRequest, type Layer, type LayerHook, type Network, type Weight } from '@featurescope/core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTfjsExecutor } from '../../src/tfjs/executor.js';
import { TESTED, use } from '../backend.js';

const conv = (name: string, input: string): Layer => ({
  kind: 'conv',
  name,
  inputs: [input],
  kernelSize: [3, 3],
  filters: 2,
  stride: [1, 1],
  dilation: [1, 1],
  padding: 'same',
  groups: 1,
  bias: true,
});
const ones = (shape: readonly number[]): Weight => ({ shape, data: new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(1) });

const network: Network = {
  input: { name: 'image', shape: [null, null, 2] },
  layers: [conv('conv1', 'image'), { kind: 'relu', name: 'relu1', inputs: ['conv1'] }, conv('conv2', 'relu1')],
  outputs: ['conv2'],
  weights: new Map(
    ['conv1', 'conv2'].flatMap((name) => [
      [`${name}/kernel`, ones([3, 3, 2, 2])],
      [`${name}/bias`, ones([2])],
    ]),
  ),
};

describe.each(TESTED)('tfjs executor on %s', (backend) => {
  let before = 0;
  let input: Tensor4D;
  beforeAll(() => use(backend));
  beforeEach(() => {
    before = tf.memory().numTensors;
    input = tf.ones([1, 4, 5, 2]);
  });
  afterEach(() => {
    input.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  const compiled = async (
    use: (run: Awaited<ReturnType<ReturnType<typeof createTfjsExecutor>['compile']>>) => Promise<void>,
  ): Promise<void> => {
    const run = await createTfjsExecutor().compile(network);
    try {
      await use(run);
    } finally {
      run.dispose();
    }
  };
  const request = (more: Partial<GradientRequest> = {}): GradientRequest => ({
    input,
    seeds: [{ layer: 'conv2', form: 'sum', weight: 1 }],
    policy: GRADIENT,
    ...more,
  });
  const abortingHook = (controller: AbortController, direction: 'forward' | 'backward'): LayerHook => ({
    layers: 'relu1',
    [direction]: () => controller.abort(new Error('enough')),
  });

  it.each(['forward', 'backward'] as const)(
    'stops in the middle of a pass when aborted (%s) and leaves nothing behind',
    async (direction) => {
      await compiled(async (run) => {
        const controller = new AbortController();
        const hooks = [abortingHook(controller, direction)];
        await expect(run.gradient(request({ hooks, signal: controller.signal }))).rejects.toThrow('enough');
      });
    },
  );

  it('lets an abort from the outside come through during a pass', async () => {
    await compiled(async (run) => {
      const controller = new AbortController();
      setImmediate(() => controller.abort(new Error('from outside')));
      await expect(run.forward(input, ['conv2'], { signal: controller.signal })).rejects.toThrow('from outside');
    });
  });

  it('has no tensor left after dispose, and says so when it is used again', async () => {
    const run = await createTfjsExecutor().compile(network);
    run.dispose();
    run.dispose();
    expect(tf.memory().numTensors).toBe(before + 1);
    await expect(run.forward(input, ['conv2'])).rejects.toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: This network was disposed; compile it again to run it.]`,
    );
  });

  it('explains wrong requests', async () => {
    await compiled(async (run) => {
      await expect(run.forward(input, ['conv3'])).rejects.toThrowErrorMatchingInlineSnapshot(
        `[FeaturescopeError: The network has no layer "conv3". Did you mean "conv1", "conv2" or "relu1"?]`,
      );
      const grey: Tensor4D = tf.ones([1, 4, 5, 1]);
      await expect(run.forward(grey, ['conv2'])).rejects.toThrowErrorMatchingInlineSnapshot(
        `[FeaturescopeError: The network takes pictures of shape [N, H, W, 2], N ≥ 1, but was given [1, 4, 5, 1].]`,
      );
      grey.dispose();
      const seeds = [{ layer: 'conv2', form: 'sum', weight: 1, units: [{ channel: 2 }] }] as const;
      await expect(run.gradient(request({ seeds }))).rejects.toThrowErrorMatchingInlineSnapshot(
        `[FeaturescopeError: Layer "conv2" has no channel 2: its activation is [N, H, W, C] = [1, 4, 5, 2], counted from 0.]`,
      );
      const off = [{ layer: 'conv2', form: 'sum', weight: 1, units: [{ channel: 1, at: [4, 0] }] }] as const;
      await expect(run.gradient(request({ seeds: off }))).rejects.toThrowErrorMatchingInlineSnapshot(
        `[FeaturescopeError: Layer "conv2" has no position 4, 0: its activation is [N, H, W, C] = [1, 4, 5, 2], counted from 0.]`,
      );
      const labels = [{ layer: 'conv2', form: { crossEntropy: Int32Array.of(1) }, weight: 1 }] as const;
      await expect(run.gradient(request({ seeds: labels }))).rejects.toThrowErrorMatchingInlineSnapshot(
        `[FeaturescopeError: Cross-entropy at layer "conv2" was given the classes [1] for 1 pictures; expected one class from 0 to 1 for each, and a layer of height and width 1.]`,
      );
      const hooks: readonly LayerHook[] = [{ layers: 'relu1', forward: () => tf.ones([1, 2, 2, 2]) }];
      await expect(run.forward(input, ['conv2'], { hooks })).rejects.toThrowErrorMatchingInlineSnapshot(
        `[FeaturescopeError: The forward hook's replacement at layer "relu1" has shape [1, 2, 2, 2]; expected [1, 4, 5, 2].]`,
      );
    });
  });

  it('explains wrong weights and then keeps the old ones', async () => {
    await compiled(async (run) => {
      expect(() =>
        run.setWeights(
          new Map([
            ['conv1/bias', ones([2])],
            ['conv1/kernal', ones([2])],
          ]),
        ),
      ).toThrowErrorMatchingInlineSnapshot(
        `[FeaturescopeError: The network has no weight "conv1/kernal". Did you mean "conv1/kernel", "conv2/kernel" or "conv1/bias"?]`,
      );
      expect(() => run.setWeights(new Map([['conv1/kernel', ones([3, 3, 2, 1])]]))).toThrowErrorMatchingInlineSnapshot(
        `[FeaturescopeError: Weight "conv1/kernel" has shape [3, 3, 2, 1]; expected [3, 3, 2, 2].]`,
      );
      expect(run.network.weights).toEqual(network.weights);
    });
  });

  it('gives zeros where no signal arrives', async () => {
    await compiled(async (run) => {
      const { gradient } = await run.gradient(request({ seeds: [{ layer: 'conv1', form: 'sum', weight: 1 }] }), 'conv2');
      expect(gradient.shape).toEqual([1, 4, 5, 2]);
      expect([...(await gradient.data())].every((value) => value === 0)).toBe(true);
      gradient.dispose();
    });
  });
});

it.skipIf(TESTED.length > 0)('has no runtime to test', () => undefined);
