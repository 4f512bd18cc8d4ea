import { readdir } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { nearest } from '@featurescope/core';

/** Paths beside a missing one whose names resemble it, at most three. */
export const neighbours = async (path: string, cwd: string = process.cwd()): Promise<readonly string[]> => {
  const folder = dirname(path);
  const names = await readdir(resolve(cwd, folder)).catch(() => []);
  const visible = names.filter((name) => !name.startsWith('.'));
  return nearest(basename(path), visible).map((name) => (path.includes('/') ? join(folder, name) : name));
};
