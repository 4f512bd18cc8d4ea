import { describe, expect, it } from 'vitest';
import { architectures, readManifest } from '../../src/index.js';

describe('the list of hub models', async () => {
  const models = await readManifest();

  it('has unique names that are no architectures', () => {
    const names = models.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => architectures.some((architecture) => architecture.name === name))).toEqual([]);
  });

  it('names several addresses, a digest and a size for every file', () => {
    for (const { model } of models) {
      expect(model.urls.length).toBeGreaterThanOrEqual(3);
      expect(model.urls.every((url) => url.endsWith(model.file))).toBe(true);
    }
    expect(new Set(models.map(({ model }) => model.sha256)).size).toBe(models.length);
  });

  it('says so when there is no preprocessing', () => {
    for (const { preprocessing, note } of models) expect(preprocessing === undefined).toBe(note !== undefined);
    expect(models.find(({ name }) => name === 'resnet18-v1')?.preprocessing).toEqual({
      channelOrder: 'rgb',
      scale: 1,
      mean: [123.675, 116.28, 103.53],
      std: [58.395, 57.12, 57.375],
      resizeShortSide: 256,
    });
  });
});
