import type { Metadata } from 'h5wasm';
import { invalidHdf5, unsupportedHdf5 } from './errors.js';
import type { Hdf5Dataset } from './hdf5-file.js';
import { pointedTo } from './pointers.js';
import { pathsOf } from './references.js';
import type { Hdf5Source } from './source.js';
import { decodeNumbers, decodeStrings, dtypeOf } from './values.js';

/** Bytes that are asked of the library at once, so that it needs little memory of its own. */
const PART = 2 ** 24;
/** Most bytes that one byte can become: deflate's limit. */
const MOST_EXPANSION = 1032;
/** A stored piece needs at least its address and length in the file. */
const LEAST_CHUNK_ENTRY = 8;
const MAX_CHUNK = 2 ** 28;
const MAX_TEXT = 2 ** 24;

/** @throws FeaturescopeError when it is larger than its file can be */
export const openDataset = (source: Hdf5Source, path: string): Hdf5Dataset => {
  const metadata = source.call((library, file) => library.call('get_dataset_metadata', [file, path]));
  const dtype = dtypeOf(metadata);
  checkSizes(source, path, metadata);
  const fail = (wanted: string) => unsupportedHdf5(source.name, `"${path}" holds ${dtype} values; expected ${wanted}`);
  const read = () => readBytes(source, path, metadata);
  return {
    shape: metadata.shape ?? [0],
    dtype,
    numbers: () => {
      const numbers = metadata.shape === null ? new Float32Array(0) : decodeNumbers(dtype, read());
      if (numbers === undefined) throw fail('numbers');
      return numbers;
    },
    text: () => {
      const text = metadata.total_size * metadata.size > MAX_TEXT ? undefined : textOf(source, path, metadata);
      if (text === undefined) throw fail('one text');
      return text;
    },
    references: () => {
      if (dtype !== 'reference') throw fail('object references');
      return pathsOf(source, read(), metadata.size);
    },
  };
};

/** Compares what a dataset declares with what its file can hold. */
const checkSizes = (source: Hdf5Source, path: string, { shape, chunks, size, total_size: count, virtual_sources: parts }: Metadata) => {
  if (parts !== undefined) throw unsupportedHdf5(source.name, `"${path}" is put together from other datasets, which is not supported`);
  if (shape === null) return;
  const bytes = count * size;
  const most = source.length * (chunks === null ? 1 : MOST_EXPANSION);
  if (!(bytes <= most)) {
    const what = `"${path}" of ${size} × ${shape.join(' × ')} bytes`;
    throw invalidHdf5(source.name, `${what} does not fit into its ${source.length} bytes`);
  }
  if (chunks === null || bytes === 0) return;
  const pieces = chunks.reduce((product, length, axis) => product * Math.ceil((shape[axis] ?? 1) / Math.max(1, length)), 1);
  const piece = chunks.reduce((product, length) => product * length, size);
  if (pieces * LEAST_CHUNK_ENTRY > source.length || piece > Math.min(MAX_CHUNK, most))
    throw invalidHdf5(source.name, `"${path}" is cut into ${pieces} pieces of ${piece} bytes each`);
};

/** All values of a dataset as the library lays them out: little-endian, the last axis running fastest. */
const readBytes = (source: Hdf5Source, path: string, metadata: Metadata): Uint8Array<ArrayBuffer> => {
  const { shape, size, total_size: count, chunks } = metadata;
  source.spend(count * size, `"${path}"`);
  const bytes = new Uint8Array(count * size);
  const [rows = 1, ...rest] = shape ?? [];
  const row = rest.reduce((product, length) => product * length, size);
  const step = Math.max(1, Math.floor(PART / Math.max(1, row)));
  const aligned = Math.ceil(step / (chunks?.[0] ?? 1)) * (chunks?.[0] ?? 1);
  if (bytes.length === 0) return bytes;
  for (let start = 0; start < rows; start += aligned) {
    const selected = [Math.min(aligned, rows - start), ...rest];
    const part = shape?.length === 0 ? null : selected.map(BigInt);
    const offset = part?.map((_, axis) => (axis === 0 ? BigInt(start) : 0n)) ?? null;
    const length = row * (selected[0] ?? 1);
    bytes.set(
      source.call((library, file) => library.call('dataset_bytes', [file, path, part, offset, length], length)),
      start * row,
    );
  }
  return bytes;
};

const textOf = (source: Hdf5Source, path: string, metadata: Metadata): string | undefined => {
  const bytes = readBytes(source, path, metadata);
  const dtype = dtypeOf(metadata);
  if (dtype === 'uint8' || dtype === 'uint16' || dtype === 'uint32')
    return Array.from(decodeNumbers(dtype, bytes) ?? [], (code) => String.fromCodePoint(Math.min(code, 0x10ffff))).join('');
  if (dtype !== 'string' || metadata.total_size !== 1) return undefined;
  const [text] = metadata.vlen ? pointedTo(source, metadata, bytes) : decodeStrings(metadata, bytes);
  return typeof text === 'string' ? text : undefined;
};
