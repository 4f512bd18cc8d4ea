import * as tf from '@tensorflow/tfjs';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  alphaNorm,
  channel,
  classProbability,
  classScore,
  createModel,
  createRandom,
  DECONVNET,
  defineObjective,
  direction,
  diversity,
  dotProduct,
  featureDistance,
  type GradientRequest,
  INPUT,
  LOGITS,
  l2Norm,
  type Model,
  maxDotProduct,
  meanActivation,
  neuron,
  type Objective,
  totalVariation,
  units,
} from '../../src/index.js';
import { tinyModel, tinyNetwork } from '../../src/testing/index.js';
import { finiteDifferences, relativeError } from '../objectives/finite-differences.js';
import { watched } from './watched.js';

const SHAPE: [number, number, number, number] = [1, 7, 5, 3];
let before = 0;
let model: Model;
let image: Tensor4D;
let guide: Tensor4D;
beforeEach(async () => {
  await tf.setBackend('cpu');
  before = tf.memory().numTensors;
  model = await tinyModel();
  image = tf.tensor4d(createRandom(4).fillNormal(new Float32Array(105), 0, 1), SHAPE);
  guide = tf.tensor4d(createRandom(5).fillNormal(new Float32Array(48), 0, 1), [1, 3, 2, 8]);
});
afterEach(() => {
  tf.dispose([image, guide]);
  model.dispose();
  expect(tf.memory().numTensors).toBe(before);
});

/** The value of an objective alone, by central differences over the input. */
async function differences(objective: Objective, step = 3e-3): Promise<number[]> {
  const values = await image.data();
  const result: number[] = [];
  for (let i = 0; i < values.length; i++) {
    const at = async (offset: number): Promise<number> => {
      const moved = Float32Array.from(values);
      moved[i] = (moved[i] ?? 0) + offset;
      const x = tf.tensor4d(moved, SHAPE);
      const { value, gradient } = await model.gradient(x, objective);
      tf.dispose([x, gradient]);
      return value;
    };
    result.push(((await at(step)) - (await at(-step))) / (2 * step));
  }
  return result;
}

/** Share of the values within 1 % of the largest; where a step crosses the kink of a ReLU or pool, differences are off. */
function agreeing(found: ArrayLike<number>, expected: readonly number[]): number {
  const scale = Math.max(...expected.map(Math.abs));
  return expected.filter((value, i) => Math.abs((found[i] ?? Number.NaN) - value) < 0.01 * scale).length / expected.length;
}

/** The same objective without its closed forms. */
const open = (objective: Objective): Objective => ({
  ...objective,
  terms: objective.terms.map(({ seed: _, ...term }) => term),
});

const mixed = defineObjective({
  name: 'mixed',
  layers: [INPUT, 'conv1'],
  value: (at) => tf.mul(tf.sum(tf.square(at(INPUT))), tf.mean(at('conv1'))),
});

describe('gradient', () => {
  const objectives: Record<string, () => Objective> = {
    'one closed form': () => l2Norm('conv2'),
    'several closed forms': () => l2Norm('conv2').times(0.3).plus(classScore(1).times(2)).minus(channel('pool1', 3)),
    'two terms at one layer': () => channel('conv1', 0).plus(channel('conv1', 1).times(-3)),
    'a probability': () => classProbability(2).times(10),
    'a direction': () => direction('conv2', [1, -1, 2, 0, 0, 3, 1, 1]),
    'a distance': () => featureDistance('conv2', guide).times(-1),
    'the best matches': () => maxDotProduct('conv2', guide),
    'no closed form': () => alphaNorm(4, 'conv2'),
    'closed and open forms together': () => alphaNorm(4, 'conv2').plus(l2Norm('conv1').times(0.1)).plus(channel('conv2', 1)),
    'terms on the input alone': () => totalVariation().times(-0.1).minus(alphaNorm(2).times(0.2)),
    'terms on the input and on the network': () => neuron('conv2', 1, 1, 3).minus(totalVariation().times(0.05)),
    'a term that reads both': () => mixed.plus(l2Norm(LOGITS)),
  };

  it.each(Object.entries(objectives))('of %s agrees with finite differences', async (_, create) => {
    const { gradient } = await model.gradient(image, create());
    const found = await gradient.data();
    gradient.dispose();
    expect(agreeing(found, await differences(create()))).toBeGreaterThan(0.9);
  });

  it.each(Object.entries(objectives))('of %s is the same without closed forms', async (_, create) => {
    const closed = await model.gradient(image, create());
    const without = await model.gradient(image, open(create()));
    expect(relativeError(await without.gradient.data(), await closed.gradient.data())).toBeLessThan(1e-5);
    expect(without.value).toBeCloseTo(closed.value, 3);
    for (const [name, value] of closed.terms) expect(without.terms.get(name)).toBeCloseTo(value, 3);
    tf.dispose([closed.gradient, without.gradient]);
  });

  it('reports terms without their weights, and activations on request', async () => {
    const result = await model.gradient(image, classScore(1).times(5).plus(l2Norm('conv1')), { wanted: [LOGITS, 'conv1'] });
    const logits = await result.activations.get('fc3')?.data();
    expect(result.terms.get('class-score(1)')).toBeCloseTo(logits?.[1] ?? Number.NaN, 4);
    expect(result.value).toBeCloseTo(5 * (result.terms.get('class-score(1)') ?? 0) + (result.terms.get('l2(conv1)') ?? 0), 3);
    tf.dispose([result.gradient, ...result.activations.values()]);
  });

  it('computes 2a + 3b, whose value at a = b = 1 is 5', async () => {
    const one = await model.gradient(image, meanActivation('conv1').plus(meanActivation('conv2')));
    const [atFirst, atSecond] = [one.terms.get('mean(conv1)') ?? 0, one.terms.get('mean(conv2)') ?? 0];
    const [a, b] = [meanActivation('conv1').times(1 / atFirst), meanActivation('conv2').times(1 / atSecond)];
    const before = JSON.stringify([a, b]);
    const combined = a.times(2).plus(b.times(3));
    const result = await model.gradient(image, combined);
    expect(result.value).toBeCloseTo(5, 5);
    expect([...result.terms.keys()]).toEqual(['mean(conv1)', 'mean(conv2)']);
    expect([...result.terms.values()].map((value, i) => value / ([atFirst, atSecond][i] ?? 0))).toEqual([1, 1]);
    expect(JSON.stringify([a, b])).toBe(before);
    const parts = [await model.gradient(image, a), await model.gradient(image, b)] as const;
    expect(parts.map(({ value }) => Math.round(value * 1e5) / 1e5)).toEqual([1, 1]);
    const expected = tf.tidy(() => tf.add(tf.mul(parts[0].gradient, 2), tf.mul(parts[1].gradient, 3)).dataSync());
    expect(relativeError(await result.gradient.data(), expected)).toBeLessThan(1e-5);
    tf.dispose([one.gradient, result.gradient, ...parts.map(({ gradient }) => gradient)]);
  });

  it('optimises each picture of a batch as if it were alone', async () => {
    const pictures = tf.tensor4d(createRandom(6).fillNormal(new Float32Array(315), 0, 1), [3, 7, 5, 3]);
    const chosen = [{ channel: 3 }, { channel: 0, at: [1, 1] as const }, { channel: 7 }];
    const objective = units('conv2', chosen).plus(featureDistance('conv2', guide).times(-0.5)).plus(maxDotProduct('conv2', guide));
    const together = await model.gradient(pictures, objective);
    const found = await together.gradient.data();
    for (const [n, unit] of chosen.entries()) {
      const picture = tf.slice(pictures, [n, 0, 0, 0], [1, 7, 5, 3]) as Tensor4D;
      const alone = await model.gradient(
        picture,
        units('conv2', [unit]).plus(featureDistance('conv2', guide).times(-0.5)).plus(maxDotProduct('conv2', guide)),
      );
      expect(relativeError(found.slice(n * 105, (n + 1) * 105), await alone.gradient.data())).toBeLessThan(1e-5);
      for (const [i, [, value]] of [...alone.terms].entries()) expect([...together.perPicture.values()][i]?.[n]).toBeCloseTo(value, 4);
      tf.dispose([picture, alone.gradient]);
    }
    tf.dispose([pictures, together.gradient]);
  });

  it('reports closed forms for each picture, beside terms that have none and on the input too', async () => {
    const pictures = tf.tidy(() => tf.concat([image, tf.mul(image, 2)]) as Tensor4D);
    const objective = l2Norm(INPUT).times(-0.5).plus(channel('conv1', 2)).plus(diversity('conv2')).plus(totalVariation());
    const result = await model.gradient(pictures, objective);
    const first = await model.gradient(image, l2Norm(INPUT).plus(channel('conv1', 2)));
    expect([...result.perPicture.keys()]).toEqual(['l2(@input)', 'channel(conv1, 2)']);
    for (const [name, values] of result.perPicture) {
      expect(values).toHaveLength(2);
      expect(values[0]).toBeCloseTo(first.terms.get(name) ?? Number.NaN, 3);
      expect((values[0] ?? 0) + (values[1] ?? 0)).toBeCloseTo(result.terms.get(name) ?? Number.NaN, 3);
    }
    const [small = 0, large = 0] = result.perPicture.get('l2(@input)') ?? [];
    expect(large / small).toBeCloseTo(4, 5);
    tf.dispose([pictures, result.gradient, first.gradient]);
  });

  const idle: Record<string, () => Objective> = {
    'closed forms': () => featureDistance('conv2', guide).times(0),
    'open forms': () => alphaNorm(4, 'conv2').times(0),
  };

  it.each(Object.entries(idle))('evaluates %s of weight 0 without a backward pass', async (_, create) => {
    const seen: string[] = [];
    const hook = { layers: () => true, backward: (__: Tensor4D, { name }: { name: string }) => void seen.push(name) };
    const alone = await model.gradient(image, create(), { hooks: [hook] });
    expect(seen).toEqual([]);
    expect((await alone.gradient.data()).every((value) => value === 0)).toBe(true);
    const [[name, value] = ['', 0]] = alone.terms;
    expect(value).toBeGreaterThan(0);
    const beside = await model.gradient(image, create().plus(channel('conv1', 1)), { hooks: [hook] });
    expect(seen).toEqual(['conv1']);
    expect(beside.terms.get(name)).toBe(value);
    const plain = await model.gradient(image, channel('conv1', 1));
    expect(relativeError(await beside.gradient.data(), await plain.gradient.data())).toBeLessThan(1e-6);
    tf.dispose([alone.gradient, beside.gradient, plain.gradient]);
  });

  it('follows a policy', async () => {
    const plain = await model.gradient(image, l2Norm('relu2'));
    const deconv = await model.gradient(image, l2Norm('relu2'), { policy: DECONVNET });
    expect(relativeError(await deconv.gradient.data(), await plain.gradient.data())).toBeGreaterThan(0.05);
    tf.dispose([plain.gradient, deconv.gradient]);
  });

  it('cleans up when an objective, a hook or the signal ends it', async () => {
    const failing = defineObjective({
      name: 'failing',
      layers: ['conv1'],
      value: () => {
        throw new Error('no value');
      },
    });
    await expect(model.gradient(image, failing)).rejects.toThrow('no value');
    await expect(model.gradient(image, l2Norm('conv1').plus(failing))).rejects.toThrow('no value');
    const badInput = defineObjective({
      name: 'bad',
      layers: [INPUT],
      value: () => {
        throw new Error('no input');
      },
    });
    await expect(model.gradient(image, l2Norm('conv1').plus(badInput), { wanted: ['conv1'] })).rejects.toThrow('no input');
    const hook = {
      layers: 'conv2',
      forward: () => {
        throw new Error('no hook');
      },
    };
    await expect(model.gradient(image, l2Norm('relu2'), { hooks: [hook] })).rejects.toThrow('no hook');
    await expect(model.gradient(image, l2Norm('relu2'), { signal: AbortSignal.abort() })).rejects.toThrow(/abort/i);
    const careless = defineObjective({ name: 'careless', layers: ['conv1'], value: (at) => tf.sum(at('conv2')) });
    await expect(model.gradient(image, careless)).rejects.toThrow(/"careless" reads layer "conv2"/);
  });

  it('hands closed forms to the executor as they are, all in one pass', async () => {
    const requests: GradientRequest[] = [];
    const spied = await createModel({
      name: 'm',
      network: tinyNetwork(),
      input: { size: [12, 10], channels: 3, fixedSize: false },
      executor: watched(requests),
    });
    const objective = direction('conv2', [1, -1, 2, 0, 0, 3, 1, 1])
      .plus(featureDistance('conv2', guide))
      .plus(maxDotProduct('conv2', guide))
      .plus(dotProduct('conv2', guide))
      .plus(units('conv1', [{ channel: 2 }]));
    const { gradient } = await spied.gradient(image, objective);
    gradient.dispose();
    expect(requests.map(({ seeds }) => ('layers' in seeds ? 'a function' : seeds.length))).toEqual([5]);
  });
});

it('keeps finite differences honest', () => {
  const x = tf.tensor4d([1, 2], [1, 1, 1, 2]);
  expect(finiteDifferences((a) => tf.sum(tf.square(a)), x).map((value) => Math.round(value * 100) / 100)).toEqual([2, 4]);
  x.dispose();
});
