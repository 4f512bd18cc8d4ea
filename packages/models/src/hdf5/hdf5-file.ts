import type { Hdf5Numbers } from './values.js';

/** An array of an HDF5 file; what it holds is read when it is asked for. */
export interface Hdf5Dataset {
  /** As HDF5 has it: the last axis runs fastest. Empty for a single value. */
  readonly shape: readonly number[];
  /** `float32`, `uint16`, `int64`, … or `string`, `reference`, `compound`, `other`. */
  readonly dtype: string;
  /** All values in the order of the file; `float16` becomes `Float32Array`, integers of 64 bits `Float64Array`. @throws FeaturescopeError when it does not hold numbers */
  numbers(): Hdf5Numbers;
  /** A string, or the characters that a list of unsigned integers stands for. @throws FeaturescopeError when it is neither */
  text(): string;
  /** Paths of the objects that its object references point to, in the order of the file; '' for one that points nowhere. @throws FeaturescopeError when it holds no references */
  references(): readonly string[];
}

/** An HDF5 file in memory. Paths are absolute and separated by slashes; every method throws a FeaturescopeError naming the file when it is damaged. */
export interface Hdf5File {
  /** Names in a group, in the order in which they were made where the file keeps it, else sorted. */
  keys(path: string): readonly string[];
  /** Undefined when there is nothing, or something else: a link to another file, a link to nowhere, a named type. */
  kind(path: string): 'group' | 'dataset' | undefined;
  /** A string, a number (also for `bool`), an array of either (a typed array for numbers), a list of lists for lists of varying length; undefined when there is no such attribute or its type has no such form. */
  attribute(path: string, name: string): unknown;
  /** @throws FeaturescopeError when there is none, or it leads to another file, or is larger than its file can be */
  dataset(path: string): Hdf5Dataset;
  /** Frees the file and the memory of the library; further calls throw. */
  close(): void;
}
