import { VERSION } from '@featurescope/core';
import { describe, expect, it } from 'vitest';
import { main } from '../../src/cli.js';
import { capturedIo } from '../support/captured-io.js';
import { temporaryFolder } from '../support/folder.js';
import { runCli } from '../support/run-cli.js';

const folder = temporaryFolder({
  'out/manifest.json': JSON.stringify({
    schemaVersion: 1,
    featurescope: VERSION,
    model: { name: 'tiny', sha256: '00' },
    runtime: { tensors: 'cpu', executor: 'tfjs' },
    seed: 1,
    config: {},
    status: 'done',
    startedAt: '2026-01-01T00:00:00.000Z',
    runs: [],
  }),
});

describe('help', () => {
  it.each(['', '--help', 'help', '-h'])('"%s" lists commands and visualizers', async (line) => {
    const { code, out, err } = await runCli(line, folder);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    for (const word of ['run [config]', 'train [config]', 'inspect [model]', 'doctor', 'view [out]', 'dream', 'gradient <inputs...>'])
      expect(out).toContain(word);
  });

  it('of a command shows ranges and defaults', async () => {
    const { code, out } = await runCli('help dream', folder);
    expect(code).toBe(0);
    expect(out.replace(/\s+/g, ' ')).toContain(
      '--octaves <n> number of sizes at which the picture is worked on (a whole number from 1 to 32; default 4)',
    );
    expect(await runCli('dream --help', folder)).toEqual({ code, out, err: '' });
  });

  it('of every command works', async () => {
    for (const name of ['run', 'train', 'list', 'inspect', 'doctor', 'view', 'gradient'])
      expect((await runCli(`${name} --help`, folder)).code).toBe(0);
  });
});

describe('list', () => {
  it('has every topic', async () => {
    const { out } = await runCli('list --json', folder);
    const lists = JSON.parse(out) as Record<string, readonly { readonly name: string }[]>;
    expect(Object.keys(lists)).toEqual(['visualizers', 'objectives', 'models', 'architectures', 'runtimes']);
    const names = (topic: string) => lists[topic]?.map(({ name }) => name);
    expect(names('visualizers')).toEqual(expect.arrayContaining(['dream', 'gradient']));
    expect(names('objectives')).toEqual(expect.arrayContaining(['l2Norm', 'classScore']));
    expect(names('architectures')).toEqual(expect.arrayContaining(['alexnet', 'vgg16', 'sketchANet']));
    expect(names('runtimes')).toEqual(['auto', 'tensorflow', 'webgpu', 'onnx', 'wasm', 'cpu']);
  });

  it('prints a table of one topic, and a flag may come first', async () => {
    expect((await runCli('list runtimes', folder)).out).toMatch(/^name +summary\nauto +the best/);
    expect(JSON.parse((await runCli('--json list runtimes', folder)).out)).toHaveLength(6);
  });
});

describe('doctor', () => {
  it('says what was found, what was chosen and why', async () => {
    const { code, out } = await runCli('doctor', folder);
    expect(code).toBe(0);
    for (const runtime of ['tensorflow', 'webgpu', 'onnx', 'wasm', 'cpu']) expect(out).toMatch(new RegExp(`^${runtime} +(yes|no) `, 'm'));
    const report = JSON.parse((await runCli('doctor --json --runtime cpu', folder)).out) as { choice: string; tensors: string };
    expect(report).toMatchObject({ choice: 'cpu', tensors: 'cpu' });
  });
});

describe('view', () => {
  it('serves the folder on the loopback address until Ctrl-C', async () => {
    const io = capturedIo(folder);
    const ended = main(['view', `${folder}/out`], io);
    while (!io.out().includes('\n')) await new Promise((go) => setTimeout(go, 5));
    const url = io.out().trim();
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
    expect((await fetch(url)).status).toBe(200);
    io.interrupt();
    expect(await ended).toBe(0);
  });
});
