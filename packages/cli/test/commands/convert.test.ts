import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeModelFile, encodeModelFile, type Layer, type Network } from '@featurescope/core';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/folder.js';
import { tinyModelFile } from '../support/model.js';
import { runCli } from '../support/run-cli.js';

const NO_PADDING = { top: 0, left: 0, bottom: 0, right: 0 };

const conv = (name: string, input: string, filters: number): Layer => ({
  kind: 'conv',
  name,
  inputs: [input],
  kernelSize: [1, 1],
  filters,
  stride: [1, 1],
  dilation: [1, 1],
  padding: NO_PADDING,
  groups: 1,
  bias: false,
});

/** A model that gives its input times the sum of two weights, and what comes after it. */
const sum = (first: number, second: number, after: readonly Layer[] = []): Uint8Array => {
  const network: Network = {
    input: { name: 'x', shape: [null, null, 1] },
    layers: [conv('twice', 'x', 2), conv('sum', 'twice', 1), ...after],
    outputs: [after.at(-1)?.name ?? 'sum'],
    weights: new Map([
      ['twice/kernel', { shape: [1, 1, 1, 2], data: Float32Array.of(1, 1) }],
      ['sum/kernel', { shape: [1, 1, 2, 1], data: Float32Array.of(first, second) }],
    ]),
  };
  return encodeModelFile({ name: 'sum', network, input: { size: [4, 4], channels: 1, fixedSize: false } });
};

const EVEN: Layer = { kind: 'lrn', name: 'norm', inputs: ['sum'], size: 2, alpha: 1, beta: 1, bias: 1 };

const folder = temporaryFolder({
  'tiny.safetensors': tinyModelFile(),
  'sum.safetensors': sum(1.0003, -1),
  'even.safetensors': sum(1, 2, [EVEN]),
});

describe('convert', () => {
  it('writes a model and what is needed to use it, and says so', async () => {
    const { code, out, err } = await runCli('convert tiny.safetensors onnx/tiny.onnx', folder);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(
      /^tiny → onnx\/tiny\.onnx, onnx\/preprocessing\.json, onnx\/labels\.txt\nchecked: largest difference \S+ of the largest output over 3 inputs\n$/,
    );
    expect(readdirSync(join(folder, 'onnx')).sort()).toEqual(['labels.txt', 'preprocessing.json', 'tiny.onnx']);
    const table = async (model: string) => (await runCli(`inspect ${model}`, folder)).out;
    expect(await table('onnx/tiny.onnx')).toBe(await table('tiny.safetensors'));
  });

  it('says when a format is for one size', async () => {
    const { code, out } = await runCli('convert tiny.safetensors caffe/tiny.caffemodel', folder);
    expect(code).toBe(0);
    expect(out).toContain('caffe/tiny.caffemodel, caffe/tiny.prototxt,');
    expect(out).toContain('\nfor pictures of 12×10 only: Caffe files are for one size\nchecked: ');
  });

  it('prints JSON', async () => {
    const { code, out } = await runCli('convert --model tiny.safetensors json/tiny.onnx --json --seed 7', folder);
    expect(code).toBe(0);
    const { check, ...rest } = JSON.parse(out);
    expect(rest).toEqual({
      model: 'tiny',
      format: 'ONNX',
      precision: 'float32',
      files: ['tiny.onnx', 'preprocessing.json', 'labels.txt'].map((name) => join(folder, 'json', name)),
    });
    expect(check).toMatchObject({ inputs: 3, layer: 'prob', tolerance: 1e-4 });
    expect(check.largestDifference).toBeLessThan(1e-5);
  });

  it('is silent with --quiet, and checks nothing with --no-check', async () => {
    expect(await runCli('convert tiny.safetensors quiet/tiny.onnx --quiet', folder)).toEqual({ code: 0, out: '', err: '' });
    const { out } = await runCli('convert tiny.safetensors quiet/tiny.safetensors --no-check', folder);
    expect(out).toBe('tiny → quiet/tiny.safetensors\nnot checked\n');
    const decoded = (bytes: Uint8Array) => decodeModelFile(bytes, 'tiny');
    expect(decoded(readFileSync(join(folder, 'quiet/tiny.safetensors')))).toEqual(decoded(tinyModelFile()));
  });

  it('fails and leaves nothing when half precision gives other outputs', async () => {
    const { code, out, err } = await runCli('convert sum.safetensors half/sum.onnx --precision float16', folder);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(
      /^error: sum\.onnx was not written: it does not give what sum gives\. The largest difference, at the layer "sum", is \S+ of its largest value; at most 0\.05 is allowed\.\n$/,
    );
    expect(readdirSync(folder)).not.toContain('half');
    expect((await runCli('convert sum.safetensors half/sum.onnx --precision float16 --no-check', folder)).code).toBe(0);
  });

  it.each([
    ['convert', 'featurescope convert needs a model and a file to write. See "featurescope convert --help".'],
    ['convert tiny.safetensors', 'featurescope convert needs a model and a file to write. See "featurescope convert --help".'],
    ['convert a b c', 'featurescope convert takes a model and a file to write, but got "a", "b" and "c".'],
    [
      'convert tiny.safetensors tiny.h5',
      'A model cannot be written as <folder>/tiny.h5: expected a name ending in .onnx, .safetensors, .prototxt, .caffemodel.',
    ],
    [
      'convert tiny.safetensors x.prototxt --precision float16',
      '<folder>/x.prototxt cannot be written in float16: Caffe files hold their weights in "float32".',
    ],
    [
      'convert tiny.safetensors x.onnx --precision half',
      'featurescope convert: --precision is "half", but takes one of float32, float16. Did you mean "float32"?',
    ],
    ['convert nowhere/tiny.onnx x.onnx', 'The model <folder>/nowhere/tiny.onnx cannot be read: there is no such file.'],
    [
      'convert alexnet x.onnx',
      '"alexnet" is an architecture: a network without trained weights. Train it (`featurescope train`) and give the file it writes, or name a trained model (`featurescope list models`); `featurescope inspect alexnet` shows its layers.',
    ],
    [
      'convert even.safetensors x.onnx',
      'The layer "norm" (lrn) cannot be written to ONNX: it normalises over 2 channels; expected an odd number.',
    ],
    [
      'convert tiny.safetensors tiny.safetensors',
      '<folder>/tiny.safetensors is the model itself. Give the converted one another name or folder.',
    ],
    [
      'convert even.safetensors tiny.safetensors',
      '<folder>/tiny.safetensors is there already and is not what this conversion writes. Remove it, or give another name or folder.',
    ],
  ])('%s is wrong use', async (line, message) => {
    const before = readdirSync(folder);
    const { code, out, err } = await runCli(line, folder);
    expect(err.replaceAll(folder, '<folder>')).toBe(`error: ${message}\n`);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(readdirSync(folder)).toEqual(before);
  });

  it('explains itself', async () => {
    const { out } = await runCli('convert --help', folder);
    expect(out).toContain('Usage: featurescope convert <model> <file> [options]');
    expect(out).toContain('--no-check');
    expect((await runCli('--help', folder)).out).toContain('convert <model> <file>');
  });
});
