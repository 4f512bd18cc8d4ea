import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { packTar } from 'modern-tar';
import { describe, expect, it } from 'vitest';
import { loadLabelledImages, openDataset, sharpCodec } from '../../src/index.js';
import { temporaryFolder } from '../folder.js';
import { picture } from '../pictures.js';

const root = await temporaryFolder();
const level = (value: number) => sharpCodec.encodePng(picture(8, 8, 3, () => value));
const file = (name: string, body: string | Uint8Array) => {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  return { header: { name, size: bytes.length }, body: bytes };
};
const LONG = `train/${'very_'.repeat(40)}long_class/0003.png`;

const whole = await packTar([
  { header: { name: './train/', size: 0, type: 'directory' } },
  file('./train/dog/0002.png', await level(20)),
  file('./train/notes.txt', 'text '.repeat(500)),
  file('./train/cat/0001.png', await level(10)),
  file('./train/cat/._0001.png', 'of another system'),
  { header: { name: 'train/cat/link.png', size: 0, type: 'symlink', linkname: '0001.png' } },
  file(LONG, await level(30)),
]);

const without = await packTar([file('readme.txt', 'nothing')]);

const put = async (name: string, bytes: Uint8Array): Promise<string> => {
  await writeFile(join(root, name), bytes);
  return join(root, name);
};

const failure = (source: string) => openDataset([source], sharpCodec).catch((error: unknown) => error);

describe('an archive of pictures', () => {
  it.each([
    ['set.tar', whole],
    ['set.tar.gz', gzipSync(whole)],
    ['set.tgz', gzipSync(whole)],
  ])('%s has a class for each folder, in the order of the names', async (name, bytes) => {
    const dataset = await openDataset([await put(name, bytes)], sharpCodec);
    expect(dataset).toMatchObject({ size: 3, labels: ['cat', 'dog', LONG.split('/')[1]] });
    const items = await Promise.all([0, 1, 2].map((i) => dataset.item(i)));
    expect(items.map((item) => [item.name, item.label, item.kind === 'picture' && item.image.data[0]])).toEqual([
      ['train/cat/0001.png', 0, 10],
      ['train/dog/0002.png', 1, 20],
      [LONG, 2, 30],
    ]);
  });

  it('can be trained on', async () => {
    const set = await loadLabelledImages([await put('train.tar.gz', gzipSync(whole))], { size: 4 });
    expect([...set.labels]).toEqual([0, 1, 2]);
    expect([0, 48, 96].map((at) => set.images[at])).toEqual([10, 20, 30]);
  });

  it('gives the last of two files with one name', async () => {
    const twice = await packTar([file('a/x.png', await level(1)), file('a/x.png', await level(2))]);
    const dataset = await openDataset([await put('twice.tar', twice)], sharpCodec);
    expect(dataset.size).toBe(1);
    expect(await dataset.item(0)).toMatchObject({ image: { data: expect.toSatisfy((data: Uint8Array) => data[0] === 2) } });
  });

  it('is told from one of drawings by its first file of either kind', async () => {
    const drawing = JSON.stringify({
      word: 'cat',
      drawing: [
        [
          [0, 1],
          [2, 3],
        ],
      ],
    });
    const drawings = await packTar([file('readme.txt', 'drawings'), file('cat.ndjson', drawing), file('preview.png', await level(1))]);
    const dataset = await openDataset([await put('drawings.tar', drawings)], sharpCodec);
    expect(await dataset.item(0)).toMatchObject({ kind: 'drawing', label: 0 });
    expect(dataset.size).toBe(1);
  });

  it.each([
    ['empty.tar', without, 'dataset/empty', /has no pictures/],
    ['torn.tar', whole.subarray(0, 700), 'dataset/bad-archive', /torn\.tar" cannot be read/],
    ['odd.tar', new Uint8Array(2048).fill(65), 'dataset/bad-archive', /cannot be read: .*Expected a \.tar or \.tar\.gz file of pictures/],
    ['plain.tar.gz', whole, 'file/unreadable', /plain\.tar\.gz" cannot be read/],
  ])('%s is refused', async (name, bytes, code, message) => {
    const failed = await failure(await put(name, bytes));
    expect(failed).toMatchObject({ code, category: 'usage', message: expect.stringMatching(message) });
  });

  it('is refused when it says that a picture is larger than may be kept', async () => {
    const bytes = Uint8Array.from(await packTar([file('a/x.png', await level(1))]));
    bytes.set(new TextEncoder().encode('77777777777\0'), 124);
    bytes.fill(32, 148, 156);
    const sum = bytes.subarray(0, 512).reduce((total, byte) => total + byte, 0);
    bytes.set(new TextEncoder().encode(`${sum.toString(8).padStart(6, '0')}\0 `), 148);
    expect(await failure(await put('huge.tar', bytes))).toMatchObject({
      code: 'dataset/large-archive',
      message: expect.stringMatching(/take more than 1024 MiB.*Unpack it and give the folder/),
    });
  });

  it('is refused when it unpacks to far more than it is', async () => {
    const zeros = new Uint8Array(2 ** 26);
    const bomb = await packTar([file('x.txt', zeros)]);
    expect(await failure(await put('bomb.tar.gz', gzipSync(bomb, { level: 1 })))).toMatchObject({
      code: 'dataset/bad-archive',
      message: expect.stringMatching(/unpacks to more than 100 times its size/),
    });
  });

  it('answers any damage with an error of its own or with some pictures', async () => {
    const size = whole.length;
    await fc.assert(
      fc.asyncProperty(fc.nat(size - 1), fc.integer({ min: 1, max: 255 }), fc.nat(size), async (at, flip, cut) => {
        const bytes = whole.slice(0, cut % 2 === 0 ? size : cut);
        if (at < bytes.length) bytes[at] = (bytes[at] ?? 0) ^ flip;
        const outcome = await failure(await put('damaged.tar', bytes));
        if (outcome instanceof Error) expect(outcome).toMatchObject({ name: 'FeaturescopeError', category: 'usage' });
        else expect(outcome).toMatchObject({ size: expect.toSatisfy((number: number) => number > 0) });
      }),
      { numRuns: 100 },
    );
  });
});
