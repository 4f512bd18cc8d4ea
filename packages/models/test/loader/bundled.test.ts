import { describe, expect, it } from 'vitest';
import { listModels, locateModel, readModel } from '../../src/index.js';

describe('the bundled network', () => {
  it('is what is read when no model is named', async () => {
    const located = await locateModel(undefined);
    expect(located).toMatchObject({ name: 'photonet', origin: 'bundled', format: 'safetensors' });
    const { network, input, labels } = await readModel(located);
    expect(labels).toHaveLength(10);
    expect(input).toMatchObject({ size: [32, 32], channels: 3 });
    expect([...network.weights.values()].reduce((sum, { data }) => sum + data.length, 0)).toBeLessThanOrEqual(1_500_000);
  });

  it('has checkpoints that can be read, the last of which has its name', async () => {
    const checkpoints = (await listModels({ env: {} })).filter(({ name }) => name.startsWith('photonet@'));
    expect(checkpoints.length).toBeGreaterThan(1);
    for (const { name } of checkpoints) expect((await readModel(await locateModel(name))).network.weights.size).toBeGreaterThan(0);
    const last = await locateModel(checkpoints.at(-1)?.name ?? '');
    expect((await locateModel('photonet')).path).toBe(last.path);
  });
});
