import { readFile } from 'node:fs/promises';
import { basename, extname, resolve } from 'node:path';
import { drawingInput, type ImageCodec, type Input, type InputLoader } from '@featurescope/core';
import { missingText, unreadableFile } from '../errors.js';
import { fileNamePart, uniqueName } from '../file-name.js';
import { neighbours } from '../neighbours.js';
import { forEachParallel } from '../parallel.js';
import { arrayInput } from './array-input.js';
import { drawingSource, drawingsOn } from './drawing-lines.js';
import { expandInputs } from './expand.js';
import { pictureInput } from './picture-input.js';
import { svgInput } from './svg-input.js';

const PARALLEL = 8;

/** Reads a file's bytes whenever they are needed. */
export interface InputFile {
  readonly name: string;
  readonly source: string;
  read(): Promise<Uint8Array>;
}

const stem = (path: string): string => fileNamePart(basename(path, extname(path)));

/** An input before its name is known to be unique. */
interface Found {
  readonly stem: string;
  readonly source: string;
  open(name: string): Promise<Input>;
}

/** Inputs from the file system. Every file is read once at the beginning, so that a damaged one is found before any work starts; `warn` is told of what is passed over. */
export const fileInputLoader = (
  codec: ImageCodec,
  cwd: string = process.cwd(),
  warn: (message: string) => void = () => {},
): InputLoader => ({
  async load(patterns) {
    const sources = await expandInputs(patterns, cwd);
    const found = (await Promise.all(sources.map((source) => findInputs(source, codec, cwd, warn)))).flat();
    const taken = new Set<string>();
    const names = found.map((one) => uniqueName(one.stem, taken));
    const inputs: Input[] = [];
    await forEachParallel(found.length, PARALLEL, async (i) => {
      const input = await found[i]?.open(names[i] ?? '');
      if (input) inputs[i] = input;
    });
    return inputs;
  },
  readText: (source) =>
    readFile(resolve(cwd, source), 'utf8').catch(async (cause: unknown) => {
      throw isMissing(cause) ? missingText(source, await neighbours(source, cwd)) : unreadableFile(source, cause);
    }),
});

/** The inputs in a file: one, or as many as it has drawings. */
const findInputs = async (given: string, codec: ImageCodec, cwd: string, warn: (message: string) => void): Promise<readonly Found[]> => {
  const drawings = drawingSource(given);
  if (drawings) {
    const name = basename(drawings.file).replace(/\.ndjson(\.gz)?$/i, '');
    const lines = await drawingsOn(resolve(cwd, drawings.file), drawings, warn);
    return lines.map(({ line, drawing }): Found => {
      const source = `${drawings.file}#${line}`;
      return { stem: fileNamePart(`${name}-${line}`), source, open: async (unique) => drawingInput(unique, source, drawing) };
    });
  }
  const read = (): Promise<Uint8Array> =>
    readFile(resolve(cwd, given)).catch((cause: unknown) => {
      throw unreadableFile(given, cause);
    });
  return [{ stem: stem(given), source: given, open: (name) => openInput({ name, source: given, read }, codec) }];
};

const openInput = (file: InputFile, codec: ImageCodec): Promise<Input> => {
  switch (extname(file.source).toLowerCase()) {
    case '.npy':
      return arrayInput(file);
    case '.svg':
      return svgInput(file, codec);
    default:
      return pictureInput(file, codec);
  }
};

const isMissing = (cause: unknown): boolean => cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
