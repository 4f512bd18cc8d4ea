import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeModelFile, defineTraining, type RunEvent } from '@featurescope/core';
import { lastValueFrom, toArray } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { train } from '../../src/index.js';
import { temporaryFolder } from '../support/folder.js';

/** Lines in a random place, `flat` or `steep`, as Quick, Draw! stores drawings. */
const drawing = (word: string, i: number): string => {
  const [a, b] = [(37 * i) % 200, (37 * i) % 200];
  const along = [0, 60, 120, 250];
  const across = along.map(() => a);
  const stroke = word === 'flat' ? [along, across] : [across, along];
  return JSON.stringify({ word, key_id: `${word} ${i}`, drawing: [stroke, [[b], [a]]] });
};
const lines = ['flat', 'steep'].flatMap((word) => Array.from({ length: 12 }, (_, i) => drawing(word, i)));
const folder = temporaryFolder({ 'lines.ndjson': lines.join('\n') });
process.chdir(folder);

const member = (name: string, scale: number | readonly number[], from?: string | readonly string[]) => ({
  name,
  ...(from !== undefined && { from: typeof from === 'string' ? from : [...from] }),
  architecture: { name: 'sketchANet', options: { width: 0.02 } },
  data: { kind: 'drawings', sources: ['lines.ndjson'], size: 81, ink: 1, parts: 2, folds: 4, resolution: scale },
  epochs: 1,
  batchSize: 4,
  checkpoints: [1],
  out: 'ensemble',
});
const list = defineTraining([
  member('fine', 90),
  member('coarse', 30, 'fine'),
  { ...member('joint', [90, 30], ['fine', 'coarse']), architecture: { name: 'sketchANetFused', options: { width: 0.02, scales: 2 } } },
]);

const checkpoint = (name: string) => readFileSync(join(folder, 'ensemble', 'checkpoints', name, 'epoch-01.safetensors'));
const skipped = (events: readonly RunEvent[]) => events.filter((event) => event.type === 'visualizer-skipped').length;

describe('a list of trainings', () => {
  it('trains one after the other on drawings, each from those before, and skips what is done when resumed', {
    timeout: 60_000,
  }, async () => {
    const events = await lastValueFrom(train(list).pipe(toArray()));
    expect(events.at(-1)).toMatchObject({ type: 'run-finished', status: 'done', failed: 0 });

    const file = decodeModelFile(checkpoint('coarse'), 'coarse');
    expect(file).toMatchObject({
      name: 'coarse@1',
      labels: ['flat', 'steep'],
      input: { size: [81, 81], channels: 3, preprocessing: { strokes: { parts: 2, resolution: 30 } } },
    });
    expect(file.details).toMatchObject({ training: { from: ['fine'], data: { kind: 'drawings', folds: 4, fold: 1 } } });
    expect(JSON.stringify(file.details)).not.toContain('lines.ndjson');
    expect(decodeModelFile(checkpoint('joint'), 'joint').input).toMatchObject({
      channels: 6,
      preprocessing: { strokes: { resolution: [90, 30] } },
    });

    const before = checkpoint('joint');
    const again = await lastValueFrom(train(list, { resume: true }).pipe(toArray()));
    expect(skipped(again)).toBe(3);
    expect(checkpoint('joint').equals(before)).toBe(true);
  });

  it('needs a name for each, one folder and runtime for all, and something to train', async () => {
    const run = (given: Parameters<typeof train>[0]) => lastValueFrom(train(given));
    await expect(run([member('same', 90), member('same', 30)])).rejects.toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: Two trainings of the list are called "same", but each needs a name of its own.]`,
    );
    await expect(run([member('a', 90), { ...member('b', 30), out: 'elsewhere' }])).rejects.toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: The trainings of a list are one run, but have different "out": "ensemble" and "elsewhere". Give all the same.]`,
    );
    await expect(run([])).rejects.toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: The training config is an empty list. Expected one training, or several.]`,
    );
    await expect(run({ ...member('a', 90), data: { kind: 'drawing' } })).rejects.toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: The training config names examples of the kind "drawing", which no plugin offers. Did you mean "drawings"?]`,
    );
    await expect(
      run({ ...member('a', 90), data: { kind: 'drawings', sources: ['lines.ndjson'], part: 3 } }),
    ).rejects.toThrowErrorMatchingInlineSnapshot(`
      [FeaturescopeError: The training config is not valid:
        - "data.part" is not known. Did you mean "parts", "split" or "fold"?]
    `);
  });
});
