import { describe, expect, it } from 'vitest';
import { architectures } from '../../src/architectures/index.js';
import { again, compared, withWeights } from './written.js';

/** Sizes small enough to run fast; pools whose windows do not fit evenly are among them. */
const SIZES: Readonly<Record<string, readonly [number, number]>> = {
  alexnet: [67, 67],
  googlenet: [65, 72],
  lenet: [33, 33],
  photonet: [33, 38],
  resnet18: [64, 77],
  resnet34: [33, 40],
  resnet50: [33, 40],
  sketchANet: [86, 86],
  sketchANetFused: [81, 81],
  squeezenet: [67, 76],
  vgg16: [225, 224],
  vgg19: [224, 225],
  vggF: [224, 224],
  vggM: [224, 224],
  zfnet: [68, 68],
};

describe('an architecture gives the same at every layer after it was written for Caffe and read again', () => {
  it.each(architectures.map((architecture) => [architecture.name, architecture] as const))('%s', async (name, architecture) => {
    const size = SIZES[name] ?? [64, 64];
    const sized = Object.hasOwn(architecture.options?.shape ?? {}, 'inputSize') ? { inputSize: size[0] } : {};
    const network = withWeights(architecture.create({ width: 0.01, classes: 7, ...sized }), size);
    const read = await again(network, size);
    const { difference, spread } = compared(network, read, size);
    expect(difference).toBeLessThan(1e-6);
    expect(spread).toBeGreaterThan(1e-3);
    expect(read.outputs.at(-1)).toBe(network.outputs.at(-1));
    expect(read.layers.map((layer) => layer.name)).toEqual(expect.arrayContaining(network.layers.map((layer) => layer.name)));
  });
});
