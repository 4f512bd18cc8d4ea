import { describe, expect, it } from 'vitest';
import { activations, fixture, fromChw, golden, readFrom, relativeError } from './caffe-files.js';

const files = (name: string) =>
  new Map([`${name}.prototxt`, `${name}.caffemodel`].map((file): [string, Uint8Array] => [file, fixture(file)]));

describe.each(['classic', 'legacy', 'normalised'])('the Caffe network "%s" gives what OpenCV computes from the same files', (name) => {
  const { input, outputs } = golden(name);
  const [, channels = 0, height = 0, width = 0] = input.shape;

  it('at every layer', async () => {
    const { network, size } = await readFrom(files(name), `${name}.prototxt`);
    expect(size).toEqual([height, width]);
    expect(network.input.shape[2]).toBe(channels);
    const given = activations(network, size, fromChw(input.values, channels), Object.keys(outputs));
    for (const [layer, { shape, values }] of Object.entries(outputs)) {
      const error = relativeError(given.get(layer) ?? [], fromChw(values, shape[1] ?? 1));
      expect(error, layer).toBeLessThan(1e-5);
    }
  });

  it('whichever of its two files is named', async () => {
    const [byText, byWeights] = await Promise.all(['prototxt', 'caffemodel'].map((ending) => readFrom(files(name), `${name}.${ending}`)));
    expect(byWeights).toEqual(byText);
  });
});
