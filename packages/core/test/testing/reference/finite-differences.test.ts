import { createRandom, GRADIENT, weightOwner } from '@featurescope/core';
import {
  type Array4,
  conformanceNetworks,
  directionalDifference,
  finiteDifferences,
  type ReferenceTerm,
  referenceForward,
  referenceSignals,
  referenceWeightGradients,
  termSeeds,
  type Variable,
  zeros,
} from '@featurescope/core/testing';
import { describe, expect, it } from 'vitest';

const DIRECTIONS = 3;

const normals = (length: number, label: string): Float64Array => {
  const random = createRandom(label);
  return Float64Array.from({ length }, () => random.normal());
};

const inner = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((sum, value, i) => sum + value * (b[i] ?? Number.NaN), 0);

/** Exact ties are kinks: no central difference there. */
const hasTies = (name: string) => /constant map|repeated|integer|exact zeros/.test(name);

const cases = Object.entries(conformanceNetworks()).flatMap(([kind, items]) =>
  items.filter(({ name }) => !hasTies(name)).map((item) => [`${kind}: ${item.name}`, item] as const),
);

describe.each(cases)('%s', (_, { network, input }) => {
  const pass = referenceForward(network, input);
  const last = network.outputs[0] ?? '';
  const value = pass.values.get(last) ?? zeros([0, 0, 0, 0]);
  const dot: Array4 = { shape: value.shape, data: normals(value.data.length, 'signal') };
  const terms: readonly ReferenceTerm[] = [
    { layer: last, form: { dot }, weight: 1 },
    { layer: last, form: 'squares', weight: 0.3 },
  ];
  const signals = referenceSignals(pass, termSeeds(pass, terms), GRADIENT);

  const agree = (variable: Variable, gradient: ArrayLike<number>) => {
    // A ReLU gives exact zeros, which may tie in a pool above it: they stay where they are.
    const values = ('layer' in variable && pass.values.get(variable.layer)?.data) || undefined;
    for (let i = 0; i < DIRECTIONS; i++) {
      const direction = normals(gradient.length, `direction ${i}`).map((value, place) => (values?.[place] === 0 ? 0 : value));
      const expected = directionalDifference(network, input, terms, variable, direction);
      const scale = Math.max(1, Math.sqrt(inner(gradient, gradient) * inner(direction, direction)));
      expect(Math.abs(inner(gradient, direction) - expected) / scale, JSON.stringify(variable)).toBeLessThan(1e-7);
    }
  };

  it('the gradient at the input is that of finite differences', () => {
    agree({ layer: network.input.name }, signals.get(network.input.name)?.data ?? []);
  });

  const between = network.layers.filter(({ name }) => name !== last && signals.has(name));

  if (between.length > 0)
    it('so are the gradients at the layers between', () => {
      for (const { name } of between) agree({ layer: name }, signals.get(name)?.data ?? []);
    });

  if (network.weights.size > 0)
    it('so are the gradients of the weights', () => {
      const gradients = referenceWeightGradients(pass, signals);
      const reached = network.layers.filter(({ name }) => signals.has(name)).map((layer) => weightOwner(layer));
      const trainable = [...network.weights.keys()].filter((name) => reached.some((owner) => name.startsWith(`${owner}/`)));
      expect([...gradients.keys()].toSorted()).toEqual(trainable.filter((name) => !/\/(mean|variance)$/.test(name)).toSorted());
      for (const [weight, gradient] of gradients) agree({ weight }, gradient);
    });
});

describe('seed terms', () => {
  const item = conformanceNetworks().graph?.find(({ name }) => name === 'a classifier');
  const { network, input } = item ?? { network: undefined, input: zeros([0, 0, 0, 0]) };
  const guide = (...shape: Array4['shape']): Array4 => ({
    shape,
    data: normals(
      shape.reduce((a, b) => a * b),
      `guide ${shape}`,
    ),
  });
  const terms: Readonly<Record<string, ReferenceTerm>> = {
    sum: { layer: 'conv2', form: 'sum', weight: 2 },
    'mean of squares': { layer: 'conv2', form: 'squares', mean: true, weight: -3 },
    'positive squares of a channel': { layer: 'norm1', form: 'positiveSquares', units: [{ channel: 2 }], weight: 1 },
    'a position of each picture': {
      layer: 'conv2',
      form: 'squares',
      units: [{ channel: 1, at: [0, 2] }, { channel: 4, at: [3, 1] }, { channel: 0 }],
      mean: true,
      weight: 1,
    },
    'dot, one for all pictures': { layer: 'norm1', form: { dot: guide(1, 6, 5, 4) }, weight: 0.5 },
    distance: { layer: 'norm1', form: { distance: guide(3, 6, 5, 4) }, weight: -0.5 },
    'relative distance, one for all pictures': { layer: 'norm1', form: { distance: guide(1, 6, 5, 4), relative: true }, weight: 2 },
    match: { layer: 'norm1', form: { match: guide(1, 2, 3, 4) }, weight: 1 },
    'match, one for each picture': { layer: 'norm1', form: { match: guide(3, 4, 1, 4) }, weight: -1 },
    direction: { layer: 'norm1', form: { direction: [1, -2, 0.5, 0] }, weight: 1 },
    'mean along a direction': { layer: 'norm1', form: { direction: [1, -2, 0.5, 0] }, mean: true, weight: 7 },
    'cross-entropy': { layer: 'fc4', form: { crossEntropy: [3, 0, 1] }, weight: 0.7 },
  };

  it.each(Object.entries(terms))('%s', (_, term) => {
    if (!network) throw new Error('the classifier is missing');
    const pass = referenceForward(network, input);
    const gradient = referenceSignals(pass, termSeeds(pass, [term]), GRADIENT).get('input')?.data ?? [];
    const direction = normals(input.data.length, 'direction');
    const expected = directionalDifference(network, input, [term], { layer: 'input' }, direction);
    expect(inner(gradient, direction)).toBeCloseTo(expected, 6);
  });
});

describe('finiteDifferences', () => {
  it('gives one derivative for each number', () => {
    const [conv] = conformanceNetworks().conv?.filter(({ name }) => name === 'one channel to one filter') ?? [];
    if (!conv) throw new Error('the network is missing');
    const pass = referenceForward(conv.network, conv.input);
    const terms: readonly ReferenceTerm[] = [{ layer: 'conv1', form: 'squares', weight: 1 }];
    const signals = referenceSignals(pass, termSeeds(pass, terms), GRADIENT);
    const expected = referenceWeightGradients(pass, signals).get('conv1/kernel') ?? [];
    const found = finiteDifferences(conv.network, conv.input, terms, { weight: 'conv1/kernel' });
    expect(found).toHaveLength(9);
    for (const [i, value] of found.entries()) expect(value).toBeCloseTo(expected[i] ?? Number.NaN, 6);
  });
});
