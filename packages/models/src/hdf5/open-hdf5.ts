import { readAttribute } from './attribute.js';
import { openDataset } from './dataset.js';
import { hdf5Unavailable, invalidHdf5, unsupportedHdf5 } from './errors.js';
import type { Hdf5Dataset, Hdf5File } from './hdf5-file.js';
import { Hdf5Library, OBJECTS } from './library.js';
import { Hdf5Source, inPlainWords } from './source.js';

/** `\x89HDF\r\n\x1a\n` at the start, or after a header of 512, 1024, 2048, … bytes. */
const SIGNATURE = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];
const PATH = '/file.h5';
const READ_ONLY = 0;

/** Whether bytes can be an HDF5 file. */
export const isHdf5 = (bytes: Uint8Array): boolean => {
  for (let start = 0; start + SIGNATURE.length <= bytes.length; start = start === 0 ? 512 : 2 * start) {
    if (SIGNATURE.every((byte, i) => bytes[start + i] === byte)) return true;
  }
  return false;
};

/**
 * Opens an HDF5 file that is in memory; `source` names it in messages. What it declares is compared with its length before it is read, and
 * at most a gigabyte is read in all. @throws FeaturescopeError when it is no HDF5 file, or a damaged one
 */
export const openHdf5 = async (bytes: Uint8Array, source: string): Promise<Hdf5File> => {
  if (!isHdf5(bytes)) throw invalidHdf5(source, 'it does not begin as one');
  const library = await Hdf5Library.start().catch((cause: unknown) => {
    throw hdf5Unavailable(source, cause);
  });
  try {
    const file = inPlainWords(source, () => {
      library.call('mount', [PATH, bytes], bytes.length);
      return library.call('open', [PATH, READ_ONLY, false, -1, -1]);
    });
    if (file < 0) throw invalidHdf5(source, 'the HDF5 library does not open it');
    return new OpenFile(source, new Hdf5Source(source, library, file, bytes.length));
  } catch (error) {
    library.end();
    throw error;
  }
};

class OpenFile implements Hdf5File {
  constructor(
    private readonly name: string,
    private opened: Hdf5Source | undefined,
  ) {}

  kind(path: string): 'group' | 'dataset' | undefined {
    const type = this.typeOf(path);
    return type === OBJECTS.group ? 'group' : type === OBJECTS.dataset ? 'dataset' : undefined;
  }

  keys(path: string): readonly string[] {
    return this.source.call((library, file) => library.call('get_names', [file, path, false], this.source.length));
  }

  attribute(path: string, name: string): unknown {
    return readAttribute(this.source, path, name);
  }

  dataset(path: string): Hdf5Dataset {
    const { source } = this;
    if (this.kind(path) === 'dataset') return openDataset(source, path);
    if (this.typeOf(path) === OBJECTS.linkToFile)
      throw unsupportedHdf5(this.name, `"${path}" is a link to another file, which is not followed`);
    throw invalidHdf5(this.name, `it has no dataset "${path}"`);
  }

  close(): void {
    this.opened?.library.end();
    this.opened = undefined;
  }

  private typeOf(path: string): number {
    return this.source.call((library, file) => library.call('get_type', [file, path]));
  }

  private get source(): Hdf5Source {
    if (this.opened === undefined) throw unsupportedHdf5(this.name, 'it is closed');
    return this.opened;
  }
}
