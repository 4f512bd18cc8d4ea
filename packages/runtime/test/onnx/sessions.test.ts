import { GRADIENT, type Network } from '@featurescope/core';
import '@tensorflow/tfjs';
import { memory, setBackend, tensor4d } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { GraphBuilder } from '../../src/onnx/graph/builder.js';
import { createOnnxExecutor } from '../../src/onnx/index.js';
import { SessionCache } from '../../src/onnx/session-cache.js';

const network: Network = {
  input: { name: 'input', shape: [null, null, 1] },
  layers: [
    { kind: 'affine', name: 'scale', inputs: ['input'] },
    { kind: 'relu', name: 'relu', inputs: ['scale'] },
  ],
  outputs: ['relu'],
  weights: new Map([
    ['scale/scale', { shape: [1], data: Float32Array.of(3) }],
    ['scale/offset', { shape: [1], data: Float32Array.of(0) }],
  ]),
};

const identity = (): Uint8Array => {
  const g = new GraphBuilder();
  g.output('y', g.input('x', [1]), [1]);
  return g.encode();
};

const feeds = new Map([['x', { data: Float32Array.of(5), dims: [1] }]]);

beforeAll(async () => {
  await setBackend('cpu');
});

describe('SessionCache', () => {
  it('keeps the sessions used last', async () => {
    const cache = new SessionCache({ threads: 1 }, { passes: 2, bytes: 1e6 });
    const compiled: string[] = [];
    for (const key of ['a', 'b', 'a', 'c', 'a', 'b'])
      await cache.use(
        key,
        () => {
          compiled.push(key);
          return identity();
        },
        (session) => session.run(feeds, () => 0),
      );
    expect(compiled).toEqual(['a', 'b', 'c', 'b']);
    expect(cache.size).toBe(2);
    cache.clear();
  });

  it('keeps no more bytes than allowed, but always the newest', async () => {
    const cache = new SessionCache({ threads: 1 }, { passes: 9, bytes: 10 });
    for (const key of ['a', 'b']) await cache.use(key, identity, (session) => session.run(feeds, () => 0));
    expect(cache.size).toBe(1);
    cache.clear();
  });

  it('releases a session in use only when the run is over', async () => {
    const cache = new SessionCache({ threads: 1 }, { passes: 1, bytes: 1e6 });
    const run = cache.use('a', identity, (session) => session.run(feeds, (results) => results.get('y')?.data[0]));
    cache.clear();
    expect(await run).toBe(5);
  });

  it('forgets a model that is refused', async () => {
    const cache = new SessionCache({ threads: 1, quiet: true }, { passes: 1, bytes: 1e6 });
    await expect(
      cache.use(
        'a',
        () => Uint8Array.of(1, 2, 3),
        async () => 0,
      ),
    ).rejects.toMatchObject({ code: 'onnx/session' });
    expect(cache.size).toBe(0);
  });
});

describe('a compiled network', () => {
  it('serves several calls at a time', async () => {
    const compiled = await createOnnxExecutor({ threads: 1, passes: 2 }).compile(network);
    const before = memory().numTensors;
    const results = await Promise.all(
      Array.from({ length: 12 }, async (_, i) => {
        const size = 1 + (i % 3);
        const input = tensor4d(new Float32Array(size).fill(i + 1), [1, 1, size, 1]);
        const seeds = [{ layer: 'relu', form: 'squares', weight: 1 }] as const;
        const { gradient, values } = await compiled.gradient({ input, seeds, policy: GRADIENT });
        const numbers = [...(await gradient.data())];
        input.dispose();
        gradient.dispose();
        return { numbers, value: values[0]?.[0], size };
      }),
    );
    results.forEach(({ numbers, value, size }, i) => {
      expect(numbers).toEqual(new Array(size).fill(18 * (i + 1)));
      expect(value).toBe(size * 9 * (i + 1) ** 2);
    });
    expect(memory().numTensors).toBe(before);
    compiled.dispose();
  });

  it('runs with new weights after setWeights, built in or not', async () => {
    for (const trainable of [false, true]) {
      const compiled = await createOnnxExecutor({ threads: 1 }).compile(network, { trainable });
      const input = tensor4d([2], [1, 1, 1, 1]);
      const value = async () => {
        const activations = await compiled.forward(input, ['relu']);
        const [number] = (await activations.get('relu')?.data()) ?? [];
        for (const tensor of activations.values()) tensor.dispose();
        return number;
      };
      expect(await value()).toBe(6);
      compiled.setWeights(
        new Map([
          ['scale/scale', { shape: [1], data: Float32Array.of(-4) }],
          ['scale/offset', { shape: [1], data: Float32Array.of(9) }],
        ]),
      );
      expect(await value()).toBe(1);
      expect(() => compiled.setWeights(new Map([['scale/kernel', { shape: [1], data: Float32Array.of(1) }]]))).toThrow(/no weight/);
      expect(() => compiled.setWeights(new Map([['scale/scale', { shape: [2], data: Float32Array.of(1, 2) }]]))).toThrow(/expected 1/);
      input.dispose();
      compiled.dispose();
      await expect(compiled.forward(input, ['relu'])).rejects.toMatchObject({ code: 'onnx/disposed' });
    }
  });
});
