import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createRandom,
  encodeModelFile,
  FeaturescopeError,
  initializeWeights,
  inputShape,
  type ModelFile,
  type Network,
  type Shape,
} from '@featurescope/core';
import { referenceForward, tinyNetwork } from '@featurescope/core/testing';
import { afterAll } from 'vitest';
import type { RunNetwork } from '../../src/index.js';

/** Random weights of a size that keeps numbers in range; batch normalisations get some too. */
export const weighted = (network: Network, shape: Shape = inputShape(network)): Network => {
  const random = createRandom('converted');
  const weights = initializeWeights(network, shape, { kernel: 'he', deviation: 0.01, bias: 0.1 }, random);
  for (const [name, { data }] of weights) {
    if (/\/(scale|variance)$/.test(name)) random.fork(name).fillUniform(data, 0.5, 1.5);
    if (/\/(offset|mean)$/.test(name)) random.fork(name).fillUniform(data, -0.5, 0.5);
  }
  return { ...network, weights };
};

/** The tiny test network with preprocessing and four labels. */
export const tinyFile = (change: Partial<ModelFile> = {}): ModelFile => ({
  name: 'tiny',
  network: tinyNetwork(),
  input: {
    size: [12, 10],
    channels: 3,
    fixedSize: false,
    preprocessing: { channelOrder: 'bgr', scale: 1 / 255, mean: [0.1, 0.2, 0.3], std: [0.5, 0.6, 0.7], resizeShortSide: 16 },
  },
  labels: ['sky', 'cloud', 'mountain', 'water, deep'],
  ...change,
});

export const saved = async (path: string, file: ModelFile): Promise<string> => {
  await writeFile(path, encodeModelFile(file));
  return path;
};

/** A folder of its own, removed after the tests of the file. */
export const newFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'featurescope-convert-'));
  afterAll(() => rm(folder, { recursive: true, force: true }));
  return folder;
};

/** The reference in double precision. */
export const runReference: RunNetwork = async (network, pictures, wanted) =>
  pictures.map(({ shape, data }) => {
    const { values } = referenceForward(network, { shape, data: Float64Array.from(data) }, { wanted });
    return new Map([...values].map(([name, value]) => [name, Float32Array.from(value.data)]));
  });

/** The error that a promise is rejected with. */
export const failure = async (promise: Promise<unknown>): Promise<FeaturescopeError> => {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof FeaturescopeError)) throw error ?? new Error('it did not fail');
  return error;
};
