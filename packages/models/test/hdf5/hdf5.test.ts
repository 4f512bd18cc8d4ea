import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isFeaturescopeError } from '@featurescope/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Hdf5File, openHdf5 } from '../../src/hdf5/index.js';

const fixture = (name: string): Promise<Uint8Array> => readFile(join(import.meta.dirname, 'fixtures', name));

/** The message that a user would see; anything else is thrown on. */
const problemOf = async (use: () => unknown): Promise<string> => {
  try {
    await use();
  } catch (error) {
    if (isFeaturescopeError(error)) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'no error';
};

describe('a file that h5py has written', () => {
  let file: Hdf5File;
  beforeAll(async () => {
    file = await openHdf5(await fixture('kinds.h5'), 'kinds.h5');
  });
  afterAll(() => file.close());

  it('lists groups and tells what is there', () => {
    expect(file.keys('/')).toEqual(expect.arrayContaining(['characters', 'numbers', 'packed', 'text']));
    expect(['/', '/numbers', '/packed', '/soft', '/nowhere', '/outside', '/none', '/none/none'].map((path) => file.kind(path))).toEqual([
      'group',
      'group',
      'dataset',
      'dataset',
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it.each<[string, string, unknown]>([
    ['i1', 'int8', Int8Array],
    ['u1', 'uint8', Uint8Array],
    ['i2', 'int16', Int16Array],
    ['u2', 'uint16', Uint16Array],
    ['i4', 'int32', Int32Array],
    ['u4', 'uint32', Uint32Array],
    ['i8', 'int64', Float64Array],
    ['u8', 'uint64', Float64Array],
    ['f2', 'float16', Float32Array],
    ['f4', 'float32', Float32Array],
    ['f8', 'float64', Float64Array],
    ['>f4', 'float32', Float32Array],
    ['>i2', 'int16', Int16Array],
  ])('reads %s', (name, dtype, kind) => {
    const dataset = file.dataset(`/numbers/${name}`);
    expect([dataset.dtype, dataset.shape]).toEqual([dtype, [2, 3]]);
    expect(dataset.numbers()).toBeInstanceOf(kind);
    expect([...dataset.numbers()]).toEqual([1, 2, 3, 4, 5, 100]);
  });

  it('reads booleans, single values and nothing', () => {
    expect([...file.dataset('/numbers/bool').numbers()]).toEqual([1, 0]);
    expect([file.dataset('/numbers/scalar').shape, ...file.dataset('/numbers/scalar').numbers()]).toEqual([[], 2.5]);
    expect([file.dataset('/numbers/empty').shape, file.dataset('/numbers/empty').numbers().length]).toEqual([[0, 3], 0]);
  });

  it('reads compressed pieces', () => {
    expect([...file.dataset('/packed').numbers()]).toEqual(Array.from({ length: 6000 }, (_, i) => i));
  });

  it('reads text', () => {
    expect(['text', 'fixed', 'characters'].map((name) => file.dataset(`/${name}`).text())).toEqual(['variable é', 'fixed', 'codes é']);
  });

  it('follows object references', () => {
    expect(file.dataset('/references').references()).toEqual(['/packed', '/numbers', '']);
  });

  it('reads attributes', () => {
    const names = ['text', 'fixed', 'list', 'names', 'number', 'numbers', 'fields', 'nothing', 'none'];
    expect(names.map((name) => file.attribute('/', name))).toEqual([
      'a variable text',
      'a fixed text',
      ['one', 'two'],
      ['first', 'second one'],
      7,
      Float64Array.of(1.5, 2.5),
      ['name', 'type'],
      undefined,
      undefined,
    ]);
  });

  it('says what does not fit', async () => {
    const problems = [
      () => file.dataset('/none'),
      () => file.dataset('/numbers'),
      () => file.dataset('/outside'),
      () => file.dataset('/virtual'),
      () => file.dataset('/raw').numbers(),
      () => file.dataset('/text').numbers(),
      () => file.dataset('/compound').numbers(),
      () => file.dataset('/packed').text(),
      () => file.dataset('/packed').references(),
      () => file.keys('/packed'),
      () => file.attribute('/none', 'a'),
    ];
    expect(await Promise.all(problems.map(problemOf))).toMatchInlineSnapshot(`
      [
        "hdf5/invalid: kinds.h5 cannot be read as an HDF5 file: it has no dataset "/none". The file is damaged or incomplete; fetch it or save it again.",
        "hdf5/invalid: kinds.h5 cannot be read as an HDF5 file: it has no dataset "/numbers". The file is damaged or incomplete; fetch it or save it again.",
        "hdf5/unsupported: kinds.h5: "/outside" is a link to another file, which is not followed.",
        "hdf5/unsupported: kinds.h5: "/virtual" is put together from other datasets, which is not supported.",
        "hdf5/invalid: kinds.h5 cannot be read as an HDF5 file: unable to seek in external raw data file. The file is damaged or incomplete; fetch it or save it again.",
        "hdf5/unsupported: kinds.h5: "/text" holds string values; expected numbers.",
        "hdf5/unsupported: kinds.h5: "/compound" holds compound values; expected numbers.",
        "hdf5/unsupported: kinds.h5: "/packed" holds float32 values; expected one text.",
        "hdf5/unsupported: kinds.h5: "/packed" holds float32 values; expected object references.",
        "hdf5/invalid: kinds.h5 cannot be read as an HDF5 file: not a group. The file is damaged or incomplete; fetch it or save it again.",
        "hdf5/invalid: kinds.h5 cannot be read as an HDF5 file: object 'none' doesn't exist. The file is damaged or incomplete; fetch it or save it again.",
      ]
    `);
  });
});

describe('files that are none, or damaged', () => {
  it('are refused', async () => {
    const bytes = await fixture('kinds.h5');
    const open = (part: Uint8Array) => problemOf(() => openHdf5(part, 'net.h5'));
    const problems = [
      open(new Uint8Array(0)),
      open(new TextEncoder().encode('<html>')),
      open(bytes.subarray(0, 530)),
      open(bytes.subarray(0, 9000)),
      problemOf(async () => {
        const file = await openHdf5(bytes, 'net.h5');
        file.close();
        file.keys('/');
      }),
    ];
    expect(await Promise.all(problems)).toMatchInlineSnapshot(`
      [
        "hdf5/invalid: net.h5 cannot be read as an HDF5 file: it does not begin as one. The file is damaged or incomplete; fetch it or save it again.",
        "hdf5/invalid: net.h5 cannot be read as an HDF5 file: it does not begin as one. The file is damaged or incomplete; fetch it or save it again.",
        "hdf5/invalid: net.h5 cannot be read as an HDF5 file: bad 1/2 rank for btree internal nodes. The file is damaged or incomplete; fetch it or save it again.",
        "hdf5/invalid: net.h5 cannot be read as an HDF5 file: truncated file: eof = 8488, sblock->base_addr = 512, stored_eof = 24285. The file is damaged or incomplete; fetch it or save it again.",
        "hdf5/unsupported: net.h5: it is closed.",
      ]
    `);
  });

  it('cannot ask for more than they hold', async () => {
    const file = await openHdf5(await fixture('bombs.h5'), 'bombs.h5');
    const problems = [
      ...['/declared', '/unwritten', '/pieces'].map((path) => () => file.dataset(path)),
      () => {
        for (let i = 0; i < 300; i++) file.dataset(`/again${i}`).numbers();
      },
    ];
    const messages: string[] = [];
    for (const problem of problems) messages.push(await problemOf(problem));
    expect(messages).toMatchInlineSnapshot(`
      [
        "hdf5/invalid: bombs.h5 cannot be read as an HDF5 file: "/declared" of 4 × 1048576 × 1048576 bytes does not fit into its 16374 bytes. The file is damaged or incomplete; fetch it or save it again.",
        "hdf5/invalid: bombs.h5 cannot be read as an HDF5 file: "/unwritten" of 4 × 268435456 bytes does not fit into its 16374 bytes. The file is damaged or incomplete; fetch it or save it again.",
        "hdf5/invalid: bombs.h5 cannot be read as an HDF5 file: "/pieces" of 4 × 16777216 bytes does not fit into its 16374 bytes. The file is damaged or incomplete; fetch it or save it again.",
        "hdf5/invalid: bombs.h5 cannot be read as an HDF5 file: up to "/again16" it gives 71303168 bytes, more than the 67370848 that are read from a file of its length. The file is damaged or incomplete; fetch it or save it again.",
      ]
    `);
  });

  it('leave the bytes as they were', async () => {
    const bytes = await fixture('kinds.h5');
    const before = Uint8Array.from(bytes);
    const file = await openHdf5(bytes, 'kinds.h5');
    file.dataset('/packed').numbers();
    file.close();
    expect(Uint8Array.from(bytes)).toEqual(before);
  });
});
