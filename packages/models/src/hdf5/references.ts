import { OBJECTS } from './library.js';
import type { Hdf5Source } from './source.js';

const MAX_OBJECTS = 1_000_000;

/** Paths that object references stand for, '' where there is none. HDF5 itself searches the whole file for each of them; here it is once. */
export const pathsOf = (source: Hdf5Source, bytes: Uint8Array, size: number): readonly string[] => {
  source.objects ??= indexOf(source);
  const paths: string[] = [];
  for (let start = 0; start + size <= bytes.length; start += size)
    paths.push(source.objects.get(keyOf(bytes.subarray(start, start + size))) ?? '');
  return paths;
};

const indexOf = (source: Hdf5Source): ReadonlyMap<string, string> =>
  source.call((library, file) => {
    const names = library.call('get_names', [file, '/', true], source.length);
    if (names.length > MAX_OBJECTS) throw new Error(`it holds ${names.length} objects`);
    const paths = new Map<string, string>();
    for (const name of names) {
      const kind = library.call('get_type', [file, `/${name}`]);
      if (kind !== OBJECTS.group && kind !== OBJECTS.dataset) continue;
      const key = keyOf(library.call('create_object_reference', [file, `/${name}`]));
      if (!paths.has(key)) paths.set(key, `/${name}`);
    }
    return paths;
  });

const keyOf = (reference: Uint8Array): string => Buffer.from(reference).toString('hex');
