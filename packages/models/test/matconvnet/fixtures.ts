import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Network } from '@featurescope/core';
import { referenceForward } from '@featurescope/core/testing';
import { expect } from 'vitest';
import type { FoundNetwork } from '../../src/loader/format.js';
import { readMatConvNet } from '../../src/matconvnet/read-matconvnet.js';

export const FIXTURES = join(import.meta.dirname, 'fixtures');

interface Expected {
  readonly size: readonly [number, number, number];
  readonly layers: Readonly<Record<string, { readonly shape: readonly number[]; readonly sample: readonly number[] }>>;
  readonly mean?: readonly number[];
}

/** What plain NumPy loops over MatConvNet's definitions give, see make-fixtures.py. */
export const EXPECTED: Readonly<Record<'simple' | 'legacy' | 'dag' | 'vgg16', Expected>> = JSON.parse(
  readFileSync(join(FIXTURES, 'expected.json'), 'utf8'),
);

export const fixtureBytes = (name: string): Uint8Array => readFileSync(join(FIXTURES, name));

/** Reads bytes as if they were a file of this name, with nothing beside it. */
export const readBytes = (bytes: Uint8Array, path = 'net.mat', size?: readonly [number, number]): Promise<FoundNetwork> =>
  readMatConvNet(bytes, {
    path,
    ...(size && { size }),
    names: async () => [path],
    read: async () => {
      throw new Error('there is nothing beside it');
    },
  });

export const readFixture = (name: string): Promise<FoundNetwork> => readBytes(fixtureBytes(name), name);

/** The picture of make-fixtures.py, [1, H, W, C]. */
const picture = ([height, width, channels]: readonly [number, number, number]) => ({
  shape: [1, height, width, channels] as const,
  data: Float64Array.from({ length: height * width * channels }, (_, i) => 100 * Math.sin(0.37 * i + 0.1)),
});

/** Compares the shape and twelve values of every layer. */
export const expectActivations = (network: Network, { size, layers }: Expected): void => {
  const wanted = network.layers.map(({ name }) => name);
  expect(Object.keys(layers).sort()).toEqual([...wanted].sort());
  const { values } = referenceForward(network, picture(size), { wanted });
  for (const name of wanted) {
    const { shape, data } = values.get(name) ?? { shape: [], data: new Float64Array(0) };
    const { shape: expectedShape = [], sample = [] } = layers[name] ?? {};
    expect(shape.slice(1), name).toEqual(expectedShape);
    const scale = sample.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-3);
    const errors = sample.map((value, k) => Math.abs(value - (data[Math.floor((k * (data.length - 1)) / 11)] ?? Number.NaN)));
    expect(Math.max(...errors) / scale, name).toBeLessThan(1e-5);
  }
};
