import { validateNetwork } from '@featurescope/core';
import { describe, expect, it } from 'vitest';
import { architectures, photonet } from '../../src/architectures/index.js';
import { layersOf } from './table.js';

describe('architectures', () => {
  it('are listed by unique names', () => {
    expect(architectures.map(({ name }) => name)).toEqual([
      'alexnet',
      'googlenet',
      'lenet',
      'photonet',
      'resnet18',
      'resnet34',
      'resnet50',
      'sketchANet',
      'sketchANetFused',
      'squeezenet',
      'vgg16',
      'vgg19',
      'vggF',
      'vggM',
      'zfnet',
    ]);
  });

  it.each(architectures.map((architecture) => [architecture.name, architecture] as const))(
    '%s is a valid network without weights',
    (_, { create }) => {
      const network = create();
      expect(() => validateNetwork(network)).not.toThrow();
      expect(network.weights.size).toBe(0);
      expect(network.outputs).toEqual(['prob']);
    },
  );

  it.each(architectures.map((architecture) => [architecture.name, architecture] as const))(
    '%s takes classes, channels and width',
    (_, { create }) => {
      const network = create({ classes: 7, channels: 4, width: 0.26 });
      expect(network.input.shape[2]).toBe(4);
      expect(layersOf(network).at(-1)?.outputShape).toEqual([1, 1, 7]);
    },
  );

  it.each([
    ['alexnet', 67],
    ['lenet', 16],
    ['sketchANet', 81],
    ['sketchANetFused', 81],
    ['zfnet', 63],
  ])('%s is valid at its smallest input, %i pixels, and refuses less', (name, inputSize) => {
    const create = architectures.find((architecture) => architecture.name === name)?.create;
    expect(layersOf(create?.({ inputSize }) ?? photonet()).at(-1)?.name).toBe('prob');
    expect(() => create?.({ inputSize: inputSize - 1 })).toThrow(/inputSize/);
  });
});

describe('wrong options', () => {
  const create = architectures.find(({ name }) => name === 'photonet')?.create;

  it('names an option that does not exist, and those that do', () => {
    expect(() => create?.({ clases: 3 })).toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: Architecture "photonet" cannot be built from these options: Unrecognized key: "clases". It takes classes, channels, width, dropout.]`,
    );
  });

  it('names an option out of range', () => {
    expect(() => create?.({ classes: 0, width: 'wide' })).toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: Architecture "photonet" cannot be built from these options: classes: Too small: expected number to be >=1; width: Invalid input: expected number, received string. It takes classes, channels, width, dropout.]`,
    );
  });
});
