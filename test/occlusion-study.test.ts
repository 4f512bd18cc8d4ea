import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Config, validateConfig } from '@featurescope/core';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { errorsOfRefinement, probabilitiesOfChanged } from '../examples/occlusion-study/reports.mjs';
import { metricLines, picturesOf, tableLines } from '../examples/support/results.mjs';
import { scene } from '../examples/visualizing-and-understanding/scenes.mjs';
import { temporaryFolder } from '../packages/cli/test/support/folder.js';
import { configOf, eventsOf, exampleFolder, figuresIn, withOptions } from './support/examples.js';

const EXAMPLE = 'occlusion-study';

/** Options under which a figure takes little time. */
const SMALL: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  occlusion: { stride: 4 },
  correspondence: { random: 2 },
  invariance: { translations: 3, scales: [0.5, 1, 2], rotations: [0, 90] },
};

const small = withOptions(SMALL);

const folder = temporaryFolder();

/** The pictures that each figure is made of, how many there are of each, and what else is read from its results. */
const SHOWN: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  photos: { figure: 2 },
  windows: { 'attribution-3': 1, 'attribution-6': 1, 'attribution-12': 1, attribution: 1 },
  baselines: { attribution: 3 },
  refine: { 'score-map': 4 },
  correspondence: { parts: 1, consistency: 1 },
  invariance: { transformed: 2, 'vertical-translation': 1, scale: 1, rotation: 1 },
};

/** Results of a figure on at most two pictures, on its own ones where it needs them all. */
async function made(figure: string): Promise<string> {
  const config = await configOf(EXAMPLE, figure);
  expect(() => validateConfig(config)).not.toThrow();
  const inputs = figure === 'correspondence' ? config.inputs : config.inputs?.slice(0, 2);
  const out = join(folder, figure);
  const quick: Config = { ...config, ...(inputs && { inputs }), out, visualizers: config.visualizers.map(small) };
  const events = await eventsOf(quick);
  expect(events.at(-1)).toMatchObject({ type: 'run-finished', status: 'done', failed: 0 });
  return `${out}/`;
}

describe('the figures', () => {
  it('are those that are shown', () => expect(figuresIn(EXAMPLE).toSorted()).toEqual(Object.keys(SHOWN).toSorted()));

  it.for(Object.entries(SHOWN))('%s can be made, from a correct config', async ([figure, pictures]) => {
    const results = await made(figure);
    for (const [name, count] of Object.entries(pictures)) expect(picturesOf(results, [name]), name).toHaveLength(count);
  });

  it('give the numbers of the page', async () => {
    expect(metricLines(join(folder, 'photos/')).map((line) => line.replace(/[\d.]+$/, 'n'))).toEqual([
      'run 1, automobile-02, score: n',
      'run 1, horse-03, score: n',
    ]);
    const [name, columns, ...rows] = tableLines(join(folder, 'correspondence/'), ['consistency']);
    expect([name, columns]).toEqual(['consistency.csv', '  layer,part,mean,deviation,pairs,random']);
    expect(rows.map((row) => row.trim().split(',').slice(0, 2).join())).toEqual(
      ['relu4_2', 'pool4'].flatMap((layer) => ['eye l', 'eye r', 'nose', 'random'].map((part) => `${layer},${part}`)),
    );
    expect(probabilitiesOfChanged(join(folder, 'invariance/'))).toHaveLength(2 * 4);
    const errors = errorsOfRefinement(join(folder, 'refine/'));
    expect(errors).toHaveLength(3);
    for (const error of errors) expect(error).toMatch(/^run \d: \d+ of 64 windows \([\d.]+ %\), true error [\d.]+ % .* [\d.]+ % at most$/);
  });
});

/** Mean of the red, green and blue of a part of a picture. */
async function brightness(picture: string, box: { left: number; top: number; width: number; height: number }): Promise<number> {
  const { channels } = await sharp(await sharp(Buffer.from(picture)).flatten().extract(box).png().toBuffer()).stats();
  return channels.reduce((sum, { mean }) => sum + mean, 0) / channels.length;
}

describe('the parts', () => {
  const [columns, ...rows] = readFileSync(join(exampleFolder(EXAMPLE), 'parts.csv'), 'utf8')
    .trim()
    .split('\n');

  it('are three of each of eight dogs', () => {
    expect(columns).toBe('input,part,top,left,height,width');
    const expected = Array.from({ length: 8 }, (_, i) => ['eye l', 'eye r', 'nose'].map((part) => `dog-0${i + 1},${part}`)).flat();
    expect(rows.map((row) => row.split(',').slice(0, 2).join())).toEqual(expected);
  });

  it.for(rows)('are where the drawing has something dark: %s', async (row) => {
    const [dog = '', part, ...numbers] = row.split(',');
    const [top = 0, left = 0, height = 0, width = 0] = numbers.map(Number);
    const drawing = scene('dog', Number(dog.split('-')[1]));
    const core = { top: top + Math.round(height / 3), left: left + Math.round(width / 3), height: height >> 2, width: width >> 2 };
    expect(part).not.toBe('');
    // Eyes and noses are nearly black, the fur around them is not in any of the dogs.
    expect(await brightness(drawing, core)).toBeLessThan(45);
    expect(await brightness(drawing, { top, left, height, width })).toBeGreaterThan(45);
  });
});
