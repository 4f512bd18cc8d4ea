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

const LINE = 'dream right.npy --model tiny.safetensors --layers conv2 --octaves 2 --iterations 60 --frame-every 20 --out';
const dream = (out: string, ...more: string[]): string[] => [...LINE.split(' '), out, ...more];

interface Event {
  readonly type: string;
  readonly step?: number;
}
const events = (out: string): readonly Event[] =>
  readFileSync(join(folder, out, 'events.ndjson'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Event);

/** Steps done after the last start. */
const stepsSinceStart = (out: string): readonly number[] => {
  const all = events(out);
  const start = all.findLastIndex(({ type }) => type === 'visualizer-started');
  return all.slice(start).flatMap(({ type, step }) => (type === 'metric' && step !== undefined ? [step] : []));
};

describe.skipIf(notBuilt)('a dream that is killed', () => {
  it('leaves a manifest that parses, and resumes to the same bytes', { timeout: 180_000 }, async () => {
    expect((await finish(dream('whole'), folder)).code).toBe(0);
    const whole = digests(join(folder, 'whole', '01-dream'));

    const running = start(dream('killed', '--json'), folder);
    await running.said(/"step":7\d/);
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
    expect(stepsSinceStart('killed').at(0)).toBeGreaterThanOrEqual(60);
    expect(stepsSinceStart('killed').at(-1)).toBe(119);
  });

  it('is not done twice', async () => {
    const { code, out } = await finish(dream('whole', '--resume'), folder);
    expect(code).toBe(0);
    expect(out).toContain('dream: done in an earlier run');
  });
});
