import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { zipSync } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import { fileDatasetLoader, loadLabelledImages, openDataset, sharpCodec, splitByNumber } from '../../src/index.js';
import { temporaryFolder } from '../folder.js';
import { picture } from '../pictures.js';

const root = await temporaryFolder();
const [folder, zip, binary] = [join(root, 'folder'), join(root, 'set.zip'), join(root, 'batch.bin')];
const level = (value: number, width = 32, height = 32) => sharpCodec.encodePng(picture(width, height, 3, () => value));

beforeAll(async () => {
  const files = { 'train/dog/0002.png': 20, 'train/cat/0001.png': 10, 'train/cat/0000.png': 5 };
  for (const [name, value] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), await level(value));
  }
  await writeFile(join(folder, 'train/cat/notes.txt'), 'text');
  await mkdir(join(root, 'void'));
  await writeFile(
    zip,
    zipSync({
      'test/dog/0000.png': await level(30),
      'test/ant/0001.png': await level(40),
      'test/ant/.x.png': new Uint8Array(1),
      'loose.png': new Uint8Array(1),
    }),
  );
  const record = new Uint8Array(3073);
  record.set([3, 1, 2]);
  record[1 + 1024] = 7;
  await writeFile(binary, record);
});

describe('openDataset', () => {
  it('merges sources and numbers the classes by name', async () => {
    const dataset = await fileDatasetLoader(sharpCodec).load(`${folder}, ${zip}`);
    expect(dataset).toMatchObject({ name: 'folder+set', size: 5, labels: ['ant', 'cat', 'dog'] });
    const items = await Promise.all(Array.from({ length: 5 }, (_, i) => dataset.item(i)));
    expect(items.map((item) => [item.name, item.label, item.kind === 'picture' && item.image.data[0]])).toEqual([
      ['train/cat/0000.png', 1, 5],
      ['train/cat/0001.png', 1, 10],
      ['train/dog/0002.png', 2, 20],
      ['test/ant/0001.png', 0, 40],
      ['test/dog/0000.png', 2, 30],
    ]);
    await expect(dataset.item(5)).rejects.toThrow('has no item 5. Expected 0 to 4.');
  });

  it('reads the binary layout of CIFAR-10', async () => {
    const item = await (await openDataset([binary], sharpCodec)).item(0);
    if (item.kind !== 'picture') throw new Error('no picture');
    const { name, label, image } = item;
    expect([name, label, image.width, ...image.data.subarray(0, 4)]).toEqual(['batch/cat/00000', 0, 32, 1, 7, 0, 2]);
  });

  it.each([
    ['nothing', 'dataset/missing', /"nothing" does not exist/],
    [join(root, 'folder2'), 'dataset/missing', /Did you mean ".*folder"/],
    [join(root, 'void'), 'dataset/empty', /has no pictures/],
    [join(root, 'folder/train/cat/notes.txt'), 'dataset/bad-archive', /cannot be read: it is too short/],
  ])('refuses %s', async (source, code, message) => {
    const failed = await openDataset([source], sharpCodec).catch((error: unknown) => error);
    expect(failed).toMatchObject({ code, category: 'usage', message: expect.stringMatching(message) });
  });

  it('takes pictures without classes, but not for training', async () => {
    const flat = join(root, 'folder/train/cat');
    const dataset = await openDataset([flat], sharpCodec);
    expect(dataset).toMatchObject({ size: 2, labels: [] });
    expect(await dataset.item(1)).toEqual({ kind: 'picture', name: '0001.png', image: expect.objectContaining({ width: 32 }) });
    await expect(loadLabelledImages([flat], { size: 8 })).rejects.toMatchObject({ code: 'dataset/no-classes' });
  });

  it('refuses a binary file of another length or with other labels', async () => {
    const bad = join(root, 'bad.bin');
    for (const bytes of [new Uint8Array(3072), new Uint8Array(0), Uint8Array.from({ length: 3073 }, () => 200)]) {
      await writeFile(bad, bytes);
      await expect(openDataset([bad], sharpCodec)).rejects.toMatchObject({ code: 'dataset/bad-cifar' });
    }
  });
});

describe('loadLabelledImages', () => {
  it('decodes everything to one size and can be split by number', async () => {
    const progress: number[] = [];
    const set = await loadLabelledImages([folder, zip], { size: [4, 6], onProgress: (done) => progress.push(done) });
    expect(set).toMatchObject({ classes: ['ant', 'cat', 'dog'], height: 4, width: 6, labels: Int32Array.of(1, 1, 2, 0, 2) });
    expect(Array.from({ length: 5 }, (_, i) => set.images[i * 72 + 71])).toEqual([5, 10, 20, 40, 30]);
    expect(progress).toEqual([1, 2, 3, 4, 5]);
    const { training, measuring } = splitByNumber(set, { folder: 'train', from: 1, to: 2 });
    expect(measuring.names).toEqual(['train/cat/0001.png', 'train/dog/0002.png']);
    expect([measuring.images[0], measuring.images[72], ...measuring.labels]).toEqual([10, 20, 1, 2]);
    expect(training.names).toHaveLength(3);
  });

  it('takes the order of the classes that is given, and refuses others', async () => {
    const set = await loadLabelledImages([folder], { size: 32, classes: ['dog', 'cat'] });
    expect([...set.labels]).toEqual([1, 1, 0]);
    await expect(loadLabelledImages([folder], { size: 32, classes: ['dog'] })).rejects.toMatchObject({ code: 'dataset/unknown-class' });
  });

  it('crops the centre of pictures of another form', async () => {
    const wide = join(root, 'wide');
    await mkdir(join(wide, 'a'), { recursive: true });
    await writeFile(join(wide, 'a/x.png'), await sharpCodec.encodePng(picture(60, 20, 1, (_y, x) => (x >= 20 && x < 40 ? 200 : 0))));
    const { images } = await loadLabelledImages([wide], { size: 20 });
    expect(images.every((sample) => sample === 200)).toBe(true);
  });

  it('names the picture that is damaged', async () => {
    const torn = join(root, 'torn');
    await mkdir(join(torn, 'a'), { recursive: true });
    await writeFile(join(torn, 'a/x.png'), (await level(1)).subarray(0, 60));
    await expect(loadLabelledImages([torn], { size: 8 })).rejects.toThrow(/"a\/x.png" cannot be read as a picture/);
  });
});
