import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isFeaturescopeError } from '@featurescope/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Hdf5File, openHdf5 } from '../../src/hdf5/index.js';

const ATTRIBUTES = ['text', 'list', 'names', 'numbers', 'fields'];
const MOST_OBJECTS = 200;

const attempt = <T>(use: () => T): T | undefined => {
  try {
    return use();
  } catch (error) {
    if (isFeaturescopeError(error)) return undefined;
    throw error;
  }
};

/** Reads all that a file holds, up to a number of objects; answers how many there were. */
const readAll = (file: Hdf5File): number => {
  const paths = ['/'];
  for (let i = 0; i < Math.min(paths.length, MOST_OBJECTS); i++) {
    const path = paths[i] ?? '/';
    for (const name of ATTRIBUTES) attempt(() => file.attribute(path, name));
    if (attempt(() => file.kind(path)) === 'group')
      paths.push(...(attempt(() => file.keys(path)) ?? []).map((name) => `${path === '/' ? '' : path}/${name}`));
    const dataset = attempt(() => file.dataset(path));
    attempt(() => dataset?.numbers());
    attempt(() => dataset?.text());
    attempt(() => dataset?.references());
  }
  return paths.length;
};

const readDamaged = async (bytes: Uint8Array): Promise<number> => {
  try {
    const file = await openHdf5(bytes, 'net.h5');
    const count = readAll(file);
    file.close();
    return count;
  } catch (error) {
    if (isFeaturescopeError(error)) return 0;
    throw error;
  }
};

describe('damaged HDF5 files give an error or values, never anything else', () => {
  const good = readFile(join(import.meta.dirname, 'fixtures/kinds.h5'));

  it('as they are', async () => expect(await readDamaged(await good)).toBe(29));

  it('cut off', async () => {
    const bytes = await good;
    for (let end = 512; end < bytes.length; end += 3000) await readDamaged(bytes.subarray(0, end));
  });

  // Offset and value found by such a test: the library goes round in circles in its heap of texts.
  it('even where the library does not come to an end', async () => {
    const bytes = Uint8Array.from(await good);
    bytes[18_123] = 236;
    const file = await openHdf5(bytes, 'net.h5');
    expect(() => file.attribute('/', 'text')).toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: net.h5 cannot be read as an HDF5 file: the HDF5 library does not come to an end with it. The file is damaged or incomplete; fetch it or save it again.]`,
    );
    expect(() => file.keys('/')).toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: net.h5 cannot be read as an HDF5 file: an earlier part of it cannot be read. The file is damaged or incomplete; fetch it or save it again.]`,
    );
    file.close();
  });

  it('with changed bytes', { timeout: 120_000 }, async () => {
    const bytes = await good;
    const change = fc.tuple(fc.nat(bytes.length - 513), fc.nat(255));
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 12 }), async (changes) => {
        const damaged = Uint8Array.from(bytes);
        for (const [at, value] of changes) damaged[512 + at] = value;
        await readDamaged(damaged);
      }),
      { numRuns: 15 },
    );
  });
});
