import { isFeaturescopeError, type Network } from '@featurescope/core';
import fc from 'fast-check';
import { zlibSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { fixtureBytes, readBytes } from './fixtures.js';
import { cell, element, HEADER, type Item, joined, matrix, row, single, structs, text } from './mat5-writer.js';
import { conv, type DagDraft, dagFile, layer, simpleFile, sized } from './networks.js';

/** A network, or the error that a user would see; anything else is thrown on. */
const attempt = async (bytes: Uint8Array): Promise<Network | string> => {
  try {
    return (await readBytes(bytes)).network;
  } catch (error) {
    if (isFeaturescopeError(error)) return error.message;
    throw error;
  }
};

const MAT5 = ['simple-octave-v6.mat', 'simple-octave-v7.mat', 'dag-scipy-compressed.mat', 'simple-big-endian.mat'];

describe('damaged files of version 5 give an error or a network, never anything else', () => {
  it.each(MAT5)('%s cut off', async (name) => {
    const good = fixtureBytes(name);
    expect(typeof (await attempt(good))).toBe('object');
    for (let end = 0; end < good.length; end += 23) await attempt(good.subarray(0, end));
  });

  it.each(MAT5)('%s with changed bytes', async (name) => {
    const good = fixtureBytes(name);
    const changes = fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(changes, async (changed) => {
        const bytes = Uint8Array.from(good);
        for (const [at, value] of changed) bytes[at] = value;
        await attempt(bytes);
      }),
      { numRuns: 300 },
    );
  });

  it('with changed bytes before compression', async () => {
    const variable = matrix(cell(conv([3, 3, 3, 2], { pad: row(1), stride: row(2) }), layer('softmax')), 'layers');
    const changes = fc.array(fc.tuple(fc.nat(variable.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(changes, async (changed) => {
        const bytes = Uint8Array.from(variable);
        for (const [at, value] of changed) bytes[at] = value;
        await attempt(joined([HEADER, element(15, zlibSync(bytes))]));
      }),
      { numRuns: 500 },
    );
  });

  it('a single changed bit in compressed weights is noticed', async () => {
    const good = fixtureBytes('simple-octave-v7.mat');
    for (let at = 200; at < 1400; at += 97) {
      const bytes = Uint8Array.from(good);
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      expect(await attempt(bytes)).toContain('damaged or incomplete');
    }
  });
});

describe('damaged files of version 7.3', () => {
  const good = fixtureBytes('simple-hdf5storage.mat');

  it('cut off', async () => {
    for (let end = 0; end < good.length; end += 6000) expect(typeof (await attempt(good.slice(0, end)))).toBe('string');
  });

  it('with changed bytes', async () => {
    const changes = fc.array(fc.tuple(fc.integer({ min: 512, max: good.length - 1 }), fc.nat(255)), { minLength: 1, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(changes, async (changed) => {
        const bytes = Uint8Array.from(good);
        for (const [at, value] of changed) bytes[at] = value;
        await attempt(bytes);
      }),
      { numRuns: 25 },
    );
  }, 60_000);
});

describe('small files that ask for much', () => {
  const uint32 = (...values: readonly number[]) => new Uint8Array(Uint32Array.from(values).buffer);

  it('a compressed variable that becomes gigabytes', async () => {
    const start = matrix(row(1), 'layers');
    start.set(uint32(2 ** 31), 4);
    const bytes = joined([HEADER, element(15, zlibSync(start))]);
    expect(await attempt(bytes)).toContain('"layers" would take 2147483656 bytes, more than the 67110');
  });

  it('a compressed variable that becomes more than it declares', async () => {
    const variable = joined([matrix(row(1), 'layers'), new Uint8Array(2 ** 24)]);
    expect(await attempt(joined([HEADER, element(15, zlibSync(variable))]))).toContain('becomes more than the');
  });

  it('a compressed variable that becomes less than it declares', async () => {
    const variable = matrix(row(1), 'layers');
    variable.set(uint32(2 ** 20), 4);
    expect(await attempt(joined([HEADER, element(15, zlibSync(variable))]))).toContain('expected 1048584');
  });

  it('many compressed variables', async () => {
    const bomb = zlibSync(joined([matrix(row(1), 'x'), new Uint8Array(2 ** 20)]));
    const bytes = joined([HEADER, ...Array.from({ length: 1001 }, () => element(15, bomb))]);
    expect(await attempt(bytes)).toContain('it has more than 1000 variables');
  });

  it.each<[string, Item, string]>([
    ['a cell array of billions', { arrayClass: 1, dims: [2 ** 30, 2], body: [] }, 'declares 2147483648 items'],
    ['a size beyond numbers', { arrayClass: 1, dims: [2 ** 30, 2 ** 30], body: [] }, 'has the size 1073741824×1073741824'],
    ['a negative size', { arrayClass: 1, dims: [-1, -1], body: [] }, 'has the size -1×-1'],
    ['no dimensions', { arrayClass: 1, dims: [], body: [] }, 'has 0 dimensions'],
    ['too many dimensions', { arrayClass: 1, dims: Array.from({ length: 40 }, () => 1), body: [] }, 'has 40 dimensions'],
    ['a cell array of very many layers', cell(...Array.from({ length: 5001 }, () => layer('relu'))), 'it has 5001 layers'],
  ])('%s', async (_, item, part) => expect(await attempt(joined([HEADER, matrix(item, 'layers')]))).toContain(part));

  it('weights of a size that overflows', async () => {
    const weights = { ...single([1, 1], [1]), dims: [2 ** 20, 2 ** 20, 2 ** 12] };
    expect(await attempt(simpleFile([layer('conv', { weights: cell(weights) })]))).toContain(
      'of size 1048576×1048576×4096 needs 18014398509481984 bytes, but has 4',
    );
  });

  it('cells within cells within cells', async () => {
    let item: Item = row(1);
    for (let depth = 0; depth < 3000; depth++) item = cell(item);
    expect(await attempt(simpleFile([conv([1, 1, 3, 1])], { meta: item, ...sized(4, 4, 3) }))).toMatchObject({ outputs: ['layer1'] });
    expect(await attempt(joined([HEADER, matrix(item, 'layers')]))).toContain('layer 1 is a cell array of 1×1');
  });

  it('channels doubled over and over', async () => {
    const layers = Array.from(
      { length: 40 },
      (_, i): DagDraft => ({ name: `j${i}`, type: 'dagnn.Concat', inputs: [`x${i}`, `x${i}`], output: `x${i + 1}` }),
    );
    expect(await attempt(dagFile(layers, {}, sized(9, 9, 3)))).toContain('more than a gigabyte');
  });

  it('one parameter laid out over and over', async () => {
    // Each layer uses the parameter with others, so that none can share it.
    const many = Array.from({ length: 40 }, (_, i) => `b${i}`);
    const layers = many.map(
      (bias, i): DagDraft => ({ name: `c${i}`, type: 'dagnn.Conv', inputs: ['in'], output: bias, params: ['f', bias] }),
    );
    const params = Object.fromEntries(many.map((bias) => [bias, single([1, 1024], () => 0)]));
    const filters = single([32, 32, 1, 1024], () => 0);
    const file = dagFile(layers, { ...params, f: filters }, sized(32, 32, 1));
    expect(await attempt(file)).toContain('its layers use the same weights over and over');
  });

  it('five thousand layers in reverse', async () => {
    const count = 5000;
    const layers = Array.from(
      { length: count },
      (_, i): DagDraft => ({ name: 'same', type: 'dagnn.ReLU', inputs: [`x${count - 1 - i}`], output: `x${count - i}` }),
    );
    const network = await attempt(dagFile(layers, {}, sized(1, 1, 3)));
    expect(network).toMatchObject({ outputs: ['same#5000'] });
  });

  it('long texts', async () => {
    expect(await attempt(simpleFile([layer('relu', { name: text('a'.repeat(5000)) })]))).toContain('has a text of 5000 letters as name');
  });

  it('structures without elements', async () => {
    expect(await attempt(joined([HEADER, matrix({ ...structs({ name: text('a') }), dims: [0, 0] }, 'layers')]))).toContain(
      'its layers are empty',
    );
  });
});
