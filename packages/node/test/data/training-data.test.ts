import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadTrainingData } from '@featurescope/node';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let folder: string;

async function paint(path: string, red: number): Promise<void> {
  await sharp({ create: { width: 8, height: 8, channels: 3, background: { r: red, g: 0, b: 0 } } })
    .png()
    .toFile(path);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'featurescope-data-'));
  for (const source of ['train', 'test'])
    for (const [i, name] of ['cat', 'dog'].entries()) {
      await mkdir(join(folder, source, name), { recursive: true });
      for (let n = 0; n < 3; n++) await paint(join(folder, source, name, `000${n}.png`), 50 * i + 10 * n);
    }
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('loadTrainingData', () => {
  it('takes paths from the folder of the config', async () => {
    const { training, measured } = await loadTrainingData({ sources: ['train'], size: 8 }, folder);
    expect(training).toMatchObject({ height: 8, width: 8, classes: ['cat', 'dog'] });
    expect([...training.labels]).toEqual([0, 0, 0, 1, 1, 1]);
    expect(measured).toBeUndefined();
  });

  it('measures on further sources, with the same labels', async () => {
    const { measured } = await loadTrainingData(
      { sources: ['train'], size: 4, classes: ['dog', 'cat'], measured: [join(folder, 'test')] },
      folder,
    );
    expect(measured?.classes).toEqual(['dog', 'cat']);
    expect([...(measured?.labels ?? [])]).toEqual([1, 1, 1, 0, 0, 0]);
  });

  it('leaves out classes, in what is trained on and in what is measured', async () => {
    const config = { sources: ['train'], size: 4, without: ['cat'], measured: [join(folder, 'test')] };
    const { training, measured } = await loadTrainingData(config, folder);
    expect(training.classes).toEqual(['dog']);
    expect(training.names).toEqual(['dog/0000.png', 'dog/0001.png', 'dog/0002.png']);
    expect([...(measured?.labels ?? [])]).toEqual([0, 0, 0]);
    await expect(loadTrainingData({ ...config, without: ['cta'] }, folder)).rejects.toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: The class "cta" is to be left out, but the data set has no pictures of it. Did you mean "cat" or "dog"? Its classes: cat, dog.]`,
    );
    await expect(loadTrainingData({ ...config, without: ['cat', 'dog'] }, folder)).rejects.toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: No picture is left without the classes cat, dog: these are all there are.]`,
    );
  });

  it('names a source that is missing', async () => {
    await expect(loadTrainingData({ sources: ['trian'], size: 8 }, folder)).rejects.toMatchObject({
      name: 'FeaturescopeError',
      category: 'usage',
    });
  });
});
