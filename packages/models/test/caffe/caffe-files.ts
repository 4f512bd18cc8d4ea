import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Network } from '@featurescope/core';
import { referenceForward } from '@featurescope/core/testing';
import { readCaffe } from '../../src/caffe/read-caffe.js';
import type { FoundNetwork } from '../../src/loader/format.js';

const FIXTURES = join(import.meta.dirname, 'fixtures');

/** A blob as Caffe lays it out: channels, then rows. */
export interface CaffeArray {
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

/** What OpenCV computed from a fixture. */
export interface Golden {
  readonly input: CaffeArray;
  readonly outputs: Readonly<Record<string, CaffeArray>>;
}

export const fixture = (name: string): Uint8Array => readFileSync(join(FIXTURES, name));

export const golden = (name: string): Golden => JSON.parse(fixture(`${name}.json`).toString());

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Reads one of several files of a folder that is not on disk. */
export const readFrom = (files: ReadonlyMap<string, Uint8Array>, name: string, size?: readonly [number, number]): Promise<FoundNetwork> =>
  readCaffe(files.get(name) ?? new Uint8Array(), {
    path: name,
    ...(size && { size }),
    names: async () => [...files.keys()].sort(),
    read: async (wanted, limit = Number.POSITIVE_INFINITY) => {
      const bytes = files.get(wanted);
      if (bytes === undefined || bytes.length > limit) throw new Error(`${wanted} cannot be read`);
      return bytes;
    },
  });

/** Values [C, H, W] as [H, W, C]. */
export const fromChw = (values: ArrayLike<number>, channels: number): Float64Array => {
  const positions = values.length / channels;
  return Float64Array.from(
    { length: values.length },
    (_, i) => values[(i % channels) * positions + Math.floor(i / channels)] ?? Number.NaN,
  );
};

/** Activations [H, W, C] of layers, for one picture [H, W, C]. */
export const activations = (
  network: Network,
  [height, width]: readonly [number, number],
  picture: Float64Array,
  wanted: readonly string[],
): ReadonlyMap<string, ArrayLike<number>> => {
  const shape = [1, height, width, network.input.shape[2]] as const;
  const { values } = referenceForward(network, { shape, data: picture }, { wanted });
  return new Map(wanted.map((name) => [name, values.get(name)?.data ?? []]));
};

/** Largest difference, relative to the largest expected value. */
export const relativeError = (actual: ArrayLike<number>, expected: ArrayLike<number>): number => {
  if (actual.length !== expected.length) return Number.POSITIVE_INFINITY;
  let largest = 1e-6;
  let difference = 0;
  for (let i = 0; i < expected.length; i++) {
    const value = expected[i] ?? Number.NaN;
    largest = Math.max(largest, Math.abs(value));
    const apart = Math.abs(value - (actual[i] ?? Number.NaN));
    difference = Number.isNaN(apart) ? Number.POSITIVE_INFINITY : Math.max(difference, apart);
  }
  return difference / largest;
};
