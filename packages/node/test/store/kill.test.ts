import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';
import { writeAtomically } from '../../src/store/atomic.js';

const stopAtRename = vi.hoisted(() => ({ on: false }));

vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>();
  const rename: typeof real.rename = (from, to) => (stopAtRename.on ? new Promise(() => {}) : real.rename(from, to));
  return { ...real, rename };
});

const root = await mkdtemp(join(tmpdir(), 'featurescope-'));
afterAll(() => rm(root, { recursive: true, force: true }));

it('leaves the old content whole when the process ends between writing and renaming', async () => {
  const path = join(root, 'manifest.json');
  await writeAtomically(path, '{"run":1}');
  stopAtRename.on = true;
  void writeAtomically(path, '{"run":2}');
  await vi.waitFor(async () => {
    const left = (await readdir(root)).find((name) => name.endsWith('.tmp'));
    expect(left && (await readFile(join(root, left), 'utf8'))).toBe('{"run":2}');
  });
  expect(await readFile(path, 'utf8')).toBe('{"run":1}');
  stopAtRename.on = false;
  await writeAtomically(path, '{"run":3}');
  expect(await readFile(path, 'utf8')).toBe('{"run":3}');
});
