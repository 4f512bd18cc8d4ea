import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunEvent } from '@featurescope/core';
import { describe, expect, it } from 'vitest';
import { main } from '../../src/cli.js';
import { capturedIo } from '../support/captured-io.js';
import { temporaryFolder } from '../support/folder.js';
import { tinyModelFile } from '../support/model.js';
import { constantArray } from '../support/npy.js';
import { runCli } from '../support/run-cli.js';

const plugin = `import { defineVisualizer, definePlugin } from '@featurescope/core';
import { z } from 'zod';
const options = z.strictObject({ steps: z.number().int().default(2).describe('steps'), halfWidth: z.number().optional().describe('unused') });
export const count = defineVisualizer({
  name: 'count', summary: 'counts', options,
  async *run({ log, signal }, { steps }) {
    for (let done = 1; done <= steps; done++) { signal.throwIfAborted(); yield { type: 'progress', done, total: steps }; await new Promise((go) => setTimeout(go, 1)); }
    yield { type: 'artifact', artifact: { kind: 'json', name: 'sum', value: { steps } } };
  },
});
export const broken = defineVisualizer({
  name: 'broken', summary: 'breaks', options: z.strictObject({}),
  async *run() { throw new Error('it broke'); },
});
`;

const folder = temporaryFolder({
  'right.npy': constantArray([12, 10, 3]),
  'tiny.safetensors': tinyModelFile(),
  'counting.ts': `${plugin}export const plugin = definePlugin({ name: 'counting', visualizers: [count, broken] });`,
  'loose.ts': plugin,
  'node_modules/featurescope-plugin-count/package.json': '{ "name": "featurescope-plugin-count", "type": "module", "main": "index.ts" }',
  'node_modules/featurescope-plugin-count/index.ts': `${plugin}export default { name: 'featurescope-plugin-count', visualizers: [count] };`,
  'featurescope.config.ts': `import { defineConfig, gradient } from 'featurescope';
import { count, broken } from './counting';
export default defineConfig({ model: 'tiny.safetensors', inputs: ['right.npy'], out: 'from-config', seed: 5, visualizers: [broken(), gradient({ class: 'cloud' }), count({ steps: 3 })] });`,
  'named.json':
    '{ "model": "tiny.safetensors", "inputs": ["right.npy"], "out": "named", "plugins": ["./counting.ts"], "visualizers": ["count", { "visualizer": "count", "options": { "steps": 4 } }] }',
});
process.chdir(folder);

interface Manifest {
  readonly seed: number;
  readonly status: string;
  readonly runs: readonly { readonly visualizer: string; readonly status: string; readonly options: object; readonly error?: string }[];
}
const manifest = (out: string): Manifest => JSON.parse(readFileSync(join(folder, out, 'manifest.json'), 'utf8')) as Manifest;

describe('run', () => {
  it('finds the config, goes on after a failure, and tells of it', async () => {
    const { code, out, err } = await runCli('run', folder);
    expect(code).toBe(1);
    expect(err).toBe('error: broken: it broke\n');
    expect(out).toMatch(/Gallery: from-config\/index\.html\n$/);
    expect(manifest('from-config')).toMatchObject({
      status: 'failed',
      seed: 5,
      runs: [
        { visualizer: 'broken', status: 'failed', error: 'it broke' },
        { visualizer: 'gradient', status: 'done', options: { class: 'cloud' } },
        { visualizer: 'count', status: 'done', options: { steps: 3 } },
      ],
    });
  });

  it('lets flags win over the config', async () => {
    const { code } = await runCli('run featurescope.config.ts --out elsewhere --seed 9 --quiet', folder);
    expect(code).toBe(1);
    expect(manifest('elsewhere').seed).toBe(9);
  });

  it('prints the event stream with --json, as events.ndjson has it', async () => {
    const { code, out, err } = await runCli('run named.json --json', folder);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const events = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as RunEvent);
    expect(events.filter(({ type }) => type === 'progress')).toHaveLength(2 + 4);
    expect([events[0]?.type, events.at(-1)?.type]).toEqual(['run-started', 'run-finished']);
    expect(out).toBe(readFileSync(join(folder, 'named', 'events.ndjson'), 'utf8'));
  });

  it('prints nothing with --quiet', async () => {
    expect(await runCli('run named.json --quiet', folder)).toEqual({ code: 0, out: '', err: '' });
  });

  it('skips with --resume what was done', async () => {
    await runCli('run named.json --quiet', folder);
    const { code, out } = await runCli('run named.json --resume', folder);
    expect(code).toBe(0);
    expect(out).toBe('count: done in an earlier run\ncount: done in an earlier run\nGallery: named/index.html\n');
  });

  it('ends with 130 and a cancelled manifest on Ctrl-C', async () => {
    const io = capturedIo(folder);
    const ended = main(
      ['count', 'right.npy', '--model', 'tiny.safetensors', '--plugin', './counting.ts', '--steps', '1000000', '--out', 'cancelled'],
      io,
    );
    while (!io.out().includes('count: started')) await new Promise((go) => setTimeout(go, 5));
    io.interrupt();
    expect(await ended).toBe(130);
    expect(io.err()).toBe('cancelled; continue with --resume\n');
    expect(manifest('cancelled')).toMatchObject({ status: 'cancelled', runs: [{ status: 'cancelled' }] });
  });
});

describe('a visualizer of a plugin', () => {
  const line = 'count right.npy --model tiny.safetensors --quiet';
  it.each([
    ['a file with a plugin', './counting.ts'],
    ['a file that exports visualizers', './loose.ts'],
    ['a package', 'featurescope-plugin-count'],
  ])('comes from %s', async (_what, name) => {
    expect(await runCli(`${line} --plugin ${name} --steps 3 --half-width -0.5 --out plugged`, folder)).toEqual({
      code: 0,
      out: '',
      err: '',
    });
    expect(manifest('plugged').runs).toMatchObject([{ visualizer: 'count', options: { steps: 3, halfWidth: -0.5 } }]);
  });

  it('comes from the plugins of a config, with its model and inputs', async () => {
    expect(await runCli('count --config named.json --steps 1 --out based --quiet', folder)).toEqual({ code: 0, out: '', err: '' });
    expect(manifest('based').runs).toMatchObject([{ visualizer: 'count', options: { steps: 1 } }]);
  });

  it('has help with its own flags', async () => {
    const { code, out } = await runCli('count --plugin ./counting.ts --help', folder);
    expect(code).toBe(0);
    expect(out).toContain('--half-width <n>');
    expect(existsSync(join(folder, 'out'))).toBe(false);
  });
});
