import '@tensorflow/tfjs';
import { createRandom, type Network, type Patch, patchedPasses } from '@featurescope/core';
import { tinyNetwork } from '@featurescope/core/testing';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { createOnnxExecutor } from '../../src/index.js';

const SIZE = 40;
const CHANNELS = 64;

/** Two 3×3 convolutions of 64 channels: one patch as large as the picture reads 40 · 40 · 9 · 64 numbers. */
function wideNetwork(): Network {
  const random = createRandom('wide');
  const weight = (shape: readonly number[]) => ({
    shape,
    data: random.fillNormal(new Float32Array(shape.reduce((a, b) => a * b, 1)), 0, 0.05),
  });
  const conv = (name: string, input: string) =>
    ({
      kind: 'conv',
      name,
      inputs: [input],
      kernelSize: [3, 3],
      filters: CHANNELS,
      stride: [1, 1],
      dilation: [1, 1],
      padding: { top: 1, left: 1, bottom: 1, right: 1 },
      groups: 1,
      bias: true,
    }) as const;
  return {
    input: { name: 'input', shape: [SIZE, SIZE, 3] },
    layers: [conv('a', 'input'), conv('b', 'a'), { kind: 'globalAvgPool', name: 'mean', inputs: ['b'] }],
    outputs: ['mean'],
    weights: new Map([
      ['a/kernel', weight([3, 3, 3, CHANNELS])],
      ['a/bias', weight([CHANNELS])],
      ['b/kernel', weight([3, 3, CHANNELS, CHANNELS])],
      ['b/bias', weight([CHANNELS])],
    ]),
  };
}

const drawn = (count: number, sizes: (i: number) => readonly [number, number]): Patch[] => {
  const random = createRandom('patches');
  return Array.from({ length: count }, (_, i) => {
    const [height, width] = sizes(i);
    const box = { top: random.integer(0, SIZE - height), left: random.integer(0, SIZE - width), height, width };
    return { box, values: random.fillNormal(new Float32Array(height * width * 3), 0, 1) };
  });
};

describe('incremental passes', () => {
  it('give for many patches what each gives alone and whole pictures give', async () => {
    const compiled = await createOnnxExecutor().compile(wideNetwork());
    const picture = tf.tensor4d(createRandom('picture').fillNormal(new Float32Array(SIZE * SIZE * 3), 0, 1), [1, SIZE, SIZE, 3]);
    const outputs = [{ layer: 'mean' }, { layer: 'b', channels: [5] }];
    const passes = await patchedPasses(compiled, picture, outputs);
    const batched = await patchedPasses(compiled, picture, outputs, 'batched');
    expect([passes.manner, batched.manner]).toEqual(['incremental', 'batched']);
    expect(passes.shapes).toEqual([
      [1, 1, CHANNELS],
      [SIZE, SIZE, 1],
    ]);
    // More than one part of the run can hold: 8.4 million numbers are read at once.
    const patches = drawn(24, (i) => (i % 3 === 0 ? [SIZE, SIZE] : [1 + i, 2 + (i % 5)]));
    const together = await passes.forward(patches);
    const whole = await batched.forward(patches);
    for (const [o, values] of together.entries()) {
      const expected = whole[o] ?? new Float32Array();
      expect(values.length).toBe(expected.length);
      expect(values.reduce((most, value, i) => Math.max(most, Math.abs(value - (expected[i] ?? 0))), 0)).toBeLessThan(1e-5);
    }
    for (const n of [0, 1, 23]) {
      const [alone = new Float32Array()] = await passes.forward(patches.slice(n, n + 1));
      const same = (together[0] ?? alone).subarray(n * CHANNELS, (n + 1) * CHANNELS);
      expect(alone.reduce((most, value, i) => Math.max(most, Math.abs(value - (same[i] ?? 0))), 0)).toBeLessThan(1e-6);
    }
    picture.dispose();
    passes.dispose();
    batched.dispose();
    compiled.dispose();
  });

  it('stop between two parts when they are aborted, and outlive the tensor of the picture', async () => {
    const compiled = await createOnnxExecutor().compile(wideNetwork());
    const before = tf.memory().numTensors;
    const picture = tf.zeros<tf.Rank.R4>([1, SIZE, SIZE, 3]);
    const passes = await patchedPasses(compiled, picture, [{ layer: 'mean' }]);
    picture.dispose();
    const patches = drawn(24, () => [SIZE, SIZE]);
    const controller = new AbortController();
    const running = passes.forward(patches, controller.signal);
    controller.abort(new Error('enough'));
    await expect(running).rejects.toThrow('enough');
    expect((await passes.forward(patches.slice(0, 2)))[0]).toHaveLength(2 * CHANNELS);
    expect(tf.memory().numTensors).toBe(before);
    passes.dispose();
    compiled.dispose();
  });

  it('read the channels asked for of each picture, and keep the weights they began with', async () => {
    const network = wideNetwork();
    const compiled = await createOnnxExecutor().compile(network);
    const picture = tf.zeros<tf.Rank.R4>([1, SIZE, SIZE, 3]);
    const patches = drawn(3, () => [5, 4]);
    const all = await patchedPasses(compiled, picture, [{ layer: 'mean' }]);
    const [means = new Float32Array()] = await all.forward(patches);
    const some = await Promise.all([7, 60].map((channel) => patchedPasses(compiled, picture, [{ layer: 'mean', channels: [channel] }])));
    const read = async () => Promise.all(some.map(async (passes) => [...((await passes.forward(patches))[0] ?? [])]));
    const expected = [7, 60].map((channel) => patches.map((_, n) => means[n * CHANNELS + channel]));
    expect(await read()).toEqual(expected);
    compiled.setWeights(new Map([['b/bias', { shape: [CHANNELS], data: new Float32Array(CHANNELS).fill(3) }]]));
    expect(await read()).toEqual(expected);
    const later = await patchedPasses(compiled, picture, [{ layer: 'mean' }]);
    const bias = network.weights.get('b/bias')?.data ?? [];
    const [moved = new Float32Array()] = await later.forward(patches);
    moved.forEach((value, i) => void expect(value).toBeCloseTo((means[i] ?? 0) + 3 - (bias[i % CHANNELS] ?? 0), 4));
    picture.dispose();
    compiled.dispose();
    await expect(later.forward(patches)).rejects.toThrow(/disposed/);
  });

  it('are refused by a network that was disposed', async () => {
    const compiled = await createOnnxExecutor().compile(tinyNetwork());
    compiled.dispose();
    const picture = tf.zeros<tf.Rank.R4>([1, 9, 8, 3]);
    await expect(patchedPasses(compiled, picture, [{ layer: 'conv2' }])).rejects.toThrow(/disposed/);
    picture.dispose();
  });
});
