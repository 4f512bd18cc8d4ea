import '@tensorflow/tfjs';
import { bareModel, referenceForward, testVisualizer, tinyModel, tinyNetwork } from '@featurescope/core/testing';
import { memory } from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { feature } from '../../src/feature/feature.js';
import type { Goals } from '../../src/feature/goals.js';
import { nameOf } from '../../src/feature/results.js';
import { events, farthest, rows, tensors, warnings } from './support.js';

const size: [number, number] = [10, 9];

testVisualizer(feature, { describe, it, options: { size, iterations: 3, layer: 'conv2', units: [0, '3..5'], batchSize: 2 } });
testVisualizer(feature, {
  describe,
  it,
  options: {
    size,
    iterations: 12,
    layer: 'logits',
    unit: 'cloud',
    batch: 2,
    parameterisation: 'pixel',
    diversityLayer: 'relu1',
    frameEvery: 4,
  },
});

describe('feature', () => {
  it('raises the activation of every unit', async () => {
    const all = rows(await events({ size, iterations: 16, layer: 'conv2', units: ['all'] }));
    expect(all).toHaveLength(8);
    for (const { start, activation } of all) expect(activation).toBeGreaterThan(start + 0.01);
  });

  it('tells the activation of the picture that it hands over', async () => {
    const all = await events({ size, iterations: 3, layer: 'conv2', units: [6, 1] });
    const table = rows(all);
    expect(table.map(({ unit }) => unit)).toEqual([6, 1]);
    expect(tensors(all)).toHaveLength(2);
    for (const [i, { shape, data }] of tensors(all).entries()) {
      const [height = 0, width = 0, channels = 0] = shape;
      const input = { shape: [1, height, width, channels] as const, data: Float64Array.from(data) };
      const map = referenceForward(tinyNetwork(), input).values.get('conv2')?.data ?? new Float64Array();
      const ofUnit = map.filter((_, j) => j % 8 === table[i]?.unit);
      const mean = ofUnit.reduce((sum, value) => sum + value, 0) / ofUnit.length;
      expect((table[i]?.activation ?? 0) / mean).toBeCloseTo(1, 4);
    }
  });

  it('makes the same picture of a unit whatever else is in its batch', async () => {
    for (const parameterisation of ['fourier', 'pixel'] as const) {
      const options = { size, iterations: 4, layer: 'relu2', parameterisation, stepRule: 'mean-gradient' as const };
      const [alone] = tensors(await events({ ...options, unit: 5 }));
      for (const batchSize of [1, 2, 4]) {
        const among = tensors(await events({ ...options, units: [0, 3, 5, 7], batchSize }));
        expect(farthest(alone?.data ?? [], among[2]?.data ?? [])).toBeLessThan(1e-4);
      }
    }
  });

  it('keeps pictures inside the pixel range', async () => {
    for (const parameterisation of ['fourier', 'pixel'] as const) {
      const [made] = tensors(await events({ size, iterations: 20, layer: 'conv2', unit: 1, parameterisation, step: 2 }));
      expect(Math.max(...(made?.data ?? []))).toBeLessThanOrEqual((255 - 100) / 60 + 1e-4);
      expect(Math.min(...(made?.data ?? []))).toBeGreaterThanOrEqual(-120 / 60 - 1e-4);
    }
  });

  it('shows the classes by their labels', async () => {
    const all = rows(await events({ size, iterations: 2, layer: 'logits', units: ['water', 0] }));
    expect(all.map(({ unit, label }) => [unit, label])).toEqual([
      [3, 'water'],
      [0, 'sky'],
    ]);
  });

  it('follows one neuron, which depends on its receptive field alone', async () => {
    const options = {
      size,
      iterations: 4,
      layer: 'conv1',
      unit: 2,
      at: [6, 3] as [number, number],
      parameterisation: 'pixel' as const,
      transforms: ['none'],
    };
    const short = tensors(await events({ ...options, iterations: 1 }))[0];
    const long = tensors(await events(options))[0];
    const moved = new Set<number>();
    long?.data.forEach((value, i) => {
      if (value !== short?.data[i]) moved.add(Math.floor(i / 3));
    });
    expect(moved.size).toBeGreaterThan(0);
    for (const pixel of moved) {
      expect(Math.abs(Math.floor(pixel / 9) - 6)).toBeLessThanOrEqual(1);
      expect(Math.abs((pixel % 9) - 3)).toBeLessThanOrEqual(1);
    }
  });

  it('counts the steps of batches that follow each other, and shows all on one sheet', async () => {
    const all = await events({ size, iterations: 2, layer: 'conv1', units: ['0..4'], batchSize: 2, frameEvery: 1 });
    const steps = all.flatMap((event) => (event.type === 'metric' && event.series === 'objective' ? [event.step] : []));
    expect(steps).toEqual([0, 1, 2, 3, 4, 5]);
    const names = all.flatMap((event) => (event.type === 'artifact' ? [event.artifact.name] : []));
    expect(names.filter((name) => name === 'image')).toHaveLength(5);
    expect(names.filter((name) => name === 'sheet' || name.startsWith('animation'))).toEqual([
      'animation',
      'animation-2',
      'animation-3',
      'sheet',
    ]);
  });

  it('leaves nothing behind when its transforms leave nothing of a picture', async () => {
    const model = await tinyModel();
    const before = memory().numTensors;
    await expect(events({ size, transforms: ['jitter:8'] }, model)).rejects.toThrow(/nothing is left/);
    expect(memory().numTensors).toBe(before);
    model.dispose();
  });

  it('advises a clamp where pixels diverge that have none, not for Fourier coefficients', async () => {
    const loud = { size, iterations: 9, layer: 'conv2', unit: 1, stepRule: 'fixed', step: 1e45 } as const;
    const pixels = warnings(await events({ ...loud, parameterisation: 'pixel', clamp: false }));
    expect(pixels).toEqual([expect.stringMatching(/not numbers.*Use a smaller --step or --clamp$/)]);
    expect(warnings(await events(loud))).toEqual([expect.stringMatching(/not numbers.*Use a smaller --step$/)]);
  });

  it('says what has no effect', async () => {
    const short = { size, iterations: 1, layer: 'conv1', unit: 1, frameEvery: 0 };
    expect(warnings(await events({ ...short, animation: 'gif', batch: 2, diversity: 0, diversityLayer: 'relu1' }))).toEqual([
      'feature: --animation has no effect with --frame-every 0',
      'feature: --diversity-layer has no effect with --diversity 0',
    ]);
    expect(warnings(await events({ ...short, batch: 2, batchSize: 1 }))).toEqual([expect.stringMatching(/--batch-size has no effect/)]);
    const bare = { iterations: 1, layer: 'conv', colour: 'plain' } as const;
    expect(warnings(await events(bare, await bareModel(1)))).toEqual([expect.stringMatching(/--colour has no effect/)]);
    expect(warnings(await events({ ...short, batch: 2, batchSize: 1, diversity: 0, colour: 'plain' }))).toEqual([]);
  });
});

it('names a unit by its number once, and by a label also when that begins like the number', () => {
  const goals = { layer: { name: 'fc' } } as Goals;
  expect(nameOf(goals, { unit: 1, label: '1' })).toBe('unit 1 of fc');
  expect(nameOf(goals, { unit: 1, copy: 2, label: '1 2' })).toBe('unit 1 of fc');
  expect(nameOf(goals, { unit: 1, label: '10-gallon hat' })).toBe('unit 1 (10-gallon hat) of fc');
});
