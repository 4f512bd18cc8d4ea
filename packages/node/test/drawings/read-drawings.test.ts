import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { packTar } from 'modern-tar';
import { beforeAll, describe, expect, it } from 'vitest';
import { linesOf } from '../../src/drawings/lines.js';
import { openDataset, readDrawings, type SkippedLine, sharpCodec } from '../../src/index.js';
import { temporaryFolder } from '../folder.js';

const root = await temporaryFolder();
const line = (word: string, id: number) =>
  JSON.stringify({
    word,
    key_id: String(id),
    drawing: [
      [
        [0, id],
        [0, 1],
      ],
    ],
  });
const CATS = [line('cat', 1), 'not a drawing', '', line('cat', 2)].join('\n');
const DOGS = `${line('dog', 3)}\r\n${line('dog', 4)}\n`;

const read = async (path: string) => {
  const skipped: SkippedLine[] = [];
  const found: string[] = [];
  for await (const { source, word, id } of readDrawings(join(root, path), (one) => skipped.push(one)))
    found.push(`${source.slice(root.length + 1)} ${word} ${id}`);
  return { found, skipped: skipped.map(({ source, problem }) => `${source.slice(root.length + 1)} ${problem}`) };
};

beforeAll(async () => {
  await mkdir(join(root, 'folder'));
  await writeFile(join(root, 'folder/cat.ndjson'), CATS);
  await writeFile(join(root, 'folder/dog.ndjson.gz'), gzipSync(DOGS));
  const archive = await packTar([
    { header: { name: 'sketches/', size: 0, type: 'directory' } },
    { header: { name: 'sketches/cat.ndjson', size: CATS.length }, body: CATS },
    { header: { name: 'sketches/notes.txt', size: 4 }, body: 'text' },
    { header: { name: 'sketches/dog.ndjson', size: DOGS.length }, body: DOGS },
  ]);
  await writeFile(join(root, 'all.tar.gz'), gzipSync(archive));
  await mkdir(join(root, 'packed'));
  await writeFile(join(root, 'packed/all.tar.gz'), gzipSync(archive));
  await writeFile(join(root, 'packed/more.ndjson'), line('cow', 5));
  await writeFile(join(root, 'torn.tar.gz'), gzipSync(archive).subarray(0, 100));
  await writeFile(join(root, 'odd.tar.gz'), gzipSync(archive.subarray(0, 900)));
  await writeFile(join(root, 'empty.ndjson'), '\n\nnothing\n');
});

describe('drawings', () => {
  it('are read from a file by line, and what is broken is told of', async () => {
    expect(await read('folder/cat.ndjson')).toEqual({
      found: ['folder/cat.ndjson#1 cat 1', 'folder/cat.ndjson#4 cat 2'],
      skipped: ['folder/cat.ndjson#2 it is not JSON'],
    });
  });

  it('are read from packed files, folders and archives', async () => {
    expect((await read('folder/dog.ndjson.gz')).found).toEqual(['folder/dog.ndjson.gz#1 dog 3', 'folder/dog.ndjson.gz#2 dog 4']);
    expect((await read('folder')).found).toHaveLength(4);
    expect(await read('all.tar.gz')).toEqual({
      found: ['cat.ndjson#1 cat 1', 'cat.ndjson#4 cat 2', 'dog.ndjson#1 dog 3', 'dog.ndjson#2 dog 4'].map(
        (name) => `all.tar.gz/sketches/${name}`,
      ),
      skipped: ['all.tar.gz/sketches/cat.ndjson#2 it is not JSON'],
    });
  });

  it('are read from a folder of archives', async () => {
    expect((await read('packed')).found).toEqual([
      'packed/all.tar.gz/sketches/cat.ndjson#1 cat 1',
      'packed/all.tar.gz/sketches/cat.ndjson#4 cat 2',
      'packed/all.tar.gz/sketches/dog.ndjson#1 dog 3',
      'packed/all.tar.gz/sketches/dog.ndjson#2 dog 4',
      'packed/more.ndjson#1 cow 5',
    ]);
    const dataset = await openDataset([join(root, 'packed')], sharpCodec);
    expect([dataset.size, dataset.labels]).toEqual([5, ['cat', 'cow', 'dog']]);
  });

  it('end early without harm', async () => {
    for await (const { id } of readDrawings(join(root, 'all.tar.gz'))) {
      expect(id).toBe('1');
      break;
    }
  });

  it.each([
    ['torn.tar.gz', 'file/unreadable'],
    ['odd.tar.gz', 'drawing/bad-archive'],
    ['missing.ndjson', 'dataset/missing'],
  ])('%s: %s', async (path, code) => {
    await expect(read(path)).rejects.toMatchObject({ code, category: 'usage' });
  });
});

describe('lines', () => {
  it('may be cut anywhere, also within a character', async () => {
    const bytes = Buffer.from('ärger\n€\n\nend');
    for (let cut = 1; cut < bytes.length; cut++) {
      const pieces = async function* () {
        yield bytes.subarray(0, cut);
        yield bytes.subarray(cut);
      };
      const lines: string[] = [];
      for await (const text of linesOf(pieces())) lines.push(text);
      expect(lines).toEqual(['ärger', '€', '', 'end']);
    }
  });
});

describe('a data set', () => {
  it('of drawings has their words as classes, and each knows its identity', async () => {
    const warnings: string[] = [];
    const dataset = await openDataset([join(root, 'all.tar.gz')], sharpCodec, (message) => warnings.push(message));
    expect(dataset).toMatchObject({ size: 4, labels: ['cat', 'dog'] });
    const item = await dataset.item(2);
    expect(item).toMatchObject({ kind: 'drawing', label: 1, id: '3' });
    expect(item.name).toContain('sketches/dog.ndjson#1');
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain('1 of 5 lines of');
    expect((await openDataset([join(root, 'folder')], sharpCodec)).size).toBe(4);
  });

  it('without a drawing is refused', async () => {
    await expect(openDataset([join(root, 'empty.ndjson')], sharpCodec)).rejects.toMatchObject({ code: 'drawing/none' });
  });
});
