import { referenceForward } from '@featurescope/core/testing';
import { describe, expect, it } from 'vitest';
import { expectedOutputs, fixture, read } from './read-fixture.js';

const EXPECTED = await expectedOutputs();

describe('networks agree with Keras', () => {
  const cases = Object.values(EXPECTED).flatMap((one) => one.files.map((file) => ({ ...one, file })));

  it.each(cases)('$file', async ({ file, size, input, output }) => {
    const { network } = await read(await fixture(file), file, [size[0], size[1]]);
    const main = network.outputs.at(-1) ?? '';
    const { values } = referenceForward(network, { shape: [1, ...size], data: Float64Array.from(input) }, { wanted: [main] });
    const actual = values.get(main)?.data ?? [];
    expect(actual.length).toBe(output.length);
    expect(output.reduce((most, value, i) => Math.max(most, Math.abs(value - (actual[i] ?? Number.NaN))), 0)).toBeLessThan(1e-4);
  });
});

describe('what a file says', () => {
  const imported = async (file: string) => read(await fixture(file), file);
  const layersOf = async (file: string) => (await imported(file)).network.layers.map(({ name, kind }) => `${name} ${kind}`);

  it('keeps the names of layers, in both forms alike', async () => {
    expect(await layersOf('residual.keras')).toMatchInlineSnapshot(`
      [
        "first conv",
        "norm1 batchNorm",
        "act1 relu",
        "second conv",
        "norm2 batchNorm",
        "sum add",
        "act2 relu",
        "pool globalAvgPool",
        "classes dense",
      ]
    `);
    expect(await layersOf('residual.h5')).toEqual(await layersOf('residual.keras'));
  });

  it('keeps every weight of the network', async () => {
    const counted = async (file: string) =>
      [...(await imported(file)).network.weights.values()].reduce((sum, { data }) => sum + data.length, 0);
    for (const name of ['plain', 'depthwise', 'shared', 'k2-plain', 'k2-nested']) {
      for (const file of EXPECTED[name]?.files ?? []) expect([file, await counted(file)]).toEqual([file, EXPECTED[name]?.parameters]);
    }
  });

  it('leaves the size open where it is, and knows where it cannot be', async () => {
    const sizes = ['residual.keras', 'plain.h5', 'branches.keras'].map(async (file) => {
      const { size, fixedSize, network } = await imported(file);
      return [size, fixedSize, network.input.shape];
    });
    expect(await Promise.all(sizes)).toEqual([
      [[224, 224], false, [null, null, 3]],
      [[7, 6], true, [7, 6, 3]],
      [[7, 6], true, [7, 6, 4]],
    ]);
  });

  it('gives no labels and no preprocessing', async () => {
    expect(Object.keys(await imported('plain.keras')).sort()).toEqual(['fixedSize', 'network', 'size']);
  });
});
