import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { classifierHead, type Drawing, decodeModelFile, drawingValues, type ModelFile } from '@featurescope/core';
import { openDataset } from '@featurescope/node';
import { createOnnxExecutor } from '@featurescope/runtime';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';

const WEIGHTS = join(import.meta.dirname, '../weights');
const DATA = join(
  process.env.FEATURESCOPE_DATA ?? join(import.meta.dirname, '../../../../shared/data'),
  'quickdraw-raw-timed/quickdraw-raw-345.tar.gz',
);
const SCALES = [128, 96, 64, 32];

const pathOf = (scale: number): string => join(WEIGHTS, `sketchanet-${scale}/epoch-30.safetensors`);
const load = async (scale: number): Promise<ModelFile> => decodeModelFile(await readFile(pathOf(scale)), `sketchanet-${scale}`);
const listed = async (): Promise<readonly (readonly string[])[]> =>
  (await readFile(join(WEIGHTS, 'sketchanet/drawings.csv'), 'utf8'))
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));

/** Classes that a network takes drawings for. */
async function answers({ network, input }: ModelFile, drawings: readonly Drawing[]): Promise<readonly number[]> {
  const { logits } = classifierHead(network);
  const compiled = await createOnnxExecutor().compile(network);
  const found: number[] = [];
  for (const drawing of drawings) {
    const { shape, data } = drawingValues(drawing, input);
    const picture = tf.tensor4d(data, shape);
    const scores = (await compiled.forward(picture, [logits])).get(logits);
    const values = [...((await scores?.data()) ?? [])];
    found.push(values.indexOf(Math.max(...values)));
    tf.dispose([picture, ...(scores ? [scores] : [])]);
  }
  compiled.dispose();
  return found;
}

describe('the bundled sketch networks', () => {
  it('have four scales, in 12 MB together', async () => {
    const sizes = await Promise.all(SCALES.map(async (scale) => (await stat(pathOf(scale))).size));
    expect(sizes.reduce((sum, size) => sum + size)).toBeLessThanOrEqual(12e6);
  });

  it.each(SCALES)('say how sketchanet-%i sees drawings, and which it did not learn from', async (scale) => {
    const { labels, input, details } = await load(scale);
    expect(labels).toHaveLength(36);
    const resolution = scale < 128 ? { resolution: scale } : {};
    expect(input).toMatchObject({
      size: [113, 113],
      channels: 6,
      preprocessing: { strokes: { canvas: 128, penWidth: 2, parts: 3, split: 'even', ...resolution } },
    });
    expect(details).toMatchObject({
      training: { name: `sketchanet-${scale}`, from: ['pretraining'], data: { folds: 3, fold: 1, minDrawings: 40 } },
    });
    expect(JSON.stringify(details)).not.toMatch(/[/\\]/);
  });

  it('list each drawing once, under a class that they know, a third of them held out', async () => {
    const rows = await listed();
    const { labels } = await load(128);
    expect(new Set(rows.map(([, id]) => id)).size).toBe(rows.length);
    expect([...new Set(rows.map(([name]) => name))]).toEqual(labels);
    expect(rows.filter(([, , fold]) => fold === '1')).toHaveLength(527);
  });

  it('recognise most of the drawings that were held out', { timeout: 120_000 }, async ({ skip }) => {
    if (!existsSync(DATA)) skip(`no drawings in ${DATA}: set FEATURESCOPE_DATA`);
    const heldOut = new Set((await listed()).flatMap(([, id, fold]) => (fold === '1' ? [id] : [])));
    const dataset = await openDataset([DATA], {} as Parameters<typeof openDataset>[1]);
    const [coarse, fine] = [await load(32), await load(128)];
    const drawings: Drawing[] = [];
    const labels: number[] = [];
    for (let i = 0; i < dataset.size; i++) {
      const item = await dataset.item(i);
      if (item.kind !== 'drawing' || !heldOut.has(item.id)) continue;
      drawings.push(item.drawing);
      labels.push(fine.labels?.indexOf(dataset.labels[item.label ?? -1] ?? '') ?? -1);
    }
    expect(drawings.length).toBeGreaterThan(400);
    for (const file of [coarse, fine]) {
      const right = (await answers(file, drawings)).filter((answer, i) => answer === labels[i]).length;
      // Four deviations of the sample below what training measured; chance is 1 in 36.
      expect(right / drawings.length).toBeGreaterThan(0.53);
    }
  });
});
