import { unzipSync } from 'fflate';
import { invalidArchive } from './errors.js';

/** Parts of a `.keras` file, decompressed. */
export interface KerasArchive {
  readonly config: string;
  readonly weights: Uint8Array;
}

const CONFIG = 'config.json';
const WEIGHTS = 'model.weights.h5';
const MAX_CONFIG = 2 ** 26;
const MAX_WEIGHTS = 2 ** 30;
/** Weights hardly compress: a small archive does not become a large one. */
const mostOf = (length: number): number => Math.min(MAX_WEIGHTS, 2 ** 26 + 16 * length);

const SIGNATURE = [0x50, 0x4b, 0x03, 0x04];

/** Whether bytes begin as a zip archive does. */
export const isArchive = (bytes: Uint8Array): boolean => SIGNATURE.every((byte, i) => bytes[i] === byte);

/** @throws FeaturescopeError when it is no archive of a Keras model, or asks for more than a gigabyte */
export const openArchive = (bytes: Uint8Array, path: string): KerasArchive => {
  const limits = new Map([
    [CONFIG, MAX_CONFIG],
    [WEIGHTS, mostOf(bytes.length)],
  ]);
  const files = unpacked(bytes, path, limits);
  const config = files[CONFIG];
  const weights = files[WEIGHTS];
  if (config === undefined) throw invalidArchive(path, `it lacks ${CONFIG}`);
  if (weights === undefined) throw invalidArchive(path, `it lacks ${WEIGHTS}`);
  return { config: new TextDecoder().decode(config), weights };
};

/** The files that have a limit; their sizes are checked before they are decompressed. */
const unpacked = (bytes: Uint8Array, path: string, limits: Map<string, number>): Readonly<Record<string, Uint8Array>> => {
  const problems: string[] = [];
  const wanted = ({ name, originalSize }: { readonly name: string; readonly originalSize: number }): boolean => {
    const limit = limits.get(name);
    if (limit === undefined) return false;
    // Each once: an archive may list a file again and again.
    limits.delete(name);
    if (originalSize <= limit) return true;
    problems.push(`its ${name} would have ${originalSize} bytes, more than the ${limit} that are read`);
    return false;
  };
  let files: Readonly<Record<string, Uint8Array>>;
  try {
    files = unzipSync(bytes, { filter: wanted });
  } catch (cause) {
    throw invalidArchive(path, cause instanceof Error && cause.message !== '' ? cause.message : 'its contents are damaged', cause);
  }
  const [problem] = problems;
  if (problem !== undefined) throw invalidArchive(path, problem);
  return files;
};
