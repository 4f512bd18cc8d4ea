import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { modelsMatching } from '../../src/index.js';

const folder = mkdtempSync(join(tmpdir(), 'checkpoints-'));
const FILES = [
  'run/epoch-10.safetensors',
  'run/epoch-2.safetensors',
  'run/epoch-01.safetensors',
  'run/state.safetensors',
  'run/.~epoch-11.safetensors-1-1.tmp',
  'run/notes.txt',
  'run/net.onnx',
  'layers/step-9/model.json',
  'layers/step-100/model.json',
  'layers/step-100/group1-shard1of1.bin',
  'layers/empty/readme.md',
  'runs/b10/net.onnx',
  'runs/b9/net.onnx',
  'odd[1]/net.onnx',
  'here.onnx',
  'testnet/net.onnx',
  'weights/testnet/epoch-01.safetensors',
  'weights/testnet/epoch-20.safetensors',
  'weights/testnet/epoch-05.safetensors',
];
beforeAll(() => {
  for (const file of FILES) {
    mkdirSync(join(folder, dirname(file)), { recursive: true });
    writeFileSync(join(folder, file), '');
  }
  mkdirSync(join(folder, 'nothing'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const options = { env: {}, cwd: folder, weightsFolder: join(folder, 'weights') };

describe('modelsMatching', () => {
  it.each([
    ['run', ['run/epoch-01.safetensors', 'run/epoch-2.safetensors', 'run/epoch-10.safetensors', 'run/net.onnx']],
    ['run/', ['run/epoch-01.safetensors', 'run/epoch-2.safetensors', 'run/epoch-10.safetensors', 'run/net.onnx']],
    ['run/epoch-*.safetensors', ['run/epoch-01.safetensors', 'run/epoch-2.safetensors', 'run/epoch-10.safetensors']],
    ['run/*.{onnx,txt}', ['run/net.onnx']],
    ['runs/*/net.onnx', ['runs/b9/net.onnx', 'runs/b10/net.onnx']],
    ['*.onnx', ['./here.onnx']],
    ['layers', ['layers/step-9', 'layers/step-100']],
    ['layers/*/model.json', ['layers/step-9/model.json', 'layers/step-100/model.json']],
    ['layers/step-9', ['layers/step-9']],
    ['odd[1]', ['odd[1]/net.onnx']],
    ['odd[1]/net.onnx', ['odd[1]/net.onnx']],
    ['testnet@all', ['testnet@1', 'testnet@5', 'testnet@20']],
    ['testnet@5', ['testnet@5']],
    ['testnet', ['testnet']],
    ['./testnet', ['./testnet/net.onnx']],
    ['missing.onnx', ['missing.onnx']],
    ['no-such-model', ['no-such-model']],
    ['nothing', []],
    ['not/there', []],
    ['nothing/*.onnx', []],
  ])('%s is %j', async (pattern, expected) => {
    expect(await modelsMatching(pattern, options)).toEqual(expected);
  });

  it('gives the folder as it was given', async () => {
    expect(await modelsMatching(join(folder, 'runs', 'b9'), options)).toEqual([`${join(folder, 'runs', 'b9')}/net.onnx`]);
    expect(await modelsMatching('.', { ...options, cwd: join(folder, 'runs', 'b9') })).toEqual(['./net.onnx']);
  });

  it('knows no checkpoints of a network that is not bundled', async () => {
    await expect(modelsMatching('tesnet@all', options)).rejects.toThrow(/There is no model "tesnet@all".*"testnet@all"/);
  });
});
