import { createRandom, type Dataset, drawingValues, type InputSpec } from '@featurescope/core';
import { syntheticDrawing } from '@featurescope/core/testing';
import { describe, expect, it } from 'vitest';
import { drawingSource } from '../../src/training/drawing-source.js';
import { drawingSourceOptions } from '../../src/training/options.js';

const dataset: Dataset = {
  name: 'two',
  size: 24,
  labels: ['a', 'b'],
  item: async (i) => ({ kind: 'drawing', name: `${i}`, id: `id ${i}`, label: i % 2, drawing: syntheticDrawing(i, 5) }),
};
const load = (options: object) =>
  drawingSource.load(drawingSourceOptions.parse({ sources: ['two.ndjson'], size: 24, canvas: 30, penWidth: 2, ink: 1, ...options }), {
    openDataset: async () => dataset,
  });
const written = (length: number, write: (target: Float32Array, at: number) => void): Float32Array => {
  const target = new Float32Array(length + 3);
  write(target, 3);
  return target.subarray(3);
};

describe('drawings to learn from', () => {
  it('are what the trained network will see', async () => {
    for (const options of [{ parts: 3 }, { parts: 1, ink: 255 }, { parts: 2, resolution: 12 }, { parts: 1, resolution: [30, 15] }]) {
      const { training } = await load(options);
      const { channels, preprocessing, height, width } = training;
      const spec: InputSpec = { size: [height, width], channels, fixedSize: true, preprocessing };
      for (let i = 0; i < training.labels.length; i++) {
        const values = written(24 * 24 * channels, (target, at) => training.write(i, target, at));
        expect(Math.max(...values)).toBeGreaterThan(0);
        const label = training.labels[i] ?? -1;
        const same = await Promise.all(
          Array.from({ length: 24 }, async (_, n) => {
            const item = await dataset.item(n);
            return item.kind === 'drawing' && item.label === label && `${drawingValues(item.drawing, spec).data}` === `${values}`;
          }),
        );
        expect(same.filter(Boolean)).toHaveLength(1);
      }
    }
  });

  it('are split into those learned from and those measured', async () => {
    const { training, measured } = await load({ folds: 2, fold: 2 });
    expect(training.labels.length + (measured?.labels.length ?? 0)).toBe(24);
    expect(measured?.labels.length).toBeGreaterThan(3);
    await expect(load({ folds: 2, fold: 3 })).rejects.toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: The training holds out fold 3, but there are 2. Expected 1 to 2.]`,
    );
  });

  it('differ from time to time as the random numbers do, and never without an augmentation', async () => {
    const { training, measured } = await load({ parts: 1, augmentation: { deform: 'both', removals: [0, 0.5], noise: 0.1 } });
    const seen = (seed: number) => written(24 * 24, (target, at) => training.writeDistorted(0, createRandom(seed), target, at));
    expect(seen(1)).toEqual(seen(1));
    expect(seen(1)).not.toEqual(seen(2));
    if (!measured) throw new Error('nothing was held out');
    const plain = written(24 * 24, (target, at) => measured.write(0, target, at));
    expect(written(24 * 24, (target, at) => measured.writeDistorted(0, createRandom(1), target, at))).toEqual(plain);
  });

  it('lose ink with the strokes that are removed', async () => {
    const { training } = await load({ parts: 1, augmentation: { removals: [0.6], flip: false, rotate: 0, shift: 0 } });
    const ink = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0);
    for (let i = 0; i < 5; i++) {
      const whole = ink(written(24 * 24, (target, at) => training.write(i, target, at)));
      const left = ink(written(24 * 24, (target, at) => training.writeDistorted(i, createRandom(1), target, at)));
      expect(left).toBeLessThan(whole);
      expect(left).toBeGreaterThan(0);
    }
  });
});
