import '@tensorflow/tfjs';
import { afterAll, describe, expect, it } from 'vitest';
import { batchSizeFor } from '../../src/strokes/batch-size.js';
import { inkSpec, linearModel } from './linear-model.js';

describe('batchSizeFor', () => {
  const models: { dispose(): void }[] = [];
  afterAll(() => {
    for (const model of models) model.dispose();
  });

  const sizeOf = async (side: number, channels: number) => {
    const model = await linearModel(inkSpec(side, channels), () => 1);
    models.push(model);
    return batchSizeFor(model, ['score']);
  };

  it('takes many small drawings, and as many large ones as 256 MB hold', async () => {
    expect(await sizeOf(28, 1)).toBe(32);
    expect(await sizeOf(1024, 6)).toBe(Math.floor((256 * 2 ** 20) / (4 * (1024 * 1024 * 6 + 1))));
  });
});
