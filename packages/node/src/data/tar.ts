import { isFeaturescopeError } from '@featurescope/core';
import { type TarFile, tarFiles } from '../tar-files.js';
import { badTar, largeTar } from './errors.js';

/** Bytes of all pictures of an archive, packed as they are, that may be in memory. */
const MOST = 2 ** 30;

const bytesOf = async ({ name, size, pieces }: TarFile): Promise<Uint8Array> => {
  const bytes: Uint8Array[] = [];
  for await (const piece of pieces) bytes.push(piece);
  const whole = Buffer.concat(bytes);
  if (whole.length !== size) throw new Error(`"${name}" ends too early`);
  return whole;
};

/** @throws FeaturescopeError for whatever goes wrong in reading this archive */
const named = async <T>(path: string, work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (cause) {
    if (isFeaturescopeError(cause)) throw cause;
    throw badTar(path, cause instanceof Error ? cause.message : String(cause), cause);
  }
};

/**
 * The wanted files of a `.tar` or `.tar.gz` archive by name, the last of those with one name. They are kept in memory as they are packed, JPEGs as
 * JPEGs, since an archive can only be read from the beginning. @throws FeaturescopeError when it is damaged, or they take more than 1 GiB
 */
export const readTar = (path: string, wanted: (name: string) => boolean): Promise<ReadonlyMap<string, Uint8Array>> =>
  named(path, async () => {
    const files = new Map<string, Uint8Array>();
    let total = 0;
    for await (const file of tarFiles(path)) {
      if (!wanted(file.name)) {
        await file.skip();
        continue;
      }
      total += file.size;
      if (total > MOST) throw largeTar(path, MOST);
      files.set(file.name, await bytesOf(file));
    }
    return files;
  });

/** The name of the first file in an archive that is wanted; the rest is not read. @throws FeaturescopeError when it is damaged before that */
export const firstInTar = (path: string, wanted: (name: string) => boolean): Promise<string | undefined> =>
  named(path, async () => {
    for await (const { name, skip } of tarFiles(path)) {
      if (wanted(name)) return name;
      await skip();
    }
    return undefined;
  });
