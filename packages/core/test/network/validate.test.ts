import { describe, expect, it } from 'vitest';
import type { Layer } from '../../src/network/layer.js';
import type { Network, Weight } from '../../src/network/network.js';
import { validateNetwork } from '../../src/network/validate.js';

const conv = (name: string, input: string, more: Partial<Extract<Layer, { kind: 'conv' }>> = {}): Layer => ({
  kind: 'conv',
  name,
  inputs: [input],
  kernelSize: [3, 3],
  filters: 3,
  stride: [1, 1],
  dilation: [1, 1],
  padding: 'same',
  groups: 1,
  bias: false,
  ...more,
});
const relu = (name: string, ...inputs: string[]): Layer => ({ kind: 'relu', name, inputs });
const kernel = (shape: readonly number[], value = 1): Weight => ({
  shape,
  data: new Float32Array(shape.reduce((product, size) => product * size, 1)).fill(value),
});

const network = (layers: readonly Layer[], weights: Readonly<Record<string, Weight>> = {}): Network => ({
  input: { name: 'image', shape: [null, null, 3] },
  layers,
  outputs: [layers.at(-1)?.name ?? ''],
  weights: new Map(Object.entries(weights)),
});

const problem = (given: Network): string => {
  try {
    validateNetwork(given);
  } catch (error) {
    return error instanceof Error ? error.message : 'thrown';
  }
  return 'fine';
};

describe('validateNetwork', () => {
  it('accepts a network with all its weights, and an architecture without any', () => {
    expect(problem(network([conv('a', 'image'), relu('b', 'a')], { 'a/kernel': kernel([3, 3, 3, 3]) }))).toBe('fine');
    expect(problem(network([conv('a', 'image'), conv('b', 'a', { weightsOf: 'a' })]))).toBe('fine');
  });

  it.each<[string, Network, string]>([
    ['no layers', network([]), 'it has no layers'],
    ['a name used twice', network([relu('a', 'image'), relu('a', 'image')]), 'the name "a" is used twice'],
    ['the name of the input', network([relu('image', 'image')]), 'the name "image" is used twice'],
    ['a missing input', network([relu('a', 'nobody')]), 'layer "a" takes "nobody", which does not exist'],
    ['a cycle', network([relu('a', 'b'), relu('b', 'a')]), 'layer "a" takes "b", which comes after it or depends on it (a cycle)'],
    ['two inputs of one', network([relu('a', 'image', 'image')]), 'layer "a" of kind relu has 2 inputs'],
    ['a missing output', { ...network([relu('a', 'image')]), outputs: ['q'] }, 'its output "q" is no layer'],
    ['no outputs', { ...network([relu('a', 'image')]), outputs: [] }, 'it has no outputs'],
    [
      'a constant that is used',
      network([{ kind: 'constant', name: 'c', inputs: [], shape: [1] }, relu('a', 'c')]),
      'takes the constant "c" as input',
    ],
    [
      'weights of another kind',
      network([relu('a', 'image'), conv('b', 'a', { weightsOf: 'a' })]),
      'cannot use the weights of "a" of kind relu',
    ],
    ['weights of a later layer', network([conv('a', 'image', { weightsOf: 'b' }), conv('b', 'a')]), 'which is no earlier layer'],
    [
      'a missing weight',
      network([conv('a', 'image', { bias: true })], { 'a/kernel': kernel([3, 3, 3, 3]) }),
      '"a/bias" is missing; expected shape [3]',
    ],
    [
      'a weight of another shape',
      network([conv('a', 'image')], { 'a/kernel': kernel([3, 3, 4, 3]) }),
      'has the shape [3, 3, 4, 3]; layer "a" needs [3, 3, 3, 3]',
    ],
    [
      'a weight with too few values',
      network([conv('a', 'image')], { 'a/kernel': { shape: [3, 3, 3, 3], data: new Float32Array(5) } }),
      'has 5 values instead of 81',
    ],
    [
      'a weight that is not finite',
      network([conv('a', 'image')], { 'a/kernel': kernel([3, 3, 3, 3], Number.NaN) }),
      'holds NaN at flat position 0',
    ],
    [
      'a shared weight that does not fit',
      network([conv('a', 'image', { filters: 2 }), conv('b', 'a', { filters: 2, weightsOf: 'a' })], { 'a/kernel': kernel([3, 3, 3, 2]) }),
      'layer "b" needs [3, 3, 2, 2]',
    ],
    ['a stride of zero', network([conv('a', 'image', { stride: [0, 1] })]), 'layer "a": stride is [0,1]'],
    ['half a filter', network([conv('a', 'image', { filters: 1.5 })]), 'filters is [1.5]'],
    ['negative padding', network([conv('a', 'image', { padding: { top: -1, left: 0, bottom: 0, right: 0 } })]), 'padding is [-1,0,0,0]'],
    ['groups that do not divide', network([conv('a', 'image', { groups: 2 })]), 'cannot be split into 2 groups'],
    ['an empty range', network([{ kind: 'clip', name: 'a', inputs: ['image'], min: 1, max: 0 }]), 'range is [1,0]'],
    ['a rate of one', network([{ kind: 'dropout', name: 'a', inputs: ['image'], rate: 1 }]), 'rate is 1'],
    [
      'a pool that sees padding alone',
      network([
        {
          kind: 'maxPool',
          name: 'a',
          inputs: ['image'],
          size: [2, 2],
          stride: [2, 2],
          padding: { top: 2, left: 0, bottom: 0, right: 0 },
          ceilMode: false,
        },
      ]),
      'less than the window of 2×2',
    ],
    [
      'activations of gigabytes',
      network([{ kind: 'pad', name: 'a', inputs: ['image'], padding: { top: 99_999, left: 99_999, bottom: 0, right: 0 }, value: 0 }]),
      'layer "a" would give 100223×100223×3 numbers',
    ],
  ])('refuses %s', (_, given, part) => expect(problem(given)).toContain(part));
});
