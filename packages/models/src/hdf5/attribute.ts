import type { Metadata } from 'h5wasm';
import { invalidHdf5 } from './errors.js';
import { pointedTo } from './pointers.js';
import type { Hdf5Source } from './source.js';
import { CLASSES, decodeNumbers, decodeStrings, dtypeOf, isNumeric } from './values.js';

/** The value of an attribute, see `Hdf5File.attribute`. */
export const readAttribute = (source: Hdf5Source, path: string, name: string): unknown => {
  const names = source.call((library, file) => library.call('get_attribute_names', [file, path]));
  if (!names.includes(name)) return undefined;
  const metadata = source.call((library, file) => library.call('get_attribute_metadata', [file, path, name]));
  const values = valuesOf(source, path, name, metadata);
  return metadata.shape?.length === 0 ? values?.[0] : values;
};

const valuesOf = (source: Hdf5Source, path: string, name: string, metadata: Metadata): ArrayLike<unknown> | undefined => {
  const dtype = dtypeOf(metadata);
  const pointers = metadata.vlen || metadata.type === CLASSES.variableLength;
  if (metadata.shape === null || !(pointers || dtype === 'string' || isNumeric(dtype))) return undefined;
  const bytes = metadata.size * metadata.total_size;
  // Several may point to the same part of the file, which each of them may fill.
  source.spend(bytes, `the attribute "${name}"`);
  if (pointers && metadata.total_size > 1 && metadata.total_size * source.length > MAX_POINTED)
    throw invalidHdf5(source.name, `its attribute "${name}" lists ${metadata.total_size} texts of any length`);
  const data = source.call((library, file) => library.call('attribute_bytes', [file, path, name, bytes]));
  if (pointers) return pointedTo(source, metadata, data);
  return dtype === 'string' ? decodeStrings(metadata, data) : decodeNumbers(dtype, data);
};

/** Most bytes that a list of texts may come to. */
const MAX_POINTED = 2 ** 30;
