import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { trainingFiles } from '@featurescope/node';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'featurescope-training-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('trainingFiles', () => {
  it('has no state at first, then the one saved last', async () => {
    const { state } = trainingFiles(join(folder, 'new'));
    expect(await state.load()).toBeUndefined();
    await state.save(Uint8Array.of(1, 2));
    await state.save(Uint8Array.of(3));
    expect([...((await trainingFiles(join(folder, 'new')).state.load()) ?? [])]).toEqual([3]);
  });

  it('writes checkpoints under their names and leaves nothing else', async () => {
    await trainingFiles(folder).writeCheckpoint('epoch-01.safetensors', Uint8Array.of(7));
    expect(await readdir(folder)).toEqual(['epoch-01.safetensors']);
    expect([...(await readFile(join(folder, 'epoch-01.safetensors')))]).toEqual([7]);
  });

  it('says so when the folder cannot be written', async () => {
    await writeFile(join(folder, 'file'), '');
    await expect(trainingFiles(join(folder, 'file')).state.save(Uint8Array.of(1))).rejects.toMatchObject({ name: 'FeaturescopeError' });
  });
});
