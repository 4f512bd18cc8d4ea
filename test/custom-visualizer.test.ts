import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { encodeNpy, type Manifest } from '@featurescope/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { main } from '../packages/cli/src/cli.js';
import { capturedIo } from '../packages/cli/test/support/captured-io.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const example = join(root, 'examples/custom-visualizer');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'featurescope-'));
  const data = Float32Array.from({ length: 32 * 40 * 3 }, (_, i) => Math.sin(i * 0.21));
  writeFileSync(join(folder, 'array.npy'), encodeNpy([32, 40, 3], data));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const manifest = (out: string): Manifest => JSON.parse(readFileSync(join(folder, out, 'manifest.json'), 'utf8')) as Manifest;

describe('a visualizer of somebody else', () => {
  it('is 40 lines at most', () => {
    expect(readFileSync(join(example, 'src/index.ts'), 'utf8').trimEnd().split('\n').length).toBeLessThanOrEqual(40);
  });

  it('is a command once its module is named', async () => {
    const io = capturedIo(folder);
    const plugin = join(example, 'src/index.ts');
    const args = ['soloist', 'array.npy', '--plugin', plugin, '--layer', 'relu2_1', '--channel', '5', '--steps', '3', '--out', 'named'];
    expect(await main(args, io), io.err()).toBe(0);
    const [run] = manifest('named').runs;
    expect(run).toMatchObject({ visualizer: 'soloist', status: 'done', options: { layer: 'relu2_1', channel: 5, steps: 3 } });
    for (const { path } of run?.artifacts ?? []) expect(existsSync(join(folder, 'named', path))).toBe(true);
    expect(run?.artifacts).toHaveLength(1);
  });

  it('runs as the guide says', async () => {
    const guide = readFileSync(join(root, 'docs/writing-a-visualizer.md'), 'utf8');
    const command = /<!-- run -->\n```\nnpx featurescope (.+)\n```/.exec(guide)?.[1] ?? '';
    const [name = '', , ...flags] = command.split(' ');
    const args = [name, 'array.npy', ...flags].map((part) => (part.startsWith('./') ? join(root, part) : part));
    const io = capturedIo(folder);
    expect(await main(args, io), io.err()).toBe(0);
    expect(manifest('out/soloist').runs).toMatchObject([{ visualizer: 'soloist', status: 'done' }]);
  });

  it('has its options checked like any other', async () => {
    const io = capturedIo(folder);
    const args = ['soloist', 'array.npy', '--plugin', join(example, 'src/index.ts'), '--layer', 'relu2_1', '--chanel', '5'];
    expect(await main(args, io)).toBe(2);
    expect(io.err()).toMatch(/--chanel[\s\S]*--channel/);
  });

  it('runs from a config', async () => {
    const io = capturedIo(folder);
    writeFileSync(
      join(folder, 'featurescope.config.ts'),
      `import { defineConfig } from 'featurescope';
       import { soloist } from ${JSON.stringify(join(example, 'src/index.js'))};
       export default defineConfig({ inputs: ['array.npy'], out: 'configured', visualizers: [soloist({ layer: 'relu3_1', steps: 2 })] });`,
    );
    expect(await main(['run', '--json'], io), io.err()).toBe(0);
    expect(manifest('configured').runs).toMatchObject([{ visualizer: 'soloist', status: 'done' }]);
    const events = io
      .out()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string });
    expect(events.filter(({ type }) => type === 'metric')).toHaveLength(2);
  });
});
