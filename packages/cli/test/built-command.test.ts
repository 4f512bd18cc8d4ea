import { readFile } from 'node:fs/promises';
import { VERSION } from '@featurescope/core';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from './support/folder.js';
import { tinyModelFile } from './support/model.js';
import { constantArray } from './support/npy.js';
import { finish, notBuilt, start } from './support/spawn.js';

const folder = temporaryFolder({ 'right.npy': constantArray([12, 10, 3]), 'tiny.safetensors': tinyModelFile() });
const printLoaded = ['--import', new URL('./support/print-loaded.mjs', import.meta.url).href];

describe.skipIf(notBuilt)('the built command', () => {
  it('prints its version', async () => {
    expect(await finish(['--version'], folder)).toMatchObject({ code: 0, out: `${VERSION}\n`, err: '' });
  });

  it.each([
    [['dream', 'right.npy', '--octavs', '3'], /^error: featurescope dream has no flag --octavs\. Did you mean --octaves\? .*\n$/],
    [['gradient', 'missing.npy', '--model', 'tiny.safetensors'], /^error: .*missing\.npy.*\n$/],
    [['inspect', 'nowhere.onnx'], /^error: .*nowhere\.onnx.*\n$/],
    [['run', 'nowhere.config.ts'], /^error: There is no config file nowhere\.config\.ts\.\n$/],
  ])('refuses %j with one message', async (args, message) => {
    const { code, out, err } = await finish(args, folder);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(message);
  });

  it('shows the stack with --debug', async () => {
    const { code, err } = await finish(['inspect', 'nowhere.onnx', '--debug'], folder);
    expect(code).toBe(2);
    expect(err).toMatch(/^\s+at /m);
  });

  it.each([['--help'], ['list'], ['dream --octavs 3'], ['dream --help']])('does not load a runtime for "%s"', async (line) => {
    const { err } = await finish(line.split(' '), folder, printLoaded);
    const loaded = /loaded: (.*)/.exec(err)?.[1]?.split(' ');
    expect(loaded).toContain('reflect-metadata');
    for (const heavy of ['onnxruntime-node', '@tensorflow/tfjs', '@tensorflow/tfjs-backend-wasm', 'sharp', 'vega'])
      expect(loaded).not.toContain(heavy);
  });

  it('survives a reader that goes away', async () => {
    const { process: child, finished } = start(['list', '--json'], folder);
    child.stdout?.destroy();
    expect(await finished).toMatchObject({ code: 0, err: '' });
  });

  it('runs, ends by itself, and prints nothing but events with --json', async () => {
    const { code, out } = await finish(['gradient', 'right.npy', '--model', 'tiny.safetensors', '--json', '--out', 'json'], folder);
    const types = out
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { type: string }).type);
    expect(types[0]).toBe('run-started');
    expect(types.at(-1)).toBe('run-finished');
    expect(code).toBe(0);
  });

  it('cancels cleanly on Ctrl-C', async () => {
    const args = [
      'dream',
      'right.npy',
      '--model',
      'tiny.safetensors',
      '--layers',
      'conv2',
      '--iterations',
      '100000',
      '--octaves',
      '1',
      '--out',
      'cancel',
    ];
    const running = start(args, folder);
    await running.said(/dream: started/);
    running.process.kill('SIGINT');
    const { code, signal, err } = await running.finished;
    expect({ code, signal }).toEqual({ code: 130, signal: null });
    expect(err).toMatch(/cancelled; continue with --resume\n$/);
    const manifest = JSON.parse(await readFile(`${folder}/cancel/manifest.json`, 'utf8')) as { status: string };
    expect(manifest.status).toBe('cancelled');
  });
});
