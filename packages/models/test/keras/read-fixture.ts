import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { isFeaturescopeError } from '@featurescope/core';
import { readKeras } from '../../src/keras/read-keras.js';
import type { FoundNetwork } from '../../src/loader/format.js';

const FOLDER = join(import.meta.dirname, 'fixtures');

/** What Keras has made of one picture. */
export interface Expected {
  readonly files: readonly string[];
  readonly size: readonly [height: number, width: number, channels: number];
  readonly input: readonly number[];
  readonly output: readonly number[];
  readonly parameters: number;
}

export const expectedOutputs = async (): Promise<Readonly<Record<string, Expected>>> =>
  JSON.parse(await readFile(join(FOLDER, 'expected.json'), 'utf8'));

export const fixture = async (file: string): Promise<Uint8Array> => Uint8Array.from(gunzipSync(await readFile(join(FOLDER, `${file}.gz`))));

/** Reads a file that stands alone in its folder. */
export const read = (bytes: Uint8Array, path: string, size?: readonly [number, number]): Promise<FoundNetwork> =>
  readKeras(bytes, {
    path,
    ...(size && { size }),
    names: async () => [path],
    read: async (name) => {
      throw new Error(`reads ${name}`);
    },
  });

/** A network, or the error that a user would see; anything else is thrown on. */
export const attempt = async (bytes: Uint8Array, path: string): Promise<FoundNetwork | string> => {
  try {
    return await read(bytes, path);
  } catch (error) {
    if (isFeaturescopeError(error)) return `${error.code}: ${error.message}`;
    throw error;
  }
};
