import {
  createRandom,
  GRADIENT,
  inferShapes,
  type Layer,
  type Network,
  type SeedTerm,
  type Weight,
  weightShapes,
} from '@featurescope/core';
import { referenceExecutor } from '@featurescope/core/testing';
import '@tensorflow/tfjs';
import { setBackend, type Tensor4D, tensor4d } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { blockSize } from '../../src/onnx/block-size.js';
import { createOnnxExecutor } from '../../src/onnx/index.js';

const conv = (name: string, input: string, size: number, filters: number, stride: number, groups = 1): Layer => ({
  kind: 'conv',
  name,
  inputs: [input],
  kernelSize: [size, size],
  filters,
  stride: [stride, stride],
  dilation: [1, 1],
  padding: 'same',
  groups,
  bias: true,
});

/** Channels below, at and between multiples of the block size, and numbers of them that cannot be blocked. */
const layers: readonly Layer[] = [
  conv('conv1', 'input', 5, 20, 1),
  { kind: 'relu', name: 'relu1', inputs: ['conv1'] },
  { kind: 'maxPool', name: 'pool1', inputs: ['relu1'], size: [3, 3], stride: [2, 2], padding: 'same', ceilMode: false },
  conv('conv2', 'pool1', 3, 36, 2),
  { kind: 'relu', name: 'relu2', inputs: ['conv2'] },
  conv('conv3', 'relu2', 1, 18, 1),
  conv('conv4', 'conv3', 3, 32, 1),
  conv('conv5', 'conv4', 3, 16, 1, 2),
  { kind: 'dense', name: 'fc6', inputs: ['conv5'], units: 5, bias: true, inputOrder: 'chw' },
];

const shape = [9, 11, 3] as const;

function network(): Network {
  const bare: Network = { input: { name: 'input', shape }, layers, outputs: ['fc6'], weights: new Map() };
  const shapes = inferShapes(bare, shape);
  const weights = new Map<string, Weight>();
  for (const layer of layers)
    for (const [parameter, dims] of weightShapes(layer, shapes.get(layer.inputs[0] ?? '') ?? shape)) {
      const data = new Float32Array(dims.reduce((a, b) => a * b, 1));
      createRandom(`${layer.name}/${parameter}`).fillNormal(data, 0, 0.15);
      weights.set(`${layer.name}/${parameter}`, { shape: dims, data });
    }
  return { ...bare, weights };
}

const expectClose = (actual: ArrayLike<number>, expected: ArrayLike<number>) => {
  expect(actual.length).toBe(expected.length);
  const scale = Math.max(1, ...Array.from(expected, Math.abs));
  const worst = Math.max(...Array.from(expected, (value, i) => Math.abs(value - (actual[i] ?? Number.NaN))));
  expect(worst).toBeLessThan(1e-4 * scale);
};

describe('convolutions with more channels than a block', () => {
  let input: Tensor4D;
  const seeds: readonly SeedTerm[] = [{ layer: 'fc6', form: { crossEntropy: Int32Array.of(1, 4) }, weight: 0.5 }];

  beforeAll(async () => {
    await setBackend('cpu');
    input = tensor4d(createRandom('input').fillNormal(new Float32Array(2 * 9 * 11 * 3), 0, 1), [2, ...shape]);
  });

  it('have a block size that is a power of two, or none', async () => {
    expect([0, 4, 8, 16]).toContain(await blockSize());
  });

  it.each([true, false])('agree with the reference (trainable: %s)', async (trainable) => {
    const compiled = await createOnnxExecutor({ threads: 1 }).compile(network(), { trainable });
    const reference = await referenceExecutor.compile(network());
    const request = { input, seeds, policy: GRADIENT };
    const [own, right] = [await compiled.weightGradient(request), await reference.weightGradient(request)];
    expectClose(own.values[0] ?? [], right.values[0] ?? []);
    expect([...own.gradients.keys()].sort()).toEqual([...right.gradients.keys()].sort());
    for (const [name, gradient] of right.gradients) expectClose(own.gradients.get(name) ?? [], gradient);
    const [ownInput, rightInput] = [await compiled.gradient(request), await reference.gradient(request)];
    expectClose(await ownInput.gradient.data(), await rightInput.gradient.data());
    compiled.dispose();
  });
});
