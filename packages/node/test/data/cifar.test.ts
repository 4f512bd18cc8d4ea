import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CIFAR_10, CIFAR_100 } from '../../src/data/cifar-classes.js';
import { openDataset, sharpCodec } from '../../src/index.js';
import { temporaryFolder } from '../folder.js';

const root = await temporaryFolder();

/** One record: labels, then a red, a green and a blue plane of one value each. */
const record = (labels: readonly number[], colour: readonly [number, number, number]): number[] => [
  ...labels,
  ...colour.flatMap((value) => Array.from({ length: 1024 }, () => value)),
];

const put = async (name: string, bytes: readonly number[]): Promise<string> => {
  await writeFile(join(root, name), Uint8Array.from(bytes));
  return join(root, name);
};

describe('a binary file of CIFAR-100', () => {
  it('has its fine labels as classes', async () => {
    const path = await put('test.bin', [...record([0, 99], [1, 2, 3]), ...record([19, 11], [4, 5, 6])]);
    const dataset = await openDataset([path], sharpCodec);
    expect(dataset).toMatchObject({ size: 2, labels: ['boy', 'worm'] });
    const item = await dataset.item(0);
    expect([item.name, item.label]).toEqual(['test/worm/00000', 1]);
    expect(item.kind === 'picture' && [...item.image.data.subarray(0, 6)]).toEqual([1, 2, 3, 1, 2, 3]);
  });

  it('takes the names of a file beside it', async () => {
    await mkdir(join(root, 'own'));
    await writeFile(join(root, 'own/fine_label_names.txt'), 'first\nsecond\n');
    const path = await put('own/train.bin', record([0, 1], [0, 0, 0]));
    expect((await openDataset([path], sharpCodec)).labels).toEqual(['second']);
    const beyond = await put('own/beyond.bin', record([0, 2], [0, 0, 0]));
    await expect(openDataset([beyond], sharpCodec)).rejects.toThrow(/record 0 has the label 2\. Expected records of 3,073 bytes/);
  });

  it('is told from one of CIFAR-10 by its length', async () => {
    expect((await openDataset([await put('ten.bin', record([3], [0, 0, 0]))], sharpCodec)).labels).toEqual(['cat']);
  });
});

describe('the names of the classes', () => {
  it('are ten, and a hundred in the order of the alphabet', () => {
    expect(CIFAR_10).toHaveLength(10);
    expect(new Set(CIFAR_100).size).toBe(100);
    expect(CIFAR_100).toEqual([...CIFAR_100].sort());
  });
});
