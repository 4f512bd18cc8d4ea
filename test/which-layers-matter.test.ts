import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Config, validateConfig } from '@featurescope/core';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { picturesOf, tablesOf } from '../examples/support/results.mjs';
import { UNSEEN } from '../examples/which-layers-matter/study.js';
import seven from '../examples/which-layers-matter/training/seven.config.js';
import { temporaryFolder } from '../packages/cli/test/support/folder.js';
import { configOf, eventsOf, figuresIn, withOptions } from './support/examples.js';

const EXAMPLE = 'which-layers-matter';

const folder = temporaryFolder();
const PICTURES = join(folder, 'pictures');
const CLASSES = [...UNSEEN, 'ship'];

/** Options under which a figure takes little time. */
const small = withOptions({
  ablation: { seeds: [1], epochs: 1, batchSize: 4, width: 0.02 },
  transfer: { folds: 2, perClass: [2, 4], testPerClass: 3, scratchEpochs: 1, classes: UNSEEN, layers: ['@input', 'pool1', 'pool2'] },
});

/** Figures, and how many rows their main tables have with these options. */
const FIGURES: Readonly<Record<string, readonly [table: string, pictures: readonly string[]]>> = {
  ablation: ['ablation', ['ablation', 'changes', 'curves']],
  'ablation-alexnet': ['ablation', ['ablation', 'changes', 'curves']],
  transfer: ['transfer', ['accuracy', 'layers']],
  drawings: ['transfer', ['accuracy', 'layers']],
};

/** Noise of another colour for each class. */
beforeAll(async () => {
  for (const [i, name] of CLASSES.entries()) {
    mkdirSync(join(PICTURES, name), { recursive: true });
    for (let n = 0; n < 8; n++) {
      const background = { r: 60 * i, g: 200 - 60 * i, b: 20 * n };
      await sharp({ create: { width: 32, height: 32, channels: 3, background, noise: { type: 'gaussian', mean: 90, sigma: 30 } } })
        .png()
        .toFile(join(PICTURES, name, `${n}.png`));
    }
  }
});

describe('the figures', () => {
  it('are those that are tested', () => expect(figuresIn(EXAMPLE).toSorted()).toEqual(Object.keys(FIGURES).toSorted()));

  it.for(Object.entries(FIGURES))('%s can be made of other pictures', { timeout: 120_000 }, async ([figure, [table, pictures]]) => {
    const config = await configOf(EXAMPLE, figure);
    expect(() => validateConfig(config)).not.toThrow();
    const out = join(folder, figure);
    const quick: Config = { ...config, model: 'photonet', dataset: PICTURES, out, visualizers: config.visualizers.map(small) };
    const events = await eventsOf(quick);
    expect(events.at(-1)).toMatchObject({ type: 'run-finished', status: 'done', failed: 0 });
    const [path = ''] = tablesOf(`${out}/`, table);
    expect(readFileSync(path, 'utf8').trim().split('\n').length).toBeGreaterThan(5);
    for (const name of pictures) expect(picturesOf(`${out}/`, [name]), name).toHaveLength(1);
  });
});

describe('the network of seven classes', () => {
  it('learns nothing of the classes that its features are tried on', () => expect(seven.data.without).toEqual(UNSEEN));
});
