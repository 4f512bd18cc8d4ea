import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/folder.js';
import { tinyModelFile } from '../support/model.js';
import { constantArray } from '../support/npy.js';
import { noisePicture } from '../support/picture.js';
import { runCli } from '../support/run-cli.js';

const folder = temporaryFolder({
  'batch.npy': constantArray([5, 12, 10, 3]),
  'one.npy': constantArray([12, 10, 3]),
  'tiny.safetensors': tinyModelFile(),
  'photos/a/1.png': await noisePicture(12, 100, 1),
  'photos/b/2.png': await noisePicture(12, 120, 2),
  'named.json':
    '{ "model": "tiny.safetensors", "dataset": "batch.npy", "out": "named", "plugins": ["./count.ts"], "visualizers": ["count"] }',
  'count.ts': `import { defineVisualizer } from '@featurescope/core';
import { z } from 'zod';
export const count = defineVisualizer({
  name: 'count', summary: 'counts', options: z.strictObject({}), needsInputs: false,
  async *run({ dataset, inputs }) {
    const item = await dataset?.item(0);
    yield { type: 'artifact', artifact: { kind: 'json', name: 'found', value: { inputs: inputs.length, size: dataset?.size, labels: dataset?.labels, kind: item?.kind } } };
    yield { type: 'progress', done: 1, total: 1 };
  },
});`,
});

const LINE = 'count --plugin ./count.ts --model tiny.safetensors --quiet';
const found = (out: string): unknown => JSON.parse(readFileSync(join(folder, out, '01-count/found.json'), 'utf8'));

describe('--dataset', () => {
  it('is enough without inputs, and is read from where the command runs', async () => {
    expect(await runCli(`${LINE} --dataset batch.npy --out batch`, folder)).toEqual({ code: 0, out: '', err: '' });
    expect(found('batch')).toEqual({ inputs: 0, size: 5, labels: [], kind: 'array' });
    const { config } = JSON.parse(readFileSync(join(folder, 'batch/manifest.json'), 'utf8')) as { config: object };
    expect(config).toMatchObject({ dataset: 'batch.npy', inputs: [] });
  });

  it('takes folders, several sources, and inputs beside them', async () => {
    expect(await runCli(`${LINE} one.npy --dataset photos,batch.npy --out both`, folder)).toEqual({ code: 0, out: '', err: '' });
    expect(found('both')).toEqual({ inputs: 1, size: 7, labels: ['a', 'b'], kind: 'picture' });
  });

  it('wins over that of a config', async () => {
    expect(await runCli('run named.json --quiet', folder)).toMatchObject({ code: 0 });
    expect(found('named')).toMatchObject({ size: 5 });
    expect(await runCli('run named.json --dataset photos --out other --quiet', folder)).toMatchObject({ code: 0 });
    expect(found('other')).toMatchObject({ size: 2 });
  });

  it('stands in the help of a visualizer', async () => {
    expect((await runCli('gradient --help', folder)).out).toMatch(/--dataset <folder\|archive\|batch>/);
  });

  it.each([
    ['a data set that is not there', 'bach.npy', /The data set ".*bach\.npy" does not exist\. .*Did you mean ".*batch\.npy"/],
    ['an array of one picture', 'one.npy', /has shape \(12, 10, 3\)\. As a data set, expected/],
    ['a file of another kind', 'count.ts', /The archive ".*count\.ts" cannot be read/],
  ])('refuses %s', async (_what, dataset, message) => {
    const { code, err } = await runCli(`${LINE} --dataset ${dataset} --out wrong`, folder);
    expect({ code, lines: err.trimEnd().split('\n').length }).toEqual({ code: 2, lines: 1 });
    expect(err).toMatch(message);
  });

  it('does not stand for the inputs of a visualizer that needs some', async () => {
    const { code, err } = await runCli('gradient --model tiny.safetensors --dataset batch.npy', folder);
    expect({ code, err }).toMatchObject({ code: 2, err: expect.stringMatching(/gradient needs inputs/) });
  });
});
