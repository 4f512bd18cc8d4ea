import { readdir } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { nearest } from '@featurescope/core';

/** Paths beside a missing one whose names resemble it, at most three: folders, and files with a name that is accepted. */
export const neighbours = async (
  path: string,
  cwd: string = process.cwd(),
  accepts: (name: string) => boolean = () => true,
): Promise<readonly string[]> => {
  const folder = dirname(path);
  const entries = await readdir(resolve(cwd, folder), { withFileTypes: true }).catch(() => []);
  const visible = entries
    .filter((entry) => !entry.name.startsWith('.') && (!entry.isFile() || accepts(entry.name)))
    .map(({ name }) => name);
  return nearest(basename(path), visible).map((name) => (path.includes('/') ? join(folder, name) : name));
};
