import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Config, validateConfig } from '@featurescope/core';
import { describe, expect, it } from 'vitest';
import networks from '../examples/sketch-a-net/training/networks.config.js';
import { picturesOf, tablesOf } from '../examples/support/results.mjs';
import { temporaryFolder } from '../packages/cli/test/support/folder.js';
import { configOf, eventsOf, exampleFolder, figuresIn, withOptions } from './support/examples.js';

const EXAMPLE = 'sketch-a-net';

/** Options under which a figure takes little time. */
const SMALL: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  dream: { iterations: 2 },
  'class-model': { iterations: 2 },
  occlusion: { stride: 24 },
  augmentations: { count: 2 },
};
const small = withOptions(SMALL);

const folder = temporaryFolder();

/** The pictures that each figure is made of, and how many there are of each. */
const SHOWN: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  channels: { channels: 3, strokes: 3 },
  scales: { scales: 1 },
  augmentations: { augmentations: 1 },
  strokes: { strokes: 2, along: 1 },
  looking: { image: 2, signed: 2, attribution: 1, 'score-map': 1 },
  filters: { filters: 1 },
  'filters-photo': { filters: 1 },
};

/** Figures that need the drawings of Quick, Draw!, and minutes. */
const MEASURED = ['fusion', 'networks', 'orders', 'online'];

async function made(figure: string): Promise<string> {
  const config = await configOf(EXAMPLE, figure);
  const inputs = config.inputs?.slice(0, 1);
  const out = join(folder, figure);
  const quick: Config = { ...config, ...(inputs && { inputs }), out, visualizers: config.visualizers.map(small) };
  const events = await eventsOf(quick);
  expect(events.at(-1)).toMatchObject({ type: 'run-finished', status: 'done', failed: 0 });
  return `${out}/`;
}

describe('the figures', () => {
  it('are those that are shown and those that are measured', () =>
    expect(figuresIn(EXAMPLE).toSorted()).toEqual([...Object.keys(SHOWN), ...MEASURED].toSorted()));

  it.for(MEASURED)('%s has a correct config', async (figure) => {
    const config = await configOf(EXAMPLE, figure);
    expect(() => validateConfig(config)).not.toThrow();
    expect(config.dataset).toContain('quickdraw');
  });

  it.for(Object.entries(SHOWN))('%s can be made, from a correct config', { timeout: 120_000 }, async ([figure, pictures]) => {
    const results = await made(figure);
    for (const [name, count] of Object.entries(pictures)) expect(picturesOf(results, [name]), name).toHaveLength(count);
  });

  it('show the stroke without which the class is no longer seen', async () => {
    const [strokes = ''] = tablesOf(join(folder, 'strokes/'), 'strokes');
    const [columns, ...rows] = readFileSync(strokes, 'utf8').trim().split('\n');
    expect(columns).toBe('stroke,drop,score,class,label');
    expect(rows.map((row) => Number(row.split(',')[0]))).toEqual([1, 2, 3, 4]);
    // The circle and the mouth make the face, not one of the eyes.
    const drops = rows.map((row) => Number(row.split(',')[1]));
    expect(Math.min(drops[0] ?? 0, drops[3] ?? 0)).toBeGreaterThan(Math.max(drops[1] ?? 1, drops[2] ?? 1));
  });
});

describe('the drawings', () => {
  it('are what draw.mjs draws', () => {
    const file = join(exampleFolder(EXAMPLE), 'drawings.ndjson');
    const again = join(folder, 'again.ndjson');
    const { status } = spawnSync(process.execPath, [join(exampleFolder(EXAMPLE), 'draw.mjs'), again], { encoding: 'utf8' });
    expect(status).toBe(0);
    expect(readFileSync(again, 'utf8')).toBe(readFileSync(file, 'utf8'));
  });
});

describe('the networks of the tables', () => {
  it('are eleven and their first one in each of three folds, none named twice', () => {
    const names = networks.map(({ name }) => name);
    expect(names).toHaveLength(36);
    expect(new Set(names).size).toBe(36);
    expect(names.slice(0, 3)).toEqual(['pretraining-fold-1', 'sketchanet-128-fold-1', 'sketchanet-96-fold-1']);
    const known = new Set(names);
    for (const { from } of networks) for (const name of [from ?? []].flat()) expect(known.has(name)).toBe(true);
  });
});
