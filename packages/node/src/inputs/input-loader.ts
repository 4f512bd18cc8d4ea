import { readFile } from 'node:fs/promises';
import { basename, extname, resolve } from 'node:path';
import type { ImageCodec, Input, InputLoader } from '@featurescope/core';
import { missingText, unreadableFile } from '../errors.js';
import { fileNamePart, uniqueName } from '../file-name.js';
import { neighbours } from '../neighbours.js';
import { forEachParallel } from '../parallel.js';
import { arrayInput } from './array-input.js';
import { expandInputs } from './expand.js';
import { pictureInput } from './picture-input.js';

const PARALLEL = 8;

/** Reads a file's bytes whenever they are needed. */
export interface InputFile {
  readonly name: string;
  readonly source: string;
  read(): Promise<Uint8Array>;
}

const stem = (path: string): string => fileNamePart(basename(path, extname(path)));

/** Inputs from the file system. Every file is read once at the beginning, so that a damaged one is found before any work starts. */
export const fileInputLoader = (codec: ImageCodec, cwd: string = process.cwd()): InputLoader => ({
  async load(patterns) {
    const sources = await expandInputs(patterns, cwd);
    const taken = new Set<string>();
    const files = sources.map(
      (source): InputFile => ({
        name: uniqueName(stem(source), taken),
        source,
        read: () =>
          readFile(resolve(cwd, source)).catch((cause: unknown) => {
            throw unreadableFile(source, cause);
          }),
      }),
    );
    const inputs: Input[] = [];
    await forEachParallel(files.length, PARALLEL, async (i) => {
      const file = files[i];
      if (file === undefined) return;
      inputs[i] = extname(file.source).toLowerCase() === '.npy' ? await arrayInput(file) : await pictureInput(file, codec);
    });
    return inputs;
  },
  readText: (source) =>
    readFile(resolve(cwd, source), 'utf8').catch(async (cause: unknown) => {
      throw isMissing(cause) ? missingText(source, await neighbours(source, cwd)) : unreadableFile(source, cause);
    }),
});

const isMissing = (cause: unknown): boolean => cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
