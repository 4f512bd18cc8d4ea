import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadTrainingData, openDataset, sharpCodec } from '../../src/index.js';
import { temporaryFolder } from '../folder.js';
import { picture } from '../pictures.js';

const root = await temporaryFolder();
const PICTURES = { 'a.png': 10, 'b.png': 20, 'with, comma.png': 30, 'in "quotes".png': 40 };

beforeAll(async () => {
  await mkdir(join(root, 'sub'));
  for (const [name, value] of Object.entries(PICTURES))
    await writeFile(join(root, 'sub', name), await sharpCodec.encodePng(picture(8, 8, 3, () => value)));
});

const put = async (text: string | Uint8Array, name = 'table.csv'): Promise<string> => {
  await writeFile(join(root, name), text);
  return join(root, name);
};

const rowsOf = async (text: string) => {
  const dataset = await openDataset([await put(text)], sharpCodec);
  const items = await Promise.all(Array.from({ length: dataset.size }, (_, i) => dataset.item(i)));
  return items.map((item) => [
    item.name,
    item.label === undefined ? undefined : dataset.labels[item.label],
    item.kind === 'picture' && item.image.data[0],
  ]);
};

const failure = async (text: string | Uint8Array) => openDataset([await put(text)], sharpCodec).catch((error: unknown) => error);

describe('a table of pictures', () => {
  it('is found by the names of its columns, in its own order', async () => {
    expect(await rowsOf('id,Label,Path\n7,zebra,sub/b.png\n8,ant,sub/a.png\n9,zebra,sub/a.png\n')).toEqual([
      ['sub/b.png', 'zebra', 20],
      ['sub/a.png', 'ant', 10],
      ['sub/a.png', 'zebra', 10],
    ]);
  });

  it('without a header has paths and labels in its first two columns', async () => {
    expect(await rowsOf('sub/b.png,dog,further\r\nsub\\a.png,cat\r\n')).toEqual([
      ['sub/b.png', 'dog', 20],
      ['sub/a.png', 'cat', 10],
    ]);
  });

  it('may have quotes, blank lines, spaces and a byte order mark', async () => {
    const text = '\uFEFFpath , label\n\n"sub/with, comma.png", "two\nlines"\n"sub/in ""quotes"".png",x\n\n';
    expect(await rowsOf(text)).toEqual([
      ['sub/with, comma.png', 'two\nlines', 30],
      ['sub/in "quotes".png', 'x', 40],
    ]);
  });

  it('may give absolute paths, and no labels', async () => {
    const path = join(root, 'sub', 'a.png');
    expect(await rowsOf(`path\n${path}\n`)).toEqual([[path, undefined, 10]]);
    expect(await rowsOf('sub/a.png\nsub/b.png')).toEqual([
      ['sub/a.png', undefined, 10],
      ['sub/b.png', undefined, 20],
    ]);
  });

  it('can be trained and measured on', async () => {
    await put('path,label\nsub/b.png,dog\nsub/a.png,cat\n', 'train.csv');
    await put('path,label\nsub/a.png,cat\n', 'test.csv');
    const { training, measured } = await loadTrainingData({ sources: ['train.csv'], size: 4, measured: ['test.csv'] }, root);
    expect(training).toMatchObject({ classes: ['cat', 'dog'], names: ['sub/b.png', 'sub/a.png'], labels: Int32Array.of(1, 0) });
    expect([training.images[0], training.images[48], measured?.images[0]]).toEqual([20, 10, 10]);
    await put('path\nsub/b.png\n', 'bare.csv');
    await expect(loadTrainingData({ sources: ['bare.csv'], size: 4 }, root)).rejects.toMatchObject({ code: 'dataset/no-classes' });
  });

  it.each([
    [
      'path,label\nsub/a.png,x\n\nsub/none.png,x\nsub/b.png,y\nnor.png,x\n',
      'dataset/missing-picture',
      /^Line 4 .*names "sub\/none\.png", which is no file; 1 more line names/,
    ],
    ['path,label\nsub,x\n', 'dataset/missing-picture', /^Line 2 .*names "sub", which is no file\. Expected/],
    [
      'file,class\nsub/a.png,x\n',
      'dataset/unknown-columns',
      /no column of paths: its first line has "file", "class"\. Expected the columns path and label/,
    ],
    ['path,label\nsub/a.png,x\nsub/b.png\n', 'dataset/bad-csv', /^Line 3 .*"sub\/b\.png" has no label/],
    ['path,label\n,x\n', 'dataset/bad-csv', /^Line 2 .*it has no path/],
    ['path,label\nsub/a.png,x\n"sub/b.png,y\n', 'dataset/bad-csv', /^Line \d .*quote/i],
    ['', 'dataset/empty', /has no pictures/],
    ['path,label\n', 'dataset/empty', /or a table with a line for each/],
  ])('%j is refused', async (text, code, message) => {
    const failed = await failure(text);
    const line = failed instanceof Error ? failed.message : '';
    expect(failed).toMatchObject({ code, category: 'usage' });
    expect(line).toMatch(message);
  });

  it('is refused when one of its lines never ends', async () => {
    expect(await failure(`path,label\n"${'x'.repeat(200_000)}`)).toMatchObject({ code: 'dataset/bad-csv', category: 'usage' });
  });

  it('answers any bytes with an error of its own', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 200 }), fc.boolean(), async (bytes, headed) => {
        const text = headed ? Uint8Array.from([...new TextEncoder().encode('path,label\n'), ...bytes]) : bytes;
        expect(await failure(text)).toMatchObject({ name: 'FeaturescopeError', category: 'usage' });
      }),
      { numRuns: 200 },
    );
  });
});
