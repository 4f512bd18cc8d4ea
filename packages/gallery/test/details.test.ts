import { encodeNpy, type StoredArtifact } from '@featurescope/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCsv } from '../src/details/csv.js';
import { readDetails } from '../src/details/details.js';
import { pictureSize } from '../src/details/picture-size.js';
import { flatOptions, formatCell, formatDuration } from '../src/format.js';
import { manifestWith, runOf } from './manifest.js';

describe('parseCsv', () => {
  it('reads back whatever was written with quotes', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' ', 'é') });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 4 }).chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1 })),
        (rows) => {
          const text = rows.map((row) => `${row.map((value) => `"${value.replaceAll('"', '""')}"`).join(',')}\n`).join('');
          expect(parseCsv(text)).toEqual(rows);
        },
      ),
    );
  });

  it('reads plain cells, and a last row without an end', () => {
    expect(parseCsv('a,b\n1,\n,2')).toEqual([
      ['a', 'b'],
      ['1', ''],
      ['', '2'],
    ]);
    expect(parseCsv('a,b\n1,')).toEqual([
      ['a', 'b'],
      ['1', ''],
    ]);
  });
});

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('pictureSize', () => {
  it('reads PNG, three sorts of WebP, GIF, and SVG', () => {
    const png = Uint8Array.from([
      0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 1, 0xc3, 0, 0, 1, 0x2c, 8, 2, 0, 0, 0, 0,
    ]);
    expect(pictureSize(png)).toEqual({ width: 451, height: 300 });
    const webp = (chunk: string, at: number, ...rest: number[]) => {
      const file = new Uint8Array(34);
      file.set(bytes(`RIFF....WEBP${chunk}`));
      file.set(rest, at);
      return pictureSize(file);
    };
    expect(webp('VP8X', 24, 0xc2, 1, 0, 0x2b, 1, 0)).toEqual({ width: 451, height: 300 });
    expect(webp('VP8 ', 26, 0xc3, 1, 0x2c, 1)).toEqual({ width: 451, height: 300 });
    expect(webp('VP8L', 21, 0xc2, 0xc1, 0x4a, 0)).toEqual({ width: 451, height: 300 });
    expect(pictureSize(Uint8Array.of(...bytes('GIF89a'), 0xc3, 1, 0x2c, 1, 0, 0, 0))).toEqual({ width: 451, height: 300 });
    expect(pictureSize(bytes('<svg class="marks" width="480.4" height="280" viewBox="0 0 1 1">'))).toEqual({ width: 480, height: 280 });
  });

  it('knows nothing about anything else', () => {
    fc.assert(fc.property(fc.uint8Array(), (content) => void pictureSize(content)));
    expect(pictureSize(bytes('hello'))).toBeUndefined();
  });
});

describe('readDetails', () => {
  const artifact = (kind: StoredArtifact['kind'], path: string): StoredArtifact => ({ name: 'x', kind, path });
  const manifest = manifestWith([
    runOf({
      artifacts: [artifact('tensor', 'a.npy'), artifact('table', 't.csv'), artifact('json', 'j.json'), artifact('image', 'gone.png')],
    }),
  ]);
  const files: Record<string, Uint8Array> = {
    'a.npy': encodeNpy([2, 3, 1], new Float32Array(6)),
    't.csv': bytes(`a,b\n${'1,2\n'.repeat(250)}`),
    'j.json': bytes('{}'),
  };

  it('finds shapes, the first rows of tables and the beginning of JSON files', async () => {
    const details = await readDetails(manifest, async (path) => files[path]);
    expect(details.get('a.npy')).toEqual({ shape: [2, 3, 1] });
    expect(details.get('t.csv')?.table).toMatchObject({ columns: ['a', 'b'], total: 250, rows: { length: 100 } });
    expect(details.get('j.json')).toEqual({ text: '{}' });
    expect(details.has('gone.png')).toBe(false);
  });

  it('reads again only what it does not know, and survives what cannot be read', async () => {
    const known = await readDetails(manifest, async (path) => files[path]);
    const asked: string[] = [];
    const again = await readDetails(manifest, async (path) => Promise.reject(new Error(`${asked.push(path)}`)), known);
    expect(asked).toEqual(['gone.png']);
    expect(again).toEqual(known);
  });
});

describe('formats', () => {
  it.each([
    [0, '0 ms'],
    [840, '840 ms'],
    [12_345, '12.3 s'],
    [59_960, '1 min 00 s'],
    [245_000, '4 min 05 s'],
    [7_384_000, '2 h 03 min'],
  ] as const)('%i ms are %s', (duration, text) => expect(formatDuration(duration)).toBe(text));
  it('joins the names of nested options', () => {
    expect(flatOptions({ a: { b: { c: 1 }, d: [1, [2]] }, e: undefined, f: null, g: {} })).toEqual([
      ['a.b.c', '1'],
      ['a.d', '1, 2'],
      ['f', 'null'],
      ['g', '{}'],
    ]);
  });
  it.each([
    ['0.123456789', '0.12346'],
    ['1e-7', '1e-7'],
    ['123456789012', '123456789012'],
    ['abcdefghij', 'abcdefghij'],
    ['-3.14159265', '-3.1416'],
  ])('the cell %s is shown as %s', (cell, text) => expect(formatCell(cell)).toBe(text));
});
