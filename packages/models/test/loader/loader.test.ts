import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeModelFile } from '@featurescope/core';
import { encodeModel, floatTensor, node, valueInfo } from '@featurescope/onnx';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listModels, locateModel, readModel } from '../../src/index.js';
import { memoryLog, modelLoader } from './services.js';

const folder = mkdtempSync(join(tmpdir(), 'models-'));
const at = (...parts: string[]): string => join(folder, ...parts);
const put = (path: string, content: string | Uint8Array): void => {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(at(path), content);
};

/** A convolution with two filters of size 1, global mean and softmax. */
const tinyOnnx = (channels = 3): Uint8Array =>
  encodeModel({
    irVersion: 7,
    opsetImport: [{ domain: '', version: 13 }],
    graph: {
      node: [
        node('Conv', ['x', 'w'], ['conv']),
        node('GlobalAveragePool', ['conv'], ['pool']),
        node('Softmax', ['pool'], ['prob'], { axis: 1 }),
      ],
      initializer: [
        floatTensor(
          'w',
          [2, channels, 1, 1],
          Float32Array.from({ length: 2 * channels }, (_, i) => i),
        ),
      ],
      input: [valueInfo('x', 1, ['n', channels, 'h', 'w'])],
      output: [valueInfo('prob', 1, ['n', 2, 1, 1])],
    },
  });

const network = {
  input: { name: 'image', shape: [null, null, 3] as const },
  layers: [{ kind: 'globalAvgPool' as const, name: 'pool', inputs: ['image'] }],
  outputs: ['pool'],
  weights: new Map(),
};
const weights = (name: string): Uint8Array =>
  encodeModelFile({ name, network, input: { size: [8, 8], channels: 3, fixedSize: false }, labels: ['r', 'g', 'b'] });

beforeAll(() => {
  put('plain/net.onnx', tinyOnnx());
  put('described/net.onnx', tinyOnnx());
  put('described/labels.txt', '\uFEFFcat\r\ndog\r\n\r\n');
  put('described/preprocessing.json', JSON.stringify({ channelOrder: 'BGR', mean: [1, 2, 3], cropSize: 9, resizeShortSide: 12 }));
  put('other/net.onnx', tinyOnnx());
  put('other/preprocessing.json', JSON.stringify({ model: 'another.onnx', mean: [1, 2, 3] }));
  put('wrong/net.onnx', tinyOnnx());
  put('wrong/preprocessing.json', JSON.stringify({ mean: [1, 2], std: [0, 0] }));
  put('leads-out/net.onnx', tinyOnnx());
  put('leads-out/preprocessing.json', JSON.stringify({ output: { labels: '../plain/net.onnx' } }));
  put('two/a.onnx', tinyOnnx());
  put('two/b.onnx', tinyOnnx());
  put('empty/readme.txt', '');
  put('keras.h5', '');
  put('vgg.caffemodel', '');
  put('damaged.onnx', tinyOnnx().subarray(0, 60));
  put('weights/testnet/epoch-01.safetensors', weights('testnet@1'));
  put('weights/testnet/epoch-20.safetensors', weights('testnet@20'));
  put('named.safetensors', weights('named'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const options = { env: { FEATURESCOPE_MODELS: folder, FEATURESCOPE_HOME: at('home') }, cwd: folder, weightsFolder: at('weights') };

const messageOf = async (source: string | undefined, more = {}): Promise<string> => {
  try {
    await readModel(await locateModel(source, { ...options, ...more }));
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message.replaceAll(folder, '<folder>')}` : 'thrown';
  }
  return 'no error';
};

describe('locateModel', () => {
  it.each([
    ['plain', 'folder', 'plain/net.onnx', 'plain'],
    ['named', 'folder', 'named.safetensors', 'named'],
    ['plain/net.onnx', 'file', 'plain/net.onnx', 'net'],
    ['./plain', 'file', 'plain/net.onnx', 'net'],
    ['testnet', 'bundled', 'weights/testnet/epoch-20.safetensors', 'testnet'],
    ['testnet@1', 'bundled', 'weights/testnet/epoch-01.safetensors', 'testnet@1'],
  ])('finds %s (%s)', async (source, origin, path, name) => {
    expect(await locateModel(source, options)).toMatchObject({ origin, path: at(path), name });
  });

  it('prefers the folder of models to a bundled one', async () => {
    mkdirSync(at('testnet@1'));
    copyFileSync(at('named.safetensors'), at('testnet@1', 'x.safetensors'));
    expect(await locateModel('testnet@1', options)).toMatchObject({ origin: 'folder', name: 'testnet@1' });
    rmSync(at('testnet@1'), { recursive: true });
  });

  it.each([
    ['squeezenet1.O', 'There is no model "squeezenet1.O"'],
    ['testnet@7', 'has no checkpoint "7". Available: testnet@1, testnet@20'],
    ['photonet', 'The weights of the bundled network photonet are missing'],
    [undefined, 'The weights of the bundled network photonet are missing'],
    ['plain/nett.onnx', 'Did you mean "net.onnx"?'],
    ['net.pt', 'is a PyTorch file, which is not supported. Supported: .onnx'],
    ['./vgg.caffemodel', 'is one half of a Caffe network'],
    ['./empty', 'holds no model'],
    ['two', 'holds several models; name one of them: a.onnx, b.onnx'],
    ['wrong', 'std.0'],
    ['damaged.onnx', 'cannot be read as an ONNX model'],
    ['leads-out', "Only files in the model's own folder are read"],
    ['./missing.safetensors', 'there is no such file'],
  ])('refuses %s', async (source, part) => {
    expect(await messageOf(source)).toContain(part);
  });

  it('names models that are alike', async () => {
    expect(await messageOf('squeezenet1.O')).toMatch(/Did you mean .*"squeezenet1\.0"/);
  });

  it('says that an architecture has no weights', async () => {
    const { architectures } = await import('../../src/index.js');
    const name = architectures.find((architecture) => architecture.name !== 'photonet')?.name;
    if (name !== undefined) expect(await messageOf(name)).toContain(`"${name}" is an architecture: a network without trained weights`);
  });
});

describe('listModels', () => {
  it('lists what can be named', async () => {
    const models = await listModels(options);
    expect(models.find(({ name }) => name === 'plain')).toMatchObject({ origin: 'folder', present: true });
    expect(models.find(({ name }) => name === 'testnet')).toMatchObject({ origin: 'bundled', present: true });
    expect(models.find(({ name }) => name === 'testnet@20')).toMatchObject({ origin: 'bundled', present: true });
    expect(models.find(({ name }) => name === 'resnet18-v1')).toMatchObject({
      origin: 'hub',
      present: false,
      licence: 'Apache-2.0',
      bytes: 46_820_737,
    });
  });
});

describe('readModel', () => {
  const read = async (source: string) => readModel(await locateModel(source, options));

  it('feeds pictures as they are to a bare file', async () => {
    const { input, labels } = await read('plain');
    expect(input).toEqual({ size: [224, 224], channels: 3, fixedSize: false });
    expect(labels).toBeUndefined();
  });

  it('uses what lies beside the file', async () => {
    const { input, labels } = await read('described');
    expect(input).toEqual({
      size: [9, 9],
      channels: 3,
      fixedSize: false,
      preprocessing: { channelOrder: 'bgr', scale: 1, mean: [1, 2, 3], std: [1, 1, 1], resizeShortSide: 12 },
    });
    expect(labels).toEqual(['cat', 'dog']);
  });

  it('leaves aside a preprocessing that is for another file', async () => {
    expect((await read('other')).input.preprocessing).toBeUndefined();
  });

  it('takes everything from a file of our own', async () => {
    expect(await read('named')).toEqual({ network, input: { size: [8, 8], channels: 3, fixedSize: false }, labels: ['r', 'g', 'b'] });
  });
});

describe('the loader', () => {
  it('makes a model that runs and tells which file it is', async () => {
    const log = memoryLog();
    const model = await modelLoader(options, log).load('described');
    expect(model.name).toBe('described');
    expect(model.classIndex('dog')).toBe(1);
    expect(model.layers.map(({ name }) => name)).toEqual(['conv', 'pool', 'prob']);
    expect(log.lines).toEqual([`model described from ${at('described/net.onnx')} (sha256 of the weights: ${model.sha256})`]);
    model.dispose();
  });
});
