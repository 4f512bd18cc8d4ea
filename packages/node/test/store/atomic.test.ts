import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sweepTemporaries, writeAtomically } from '../../src/store/atomic.js';
import { temporaryFolder } from '../folder.js';

const root = await temporaryFolder();

const deadPid = (): Promise<number> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, ['-e', '']);
    child.on('exit', () => resolve(child.pid ?? 0));
  });

describe('writeAtomically', () => {
  it('replaces a file and leaves nothing else behind', async () => {
    const folder = join(root, 'a');
    for (const text of ['one', 'two']) await writeAtomically(join(folder, 'x.txt'), text);
    expect(await readFile(join(folder, 'x.txt'), 'utf8')).toBe('two');
    expect(await readdir(folder)).toEqual(['x.txt']);
  });

  it('takes no offence at what a killed process with the same id left', async () => {
    const folder = join(root, 'e');
    await mkdir(folder);
    for (let i = 0; i < 100; i++) await writeFile(join(folder, `.~x.txt-${process.pid}-${i}.tmp`), 'torn');
    await writeAtomically(join(folder, 'x.txt'), 'whole');
    expect(await readFile(join(folder, 'x.txt'), 'utf8')).toBe('whole');
  });

  it('cleans up when the name is taken by a folder', async () => {
    const folder = join(root, 'b');
    await mkdir(join(folder, 'x', 'y'), { recursive: true });
    await expect(writeAtomically(join(folder, 'x'), 'text')).rejects.toThrow(/x" cannot be written/);
    expect(await readdir(folder)).toEqual(['x']);
  });

  it('tells apart a wrong place and a failing disk', async () => {
    await symlink('loop', join(root, 'loop'));
    await expect(writeAtomically(join(root, 'loop', 'x'), '')).rejects.toMatchObject({ category: 'usage' });
    await expect(writeAtomically(join('/dev/full', 'x'), '')).rejects.toMatchObject({ category: 'usage' });
  });

  it.runIf(existsSync('/proc/self'))('refuses a place where no folder can be made', async () => {
    await expect(writeAtomically('/proc/none/below/x', '')).rejects.toMatchObject({ category: 'usage' });
  });

  it('makes folders for several files at once', async () => {
    const folder = join(root, 'g', 'h', 'i');
    await Promise.all(['1', '2', '3'].map((name) => writeAtomically(join(folder, name), name)));
    expect((await readdir(folder)).sort()).toEqual(['1', '2', '3']);
  });
});

describe('sweepTemporaries', () => {
  it('removes what killed processes left between writing and renaming, and nothing else', async () => {
    const folder = join(root, 'c');
    await mkdir(folder);
    const left = `.~manifest.json-${await deadPid()}-3.tmp`;
    const sameId = `.~manifest.json-${process.pid}-99999.tmp`;
    const running = `.~manifest.json-${process.ppid}-3.tmp`;
    for (const name of [left, sameId, running, 'manifest.json', '.~x.tmp']) await writeFile(join(folder, name), '');
    await sweepTemporaries(folder);
    expect((await readdir(folder)).sort()).toEqual([running, '.~x.tmp', 'manifest.json'].sort());
  });

  it('leaves alone what is being written', async () => {
    const folder = join(root, 'd');
    const writing = writeAtomically(join(folder, 'large.bin'), new Uint8Array(2 ** 24));
    for (let i = 0; i < 20; i++) await sweepTemporaries(folder);
    await writing;
    expect(await readdir(folder)).toEqual(['large.bin']);
  });
});
