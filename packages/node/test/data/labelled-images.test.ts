import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type LabelledImages, loadLabelledImages, splitByNumber } from '../../src/index.js';
import { dataFolder } from '../shared.js';

const cifar = join(dataFolder, 'cifar10-jpg-20k');
const present = existsSync(join(cifar, 'cifar10-test-10000-jpg.zip'));
if (!present) console.warn(`skipped: ${cifar}/cifar10-test-10000-jpg.zip is not there`);

describe.skipIf(!present)('loadLabelledImages on CIFAR-10', () => {
  let set: LabelledImages;

  beforeAll(async () => {
    const archives = ['cifar10-train-first1000perclass-jpg.zip', 'cifar10-test-10000-jpg.zip'];
    set = await loadLabelledImages(
      archives.map((name) => join(cifar, name)),
      { size: 32 },
    );
  });

  it('merges two archives and splits them 18,000 to 2,000', async () => {
    expect(set.classes).toEqual((await readFile(join(cifar, 'batches.meta.txt'), 'utf8')).trim().split('\n'));
    expect(set.images).toHaveLength(20_000 * 32 * 32 * 3);
    const { training, measuring } = splitByNumber(set, { folder: 'test', from: 800, to: 999 });
    expect([training.names.length, measuring.names.length]).toEqual([18_000, 2_000]);
    expect(measuring.labels.filter((label) => label === 7)).toHaveLength(200);
    expect(measuring.images).toHaveLength(2_000 * 32 * 32 * 3);
  });

  it('decodes to nearly the pixels of the binary file', async () => {
    const binary = await loadLabelledImages([join(cifar, 'cifar10-test-first100perclass.bin')], { size: 32 });
    let [difference, count] = [0, 0];
    binary.labels.forEach((label, record) => {
      const other = 10_000 + label * 1000 + Math.floor(record / 10);
      expect(set.labels[other]).toBe(label);
      for (let i = 0; i < 3072; i++) {
        difference += Math.abs((binary.images[record * 3072 + i] ?? 0) - (set.images[other * 3072 + i] ?? 0));
        count++;
      }
    });
    expect(difference / count).toBeLessThan(1.5);
  });
});
