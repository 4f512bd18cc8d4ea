import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lastValueFrom, toArray } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { defineConfig, defineTraining, dream, gradient, objectives, run, train } from '../src/index.js';
import { temporaryFolder } from './support/folder.js';
import { tinyModelFile } from './support/model.js';
import { constantArray } from './support/npy.js';
import { noisePicture } from './support/picture.js';

const pictures = Object.fromEntries(
  await Promise.all(
    ['bright', 'dark'].flatMap((name, label) =>
      Array.from({ length: 4 }, async (_, i) => [`pictures/${name}/${i}.png`, await noisePicture(8, label === 0 ? 200 : 20, i)] as const),
    ),
  ),
);
const folder = temporaryFolder({ 'right.npy': constantArray([12, 10, 3]), 'tiny.safetensors': tinyModelFile(), ...pictures });
process.chdir(folder);

describe('the package', () => {
  it('runs a config on this machine', async () => {
    const config = defineConfig({
      model: 'tiny.safetensors',
      inputs: ['right.npy'],
      out: 'api',
      runtime: 'cpu',
      visualizers: [gradient({ class: 2 }), dream({ layers: ['conv2'], octaves: 1, iterations: 2 })],
    });
    const events = await lastValueFrom(run(config).pipe(toArray()));
    expect(events.at(-1)).toMatchObject({ type: 'run-finished', status: 'done', failed: 0 });
  });

  it('has the objectives', () => {
    expect(objectives.l2Norm('conv1').plus(objectives.classScore(3).times(0.5)).terms).toHaveLength(2);
  });

  it('trains a network, and goes on where a training was cancelled', async () => {
    const config = (out: string) =>
      defineTraining({
        name: 'pair',
        architecture: { name: 'photonet', options: { classes: 2, width: 0.1 } },
        data: { sources: ['pictures'], size: 8, measured: ['pictures'] },
        epochs: 3,
        batchSize: 4,
        checkpoints: [1, 3],
        out,
      });
    const events = await lastValueFrom(train(config('trained')).pipe(toArray()));
    expect(events.at(-1)).toMatchObject({ type: 'run-finished', status: 'done' });

    const cancelling = new AbortController();
    const seen = train(config('cancelled'), { signal: cancelling.signal });
    await new Promise<void>((resolve, reject) => {
      seen.subscribe({
        next: (event) => event.type === 'artifact' && cancelling.abort(),
        complete: resolve,
        error: reject,
      });
    });
    await lastValueFrom(train(config('cancelled'), { resume: true }));
    const checkpoint = (out: string) => readFileSync(join(folder, out, 'checkpoints', 'epoch-03.safetensors'));
    expect(checkpoint('cancelled').equals(checkpoint('trained'))).toBe(true);
    const { runs } = JSON.parse(readFileSync(join(folder, 'cancelled', 'manifest.json'), 'utf8')) as {
      runs: { artifacts: { name: string }[] }[];
    };
    expect(runs[0]?.artifacts.map(({ name }) => name)).toEqual(expect.arrayContaining(['epoch-01', 'epoch-03', 'loss', 'accuracy']));
  });
});
