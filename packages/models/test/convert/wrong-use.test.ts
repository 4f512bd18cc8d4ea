import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Layer, Network } from '@featurescope/core';
import { describe, expect, it } from 'vitest';
import { type ConvertOptions, convertModel } from '../../src/index.js';
import { failure, newFolder, runReference, saved, tinyFile } from './models.js';

const folder = await newFolder();
await saved(join(folder, 'tiny.safetensors'), tinyFile());

const convert = (from: string, to: string, options: ConvertOptions = {}) =>
  convertModel(from, to, { cwd: folder, run: runReference, ...options });

const messageOf = async (promise: Promise<unknown>): Promise<string> => (await failure(promise)).message.replaceAll(folder, '<folder>');

describe('wrong use', () => {
  const withLayer = (layer: Partial<Layer>): Network => {
    const { network } = tinyFile();
    const added = { name: 'added', inputs: ['conv2'], ...layer } as Layer;
    const layers = network.layers.flatMap((item) => (item.name === 'relu2' ? [added, { ...item, inputs: ['added'] }] : [item]));
    return { ...network, layers };
  };

  it('names the endings that can be written', async () => {
    expect(await messageOf(convert('tiny.safetensors', 'tiny.h5'))).toMatchInlineSnapshot(
      `"A model cannot be written as <folder>/tiny.h5: expected a name ending in .onnx, .safetensors, .prototxt, .caffemodel."`,
    );
    expect(await messageOf(convert('tiny.safetensors', 'tiny'))).toMatchInlineSnapshot(
      `"A model cannot be written as <folder>/tiny: expected a name ending in .onnx, .safetensors, .prototxt, .caffemodel."`,
    );
    expect(await messageOf(convert('tiny.safetensors', '.onnx'))).toMatchInlineSnapshot(
      `"A model cannot be written as <folder>/.onnx: expected a name ending in .onnx, .safetensors, .prototxt, .caffemodel."`,
    );
  });

  it('names the precisions of a format', async () => {
    expect(await messageOf(convert('tiny.safetensors', 'tiny.prototxt', { precision: 'float16' }))).toMatchInlineSnapshot(
      `"<folder>/tiny.prototxt cannot be written in float16: Caffe files hold their weights in "float32"."`,
    );
  });

  it('names a layer that a format cannot express', async () => {
    await saved(
      join(folder, 'even.safetensors'),
      tinyFile({ network: withLayer({ kind: 'lrn', size: 4, alpha: 1, beta: 0.75, bias: 1 }) }),
    );
    const error = await failure(convert('even.safetensors', 'even/x.onnx'));
    expect([error.category, error.message]).toMatchInlineSnapshot(`
      [
        "usage",
        "The layer "added" (lrn) cannot be written to ONNX: it normalises over 4 channels; expected an odd number.",
      ]
    `);
    expect(await readdir(folder)).not.toContain('even');
  });

  it('names a weight that is too large for half precision', async () => {
    const { network } = tinyFile();
    const weights = new Map(
      [...network.weights].map(([name, weight]) => [name, { ...weight, data: weight.data.map((value) => value * 1e6) }]),
    );
    await saved(join(folder, 'large.safetensors'), tinyFile({ network: { ...network, weights } }));
    for (const name of ['large/x.onnx', 'large/x.safetensors']) {
      const error = await failure(convert('large.safetensors', name, { precision: 'float16' }));
      expect(error.category).toBe('usage');
      expect(error.message).toMatch(/"conv1\/kernel" holds .* half precision cannot represent/);
    }
  });

  it('names labels that are no lines', async () => {
    await saved(join(folder, 'lines.safetensors'), tinyFile({ labels: ['sky', 'cloud\nor fog', 'mountain', 'water'] }));
    expect(await messageOf(convert('lines.safetensors', 'lines/x.onnx'))).toMatchInlineSnapshot(
      `"What belongs to x cannot be written beside it: the label "cloud\\nor fog" of class 1 is no line of text of its own."`,
    );
  });

  it('names a preprocessing that its file has no words for', async () => {
    const input = { ...tinyFile().input, preprocessing: { channelOrder: 'rgb' as const, scale: -1, mean: [0, 0, 0], std: [1, 1, 1] } };
    await saved(join(folder, 'negative.safetensors'), tinyFile({ input }));
    expect(await messageOf(convert('negative.safetensors', 'negative/x.onnx'))).toMatchInlineSnapshot(
      `"What belongs to x cannot be written beside it: preprocessing.json does not describe a preprocessing: scale: Too small: expected number to be >0."`,
    );
  });

  it('says that an architecture has no weights', async () => {
    expect(await messageOf(convert('zfnet', 'zfnet.onnx'))).toMatch(/"zfnet" is an architecture: a network without trained weights/);
  });

  it('says where nothing can be written', async () => {
    await mkdir(join(folder, 'taken/x.onnx'), { recursive: true });
    expect(await messageOf(convert('tiny.safetensors', 'taken/x.onnx'))).toMatchInlineSnapshot(
      `"<folder>/taken/x.onnx cannot be written: it is a folder."`,
    );
    expect(await messageOf(convert('tiny.safetensors', 'tiny.safetensors/x.onnx'))).toMatchInlineSnapshot(
      `"<folder>/tiny.safetensors cannot be written: it is a file, not a folder."`,
    );
  });
});
