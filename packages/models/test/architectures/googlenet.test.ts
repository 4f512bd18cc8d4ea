import { describe, expect, it } from 'vitest';
import { googlenet } from '../../src/architectures/index.js';
import { heights, layersOf, parametersOf } from './table.js';

describe('googlenet', () => {
  const layers = layersOf(googlenet());
  const shapes = Object.fromEntries(layers.map(({ name, outputShape }) => [name, outputShape.join('×')]));

  it('has 6,998,552 parameters', () => {
    expect(parametersOf(googlenet())).toBe(6_998_552);
  });

  it('has the output sizes of Table 1 of the paper', () => {
    expect(shapes).toMatchObject({
      'conv1/7x7_s2': '112×112×64',
      'pool1/3x3_s2': '56×56×64',
      'conv2/3x3': '56×56×192',
      'pool2/3x3_s2': '28×28×192',
      'inception_3a/output': '28×28×256',
      'inception_3b/output': '28×28×480',
      'pool3/3x3_s2': '14×14×480',
      'inception_4a/output': '14×14×512',
      'inception_4b/output': '14×14×512',
      'inception_4c/output': '14×14×512',
      'inception_4d/output': '14×14×528',
      'inception_4e/output': '14×14×832',
      'pool4/3x3_s2': '7×7×832',
      'inception_5a/output': '7×7×832',
      'inception_5b/output': '7×7×1024',
      'pool5/7x7_s1': '1×1×1024',
      'loss3/classifier': '1×1×1000',
    });
  });

  it('feeds the four branches of a module from the one before, and joins them in order', () => {
    const module = googlenet().layers.filter(({ name }) => name.startsWith('inception_4b/'));
    const at = (layer: string) => `inception_4b/${layer}`;
    expect(module.filter(({ inputs }) => inputs.includes('inception_4a/output')).map(({ name }) => name)).toEqual(
      ['1x1', '3x3_reduce', '5x5_reduce', 'pool'].map(at),
    );
    expect(module.at(-1)?.inputs).toEqual(['relu_1x1', 'relu_3x3', 'relu_5x5', 'relu_pool_proj'].map(at));
    expect(module).toHaveLength(14);
  });

  it('takes pictures of 32×32 and of other sizes', () => {
    expect(heights(layersOf(googlenet(), [32, 32]))).toMatchObject({ 'inception_3a/output': 4, 'inception_5b/output': 1, prob: 1 });
    expect(parametersOf(googlenet(), [320, 320])).toBe(6_998_552);
  });
});
