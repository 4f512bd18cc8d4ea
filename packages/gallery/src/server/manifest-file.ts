import type { Manifest } from '@featurescope/core';
import { readInside } from './files.js';

export const MANIFEST = 'manifest.json';

const isManifest = (value: unknown): value is Manifest =>
  typeof value === 'object' &&
  value !== null &&
  'schemaVersion' in value &&
  value.schemaVersion === 1 &&
  'runs' in value &&
  Array.isArray(value.runs);

/** The manifest of a folder; undefined when there is none that can be read. */
export const readManifest = async (folder: string): Promise<Manifest | undefined> => {
  const bytes = await readInside(folder, MANIFEST).catch(() => undefined);
  if (bytes === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return isManifest(value) ? value : undefined;
  } catch {
    return undefined;
  }
};
