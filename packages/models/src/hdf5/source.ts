import { isFeaturescopeError } from '@featurescope/core';
import { invalidHdf5 } from './errors.js';
import type { FileId, Hdf5Library } from './library.js';

/** Most bytes that are read from one file, counted decompressed … */
const MAX_BYTES = 2 ** 30;
/** … and that all it holds can come to, by its length: weights are compressed a few times at most. */
const mostOf = (length: number): number => Math.min(MAX_BYTES, 2 ** 26 + 16 * length);

/** An open file with the library that reads it. */
export class Hdf5Source {
  /** Paths of all objects by the references to them, once they are needed. */
  objects: ReadonlyMap<string, string> | undefined;
  private read = 0;

  constructor(
    /** For messages. */
    readonly name: string,
    readonly library: Hdf5Library,
    readonly file: FileId,
    /** Length of the file in bytes. */
    readonly length: number,
  ) {}

  /** Counts bytes before they are read. @throws FeaturescopeError when they are too many */
  spend(bytes: number, what: string): void {
    this.read += bytes;
    const most = mostOf(this.length);
    if (this.read <= most) return;
    const problem = `up to ${what} it gives ${this.read} bytes, more than the ${most} that are read from a file of its length`;
    throw invalidHdf5(this.name, problem);
  }

  /** Runs calls of the library. @throws FeaturescopeError for whatever they throw */
  call<T>(use: (library: Hdf5Library, file: FileId) => T): T {
    return inPlainWords(this.name, () => use(this.library, this.file));
  }
}

/** @throws FeaturescopeError naming `source` for whatever the library throws */
export const inPlainWords = <T>(source: string, use: () => T): T => {
  try {
    return use();
  } catch (error) {
    throw isFeaturescopeError(error) ? error : invalidHdf5(source, reasonIn(error), error);
  }
};

/** The innermost line of HDF5's error stack, `#006: …/H5F.c line 1 in H5F_open(): file signature not found`. */
const reasonIn = (error: unknown): string => {
  const message = error instanceof Error ? error.message : '';
  const lines = message.split('\n').filter((line) => /^\s*#\d+:/.test(line));
  const innermost = lines.at(-1)?.split('(): ').at(-1)?.trim();
  return (innermost || message.split('\n')[0] || 'its structure makes the HDF5 library fail').slice(0, 200);
};
