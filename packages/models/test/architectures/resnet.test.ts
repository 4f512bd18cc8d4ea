import { inferShapes, inputShape, type Network, trainableParameters, weightShapes } from '@featurescope/core';
import { describe, expect, it } from 'vitest';
import { resnet18, resnet34, resnet50 } from '../../src/architectures/index.js';
import { layersOf, parametersOf } from './table.js';

/** Parameters that training changes: without the mean and variance of batch normalisation. */
function trainableOf(network: Network): number {
  const shapes = inferShapes(network, inputShape(network));
  return network.layers.reduce((total, layer) => {
    const weights = weightShapes(layer, shapes.get(layer.inputs[0] ?? '') ?? [0, 0, 0]);
    const sizes = trainableParameters(layer).map((parameter) => (weights.get(parameter) ?? []).reduce((product, n) => product * n, 1));
    return total + sizes.reduce((sum, size) => sum + size, 0);
  }, 0);
}

describe.each([
  ['resnet18', resnet18, 11_689_512, 4_800, 1],
  ['resnet34', resnet34, 21_797_672, 8_512, 1],
  ['resnet50', resnet50, 25_557_032, 26_560, 4],
] as const)('%s', (_, architecture, parameters, normalised, expansion) => {
  const layers = layersOf(architecture());
  const last = (stage: number) => layers.filter(({ name }) => name.startsWith(`layer${stage}.`)).at(-1)?.outputShape;

  it('has the published number of parameters, and a mean and a variance for each normalised map besides', () => {
    expect(trainableOf(architecture())).toBe(parameters);
    expect(parametersOf(architecture())).toBe(parameters + 2 * normalised);
  });

  it('has the stages of Table 1 of the paper', () => {
    expect(layers.slice(0, 4).map(({ name, outputShape }) => `${name} ${outputShape.join('×')}`)).toEqual([
      'conv1 112×112×64',
      'bn1 112×112×64',
      'relu 112×112×64',
      'maxpool 56×56×64',
    ]);
    expect([1, 2, 3, 4].map(last)).toEqual([
      [56, 56, 64 * expansion],
      [28, 28, 128 * expansion],
      [14, 14, 256 * expansion],
      [7, 7, 512 * expansion],
    ]);
  });

  it('is as deep as its name says: weighted layers without the projections', () => {
    const weighted = layers.filter(({ name, kind }) => (kind === 'conv' || kind === 'dense') && !name.includes('downsample'));
    expect(`resnet${weighted.length}`).toBe(architecture.architecture.name);
  });

  it('takes pictures of 32×32', () => {
    expect(layersOf(architecture({ classes: 10 }), [32, 32]).at(-1)?.outputShape).toEqual([1, 1, 10]);
  });
});

describe('residual blocks', () => {
  const inputsOf = (network: Network, name: string) => network.layers.find((layer) => layer.name === name)?.inputs;

  it('add what entered them, projected where sizes differ', () => {
    expect(inputsOf(resnet18(), 'layer1.0.add')).toEqual(['layer1.0.bn2', 'maxpool']);
    expect(inputsOf(resnet18(), 'layer2.0.add')).toEqual(['layer2.0.bn2', 'layer2.0.downsample.1']);
    expect(inputsOf(resnet18(), 'layer2.0.downsample.0')).toEqual(['layer1.1.relu']);
    expect(inputsOf(resnet18(), 'layer2.1.add')).toEqual(['layer2.1.bn2', 'layer2.0.relu']);
    expect(inputsOf(resnet50(), 'layer1.0.downsample.0')).toEqual(['maxpool']);
    expect(inputsOf(resnet50(), 'layer1.1.add')).toEqual(['layer1.1.bn3', 'layer1.0.relu']);
  });

  it('halve the map in their 3×3 convolution', () => {
    const strided = resnet50().layers.filter((layer) => layer.kind === 'conv' && layer.stride[0] === 2 && layer.kernelSize[0] === 3);
    expect(strided.map(({ name }) => name)).toEqual(['layer2.0.conv2', 'layer3.0.conv2', 'layer4.0.conv2']);
  });
});
