import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from './support/folder.js';
import { tinyModelFile } from './support/model.js';
import { constantArray } from './support/npy.js';
import { finish, notBuilt, start } from './support/spawn.js';

const folder = temporaryFolder({ 'right.npy': constantArray([48, 40, 3], 0.25), 'tiny.safetensors': tinyModelFile() });

/** Digest of each file of a folder, by name. */
const digests = (path: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((file) => [file.slice(path.length + 1), createHash('sha256').update(readFileSync(file)).digest('hex')]),
  );

interface Manifest {
  readonly status: string;
  readonly startedAt: string;
  readonly runs: readonly {
    readonly status: string;
    readonly startedAt?: string;
    readonly artifacts: readonly { readonly path: string }[];
  }[];
}
const manifest = (out: string): Manifest => JSON.parse(readFileSync(join(folder, out, 'manifest.json'), 'utf8')) as Manifest;

const dream = (out: string, ...more: string[]): string[] => [
  'dream',
  'right.npy',
  '--model',
  'tiny.safetensors',
  '--layers',
  'conv2',
  '--octaves',
  '2',
  '--iterations',
  '400',
  '--out',
  out,
  ...more,
];

describe.skipIf(notBuilt)('a dream that is killed', () => {
  it('leaves a manifest that parses, and resumes to the same bytes', async () => {
    expect((await finish(dream('whole'), folder)).code).toBe(0);
    const whole = digests(join(folder, 'whole', '01-dream'));

    const running = start(dream('killed', '--json'), folder);
    await running.said(/"step":2\d\d/);
    running.process.kill('SIGKILL');
    expect((await running.finished).signal).toBe('SIGKILL');
    const killed = manifest('killed');
    expect(killed).toMatchObject({ status: 'running', runs: [{ status: 'running' }] });

    expect((await finish(dream('killed', '--resume'), folder)).code).toBe(0);
    const resumed = manifest('killed');
    expect(resumed).toMatchObject({
      status: 'done',
      startedAt: killed.startedAt,
      runs: [{ status: 'done', startedAt: killed.runs[0]?.startedAt }],
    });
    expect(resumed.runs[0]?.artifacts).toEqual(manifest('whole').runs[0]?.artifacts);
    expect(digests(join(folder, 'killed', '01-dream'))).toEqual(whole);
    for (const line of readFileSync(join(folder, 'killed', 'events.ndjson'), 'utf8')
      .trimEnd()
      .split('\n'))
      JSON.parse(line);
  });

  it('is not done twice', async () => {
    const { code, err } = await finish(dream('whole', '--resume'), folder);
    expect(code).toBe(0);
    expect(err).toContain('dream: done in an earlier run');
  });
});
