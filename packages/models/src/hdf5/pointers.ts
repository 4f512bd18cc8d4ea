import type { Metadata } from 'h5wasm';
import type { Hdf5Source } from './source.js';
import { decodeNumbers, decodeStrings, dtypeOf, untilNul } from './values.js';

/** Strings, or lists of numbers or characters, that stand elsewhere in the library's memory and are pointed to. */
export const pointedTo = (source: Hdf5Source, metadata: Metadata, bytes: Uint8Array<ArrayBuffer>): readonly unknown[] => {
  const pointers = new Uint32Array(bytes.buffer);
  if (metadata.vlen) return Array.from(pointers, (pointer) => textAt(source, pointer));
  const { vlen_type: item } = metadata;
  if (item === undefined) return [];
  const lists: unknown[] = [];
  for (let i = 0; i + 1 < pointers.length; i += 2) lists.push(listAt(source, item, pointers[i] ?? 0, pointers[i + 1] ?? 0));
  return lists;
};

const textAt = (source: Hdf5Source, address: number): string => {
  if (address === 0) return '';
  const bytes = source.call((library) => library.call('text_at', [address]));
  source.spend(bytes.length, 'a text');
  return untilNul(bytes);
};

/** Characters one by one, as MATLAB writes names, become one string. */
const listAt = (source: Hdf5Source, item: Metadata, count: number, address: number): unknown => {
  source.spend(count * item.size, 'a list');
  const bytes = source.call((library) => library.call('memory_at', [address, count * item.size]));
  const dtype = dtypeOf(item);
  if (dtype === 'string' && !item.vlen) return item.size === 1 ? untilNul(bytes) : decodeStrings(item, bytes);
  return decodeNumbers(dtype, bytes);
};
