import '@tensorflow/tfjs';
import { readFileSync } from 'node:fs';
import { type Artifact, createModel, decodeModelFile } from '@featurescope/core';
import { referenceExecutor, testContext } from '@featurescope/core/testing';
import { describe, expect, it } from 'vitest';
import { filters } from '../../src/filters/filters.js';

const weights = new URL('../../../models/weights/photonet/', import.meta.url);

type Row = Readonly<Record<string, string | number | boolean>>;

/** The table of fits to the bundled network after so many epochs, and what is said about it. */
async function fitsAfter(epochs: string): Promise<{ readonly rows: readonly Row[]; readonly description: string }> {
  const file = decodeModelFile(new Uint8Array(readFileSync(new URL(`epoch-${epochs}.safetensors`, weights))), 'photonet');
  const model = await createModel({ ...file, executor: referenceExecutor });
  const artifacts: Artifact[] = [];
  const { visualizer, options } = filters();
  for await (const event of visualizer.run(testContext({ model, inputs: [] }), options as never))
    if (event.type === 'artifact') artifacts.push(event.artifact);
  model.dispose();
  const table = artifacts.find(({ kind, name }) => kind === 'table' && name === 'gabor');
  if (table?.kind !== 'table') throw new Error('no table');
  const rows = table.rows.map((row) => Object.fromEntries(table.columns.map((column, i) => [column, row[i] ?? ''])));
  return { rows, description: table.description ?? '' };
}

describe('the first filters of the bundled network', () => {
  it('are Gabors for the most part, more than noise of their size would be', async () => {
    const { rows, description } = await fitsAfter('64');
    expect(rows).toHaveLength(32);
    expect(rows.filter(({ r2 }) => Number(r2) > 0.9).length).toBeGreaterThan(24);
    const noise = Number(/exceeds ([\d.]+)$/.exec(description)?.[1]);
    expect(noise).toBeGreaterThan(0.4);
    expect(noise).toBeLessThan(0.8);
    // Stripes, not only blobs: all around the clock, where the wave is resolved.
    const waves = rows.filter(({ unresolved }) => !unresolved);
    expect(waves.length).toBeGreaterThan(16);
    const sixths = new Set(waves.map(({ orientation }) => Math.floor((Number(orientation) / Math.PI) * 6)));
    expect(sixths.size).toBeGreaterThanOrEqual(5);
  });

  it('become Gabors by training', async () => {
    const median = (rows: readonly Row[]) => rows.map(({ r2 }) => Number(r2)).toSorted((a, b) => a - b)[16] ?? 0;
    const [early, late] = [await fitsAfter('01'), await fitsAfter('64')];
    expect(median(late.rows)).toBeGreaterThan(median(early.rows) + 0.05);
  });
});
