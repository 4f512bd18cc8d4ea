import '@tensorflow/tfjs';
import type { ConfiguredVisualizer } from '@featurescope/core';
import { describe, expect, it } from 'vitest';
import { backward, deconvnet } from '../../src/index.js';
import { maxPool, modelOf, networkOf, plain, type Row } from '../support/networks.js';
import { attributionOfArray, wave } from '../support/run.js';

const shape = [4, 6, 1] as const;

/** The signal of the whole pooled map, at the picture. */
async function unpooled(
  rows: readonly Row[],
  values: readonly number[] | Float32Array,
  configured: ConfiguredVisualizer,
): Promise<number[]> {
  const model = await modelOf(networkOf(1, rows, new Map([['none', { shape: [0], data: new Float32Array() }]])), shape);
  const { data } = await attributionOfArray(configured, model, shape, Float32Array.from(values));
  model.dispose();
  return Array.from(data, (value) => value + 0);
}

const whole = { layer: 'pool', unit: 0, wholeMap: true, signal: 'activation' } as const;

describe('unpooling', () => {
  it('puts what was pooled back where it came from, and zeros elsewhere', async () => {
    const x = wave(shape);
    const switches = new Set<number>();
    for (const top of [0, 2])
      for (const left of [0, 2, 4]) {
        const places = [0, 1, 6, 7].map((step) => top * 6 + left + step);
        switches.add(places.reduce((best, place) => ((x[place] ?? 0) > (x[best] ?? 0) ? place : best)));
      }
    // Deconvnet does not rectify at a pool, so negative maxima come back too.
    expect(await unpooled([maxPool('pool', 2, 2)], x, deconvnet(whole))).toEqual(
      Array.from(x, (value, i) => (switches.has(i) ? value : 0)),
    );
  });

  it('adds up signals that meet at one switch', async () => {
    const x = [0, 0, 0, 0, 0, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0];
    const ones = await unpooled([maxPool('pool', 3, 2, true)], x, deconvnet({ layer: 'pool', unit: 0, wholeMap: true }));
    // Windows of 3 every 2 in ceil mode: two share the 9 at (1, 2), three the 5 at (2, 4), and the one at the lower left holds zeros.
    expect(ones).toEqual(x.map((value, i) => (value === 9 ? 2 : value === 5 ? 3 : i === 12 ? 1 : 0)));
  });

  it('goes to the first of equals in row-major order', async () => {
    const ones = await unpooled(
      [maxPool('pool', 2, 2)],
      new Float32Array(24).fill(3),
      deconvnet({ layer: 'pool', unit: 0, wholeMap: true }),
    );
    expect(ones).toEqual([1, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0]);
  });

  it('can go to the centre of a window, or to all of it', async () => {
    const x = wave(shape);
    const pooled = [0, 2].flatMap((top) => [0, 2, 4].map((left) => Math.max(...[0, 1, 6, 7].map((step) => x[top * 6 + left + step] ?? 0))));
    const center = await unpooled([maxPool('pool', 2, 2)], x, backward({ ...whole, maxPool: 'center' }));
    const all = await unpooled([maxPool('pool', 2, 2)], x, backward({ ...whole, maxPool: 'all' }));
    const window = (i: number) => Math.floor(i / 12) * 3 + Math.floor((i % 6) / 2);
    expect(all).toEqual(Array.from(x, (_, i) => pooled[window(i)]));
    expect(center).toEqual(Array.from(x, (_, i) => (Math.floor(i / 6) % 2 === 0 && i % 2 === 0 ? pooled[window(i)] : 0)));
  });

  it('lets through only what was positive below a ReLU', async () => {
    const x = wave(shape);
    const kept = await unpooled([plain('relu', 'relu'), maxPool('pool', 2, 2)], x, backward({ ...whole, rectifySignal: true }));
    kept.forEach((value, i) => void expect(value === 0 || (value > 0 && value === x[i])).toBe(true));
    expect(kept.some((value) => value > 0)).toBe(true);
  });
});
