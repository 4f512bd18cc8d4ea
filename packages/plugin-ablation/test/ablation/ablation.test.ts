import '@tensorflow/tfjs';
import { eventProblems, testVisualizer } from '@featurescope/core/testing';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { artifactOf, CLASSES, collect, inThisWorld, lines, SHORT } from './world.js';

testVisualizer(inThisWorld, { describe, it, options: SHORT });

describe('ablation', () => {
  it('yields a row for each variant and seed, with errors in percent and the number of parameters', async () => {
    const all = await collect();
    const { columns, rows } = artifactOf(all, 'table', 'ablation');
    expect(columns).toEqual(['variant', 'seed', 'trainTop1', 'validationTop1', 'validationTop5', 'parameters']);
    const [conv, full] = [3 * 3 * 3 * 4 + 4, 2 * 2 * 4 * 8 + 8 + 8 * 3 + 3];
    expect(rows.map(([variant, seed, , , , parameters]) => [variant, seed, parameters])).toEqual([
      ['base', 1, conv + full],
      ['base', 2, conv + full],
      ['without 2', 1, conv + 2 * 2 * 4 * 3 + 3],
      ['without 2', 2, conv + 2 * 2 * 4 * 3 + 3],
    ]);
    // 27 pictures to learn from, 9 held out: errors are whole numbers of pictures.
    for (const [, , train, validation, top5] of rows) {
      expect((Number(train) * 27) / 100).toBeCloseTo(Math.round((Number(train) * 27) / 100), 3);
      expect((Number(validation) * 9) / 100).toBeCloseTo(Math.round((Number(validation) * 9) / 100), 3);
      expect(top5).toBe(0);
    }
    expect(eventProblems(all)).toEqual([]);
  });

  it('learns what can be learned, without dropout and distortions in what is measured', async () => {
    const { rows } = artifactOf(
      await collect({ epochs: 40, learningRate: 0.05, seeds: [1], variants: ['base'] }, { dataset: lines(24) }),
      'table',
      'ablation',
    );
    const [, , train, validation] = rows[0] ?? [];
    expect(Number(train)).toBeLessThan(10);
    expect(Number(validation)).toBeLessThan(25);
  });

  it('trains equal variants alike, whatever else is in the list', async () => {
    const twice = [
      { name: 'one', options: {} },
      { name: 'other', options: { remove: [2] } },
      { name: 'two', options: {} },
    ];
    const { rows } = artifactOf(await collect({ variants: twice, seeds: [3] }), 'table', 'ablation');
    const { rows: alone } = artifactOf(await collect({ variants: twice.slice(2), seeds: [3] }), 'table', 'ablation');
    expect(rows[2]?.slice(1)).toEqual(rows[0]?.slice(1));
    expect(rows[2]).toEqual(alone[0]);
    const { rows: history } = artifactOf(await collect({ variants: twice, seeds: [3] }), 'table', 'history');
    const of = (name: string) => history.filter(([variant]) => variant === name).map((row) => row.slice(1));
    expect(of('two')).toEqual(of('one'));
    expect(of('other')).not.toEqual(of('one'));
  });

  it('shows curves and first-layer filters of each variant', async () => {
    const all = await collect();
    const filters = artifactOf(all, 'table', 'filters');
    expect(filters.rows.map(([variant, seed, layer, count]) => [variant, seed, layer, count])).toEqual([
      ['base', 1, 'conv', 4],
      ['base', 2, 'conv', 4],
      ['without 2', 1, 'conv', 4],
      ['without 2', 2, 'conv', 4],
    ]);
    for (const slug of ['base', 'without-2']) {
      expect(artifactOf(all, 'image', `filters-${slug}`).image.width).toBeGreaterThan(90);
      expect(artifactOf(all, 'plot', `curves-${slug}`).plot).toHaveProperty('data.values');
    }
    expect(artifactOf(all, 'table', 'history').rows).toHaveLength(2 * 2 * 2);
  });

  it('says how far it is in pictures and reports series by variant and seed', async () => {
    const all = await collect();
    const progress = all.flatMap((event) => (event.type === 'progress' ? [event] : []));
    // 36 pictures are read; 4 trainings of 2 epochs of 24 pictures, and as much again for measuring as an epoch.
    expect(progress.at(-1)).toMatchObject({ done: 36 + 4 * 3 * 24, total: 36 + 4 * 3 * 24 });
    const series = new Set(all.flatMap((event) => (event.type === 'metric' ? [event.series] : [])));
    expect(series).toContain('without 2, seed 2: measured-accuracy');
  });

  it('goes on when a training diverges, and leaves its errors empty', async () => {
    const bad = { name: 'hopeless', options: { rate: 0 } };
    const all = await collect({ variants: [bad, 'base'], seeds: [1], learningRate: 1e30, epochs: 1 });
    const { rows } = artifactOf(all, 'table', 'ablation');
    expect(rows[0]?.slice(0, 5)).toEqual(['hopeless', 1, '', '', '']);
    expect(all.find((event) => event.type === 'warning' && event.message.includes('hopeless, seed 1: Training diverged'))).toBeDefined();
    expect(eventProblems(all)).toEqual([]);
  });

  it.each(['train', 'compile'] as const)('leaves no tensor behind when %s fails', async (part) => {
    const before = tf.memory().numTensors;
    const broken =
      part === 'compile'
        ? { compile: () => Promise.reject(new Error('planned')) }
        : {
            async *train() {
              yield { type: 'progress', done: 0, total: 1 } as const;
              throw new Error('planned');
            },
          };
    await expect(collect({}, broken)).rejects.toThrow('planned');
    expect(tf.memory().numTensors).toBe(before);
  });

  it('warns of what has no effect', async () => {
    const own = [{ name: 'one', architecture: 'miniature' }];
    const all = await collect({ architecture: 'photonet', variants: own, dropout: 0.5, warmup: 2, epochs: 2, seeds: [1] });
    const warnings = all.flatMap((event) => (event.type === 'warning' ? [event.message] : []));
    expect(warnings).toEqual([
      'no effect of --dropout on one: the architecture has no such option.',
      'no effect of --architecture photonet: each of --variants names another.',
      'no effect of --schedule: the learning rate grows through all 2 epochs (--warmup 2).',
      `the top-5 error says nothing about ${CLASSES.length} classes: it is always 0.`,
    ]);
  });
});
