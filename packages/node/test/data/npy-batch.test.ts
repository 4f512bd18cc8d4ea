import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeNpy } from '@featurescope/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileDatasetLoader, openDataset, sharpCodec } from '../../src/index.js';
import { temporaryFolder } from '../folder.js';

const root = await temporaryFolder();

/** A `.npy` file with this header and data. */
const npy = (descr: string, order: 'True' | 'False', shape: readonly number[], data: Uint8Array): Uint8Array => {
  const text = `{'descr': '${descr}', 'fortran_order': ${order}, 'shape': (${shape.join(', ')}), }`.padEnd(117);
  return Uint8Array.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, 118, 0, ...new TextEncoder().encode(`${text}\n`), ...data]);
};

const written = async (name: string, bytes: Uint8Array): Promise<string> => {
  const path = join(root, name);
  await writeFile(path, bytes);
  return path;
};

const arrayOf = async (path: string, i: number) => {
  const item = await (await openDataset([path], sharpCodec)).item(i);
  if (item.kind !== 'array') throw new Error('no array');
  return item;
};

describe('a batch of arrays', () => {
  it('gives each array as it is, by its index', async () => {
    const extent = fc.integer({ min: 1, max: 5 });
    await fc.assert(
      fc.asyncProperty(extent, extent, extent, extent, async (n, h, w, c) => {
        const data = Float32Array.from({ length: n * h * w * c }, (_, i) => Math.sin(i) * 100);
        const path = await written('batch.npy', encodeNpy([n, h, w, c], data));
        const dataset = await openDataset([path], sharpCodec);
        expect(dataset).toMatchObject({ name: 'batch', size: n, labels: [] });
        const items = await Promise.all(Array.from({ length: n }, (_, i) => dataset.item(i)));
        const length = h * w * c;
        expect(items).toEqual(
          items.map((_, i) => ({ kind: 'array', name: String(i), shape: [h, w, c], values: data.slice(i * length, (i + 1) * length) })),
        );
      }),
      { numRuns: 20 },
    );
  });

  it('may be of other types and orders', async () => {
    const bytes = Uint8Array.from({ length: 12 }, (_, i) => i);
    expect((await arrayOf(await written('u1.npy', npy('|u1', 'False', [3, 2, 2, 1], bytes)), 2)).values).toEqual(
      Float32Array.of(8, 9, 10, 11),
    );
    const turned = await arrayOf(await written('fortran.npy', npy('|u1', 'True', [3, 2, 2, 1], bytes)), 1);
    expect(turned.values).toEqual(Float32Array.of(1, 7, 4, 10));
    const big = new Uint8Array(new Uint8Array(Float64Array.of(1.5, -2, 0.25, 3).buffer).reverse());
    expect((await arrayOf(await written('f8.npy', npy('>f8', 'False', [2, 1, 2, 1], big)), 0)).values).toEqual(Float32Array.of(3, 0.25));
  });

  it('stands beside other sources, its arrays under its name', async () => {
    await written('one.npy', encodeNpy([2, 1, 1, 1], Float32Array.of(1, 2)));
    await written('two.npy', encodeNpy([1, 1, 1, 1], Float32Array.of(3)));
    const dataset = await fileDatasetLoader(sharpCodec, root).load('one.npy, two.npy');
    const items = await Promise.all([0, 1, 2].map((i) => dataset.item(i)));
    expect(items.map((item) => [item.name, item.kind === 'array' && item.values[0]])).toEqual([
      ['one/0', 1],
      ['one/1', 2],
      ['two/0', 3],
    ]);
  });

  it('can be read by many at the same time', async () => {
    const data = Float32Array.from({ length: 400 }, (_, i) => i);
    const dataset = await openDataset([await written('many.npy', encodeNpy([100, 2, 2, 1], data))], sharpCodec);
    const items = await Promise.all(Array.from({ length: 100 }, (_, i) => dataset.item(99 - i)));
    expect(items.map((item) => item.kind === 'array' && item.values[3])).toEqual(Array.from({ length: 100 }, (_, i) => 399 - 4 * i));
  });

  const refusals: readonly (readonly [what: string, bytes: Uint8Array | undefined, message: RegExp])[] = [
    [
      'one array',
      encodeNpy([2, 2, 3], new Float32Array(12)),
      /shape \(2, 2, 3\)\. As a data set, expected \[pictures, height, width, channels\]/,
    ],
    ['an empty batch', npy('<f4', 'False', [0, 2, 2, 3], new Uint8Array()), /shape \(0, 2, 2, 3\)/],
    ['a torn file', encodeNpy([2, 2, 2, 1], new Float32Array(8)).subarray(0, 150), /\.npy.*bytes of data follow/],
    ['complex numbers', npy('<c8', 'False', [1, 1, 1, 1], new Uint8Array(8)), /complex/],
    ['no array', new TextEncoder().encode('nothing of the kind'), /does not start with the NumPy signature/],
    ['a missing file', undefined, /does not exist\. Expected a folder/],
  ];

  it.each(refusals)('is not %s', async (what, bytes, message) => {
    const path = bytes ? await written(`${what.replaceAll(' ', '-')}.npy`, bytes) : join(root, 'missing.npy');
    await expect(openDataset([path], sharpCodec)).rejects.toMatchObject({ category: 'usage', message: expect.stringMatching(message) });
  });

  it('says which array holds what is no number', async () => {
    const path = await written('holed.npy', encodeNpy([3, 1, 2, 1], Float32Array.of(1, 2, 3, Number.NaN, 5, 6)));
    const dataset = await openDataset([path], sharpCodec);
    await expect(dataset.item(1)).rejects.toThrow(/holed\.npy\[1\].*NaN at flat position 1/);
    expect(await dataset.item(2)).toMatchObject({ values: Float32Array.of(5, 6) });
  });
});
