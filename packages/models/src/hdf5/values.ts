import { decodeHalf } from '@featurescope/core';
import type { Metadata } from 'h5wasm';

/** Classes of HDF5 data types, as the library numbers them. */
export const CLASSES = { integer: 0, float: 1, string: 3, compound: 6, reference: 7, enumeration: 8, variableLength: 9 } as const;

export type Hdf5Numbers = Int8Array | Uint8Array | Int16Array | Uint16Array | Int32Array | Uint32Array | Float32Array | Float64Array;

type Decode = (buffer: ArrayBuffer) => Hdf5Numbers;

const NUMBERS: ReadonlyMap<string, Decode> = new Map<string, Decode>([
  ['int8', (buffer) => new Int8Array(buffer)],
  ['uint8', (buffer) => new Uint8Array(buffer)],
  ['int16', (buffer) => new Int16Array(buffer)],
  ['uint16', (buffer) => new Uint16Array(buffer)],
  ['int32', (buffer) => new Int32Array(buffer)],
  ['uint32', (buffer) => new Uint32Array(buffer)],
  ['int64', (buffer) => Float64Array.from(new BigInt64Array(buffer), Number)],
  ['uint64', (buffer) => Float64Array.from(new BigUint64Array(buffer), Number)],
  ['float16', (buffer) => decodeHalf(new Uint16Array(buffer))],
  ['float32', (buffer) => new Float32Array(buffer)],
  ['float64', (buffer) => new Float64Array(buffer)],
]);

/** `float32`, `uint16`, `string`, `reference`, `compound` or `other`; numbers that are enumerated (`bool`) go by the type behind them. */
export const dtypeOf = ({ type, size, signed, vlen, enum_type: behind, ref_type: reference }: Metadata): string => {
  const kind = type === CLASSES.enumeration ? behind?.type : type;
  if (kind === CLASSES.string || vlen) return 'string';
  if (kind === CLASSES.reference) return reference === 'object' ? 'reference' : 'other';
  if (kind === CLASSES.compound) return 'compound';
  if (kind === CLASSES.integer) return `${signed ? 'int' : 'uint'}${8 * size}`;
  return kind === CLASSES.float ? `float${8 * size}` : 'other';
};

/** Numbers of a type, in the order of the file; undefined for a type that is none. `float16` becomes `Float32Array`, integers of 64 bits `Float64Array`. */
export const decodeNumbers = (dtype: string, bytes: Uint8Array<ArrayBuffer>): Hdf5Numbers | undefined => NUMBERS.get(dtype)?.(bytes.buffer);

export const isNumeric = (dtype: string): boolean => NUMBERS.has(dtype);

/** Strings of a fixed length, each ended by its first NUL or padded with it or with spaces. */
export const decodeStrings = ({ size, strpad }: Metadata, bytes: Uint8Array): readonly string[] => {
  const texts: string[] = [];
  for (let start = 0; size > 0 && start + size <= bytes.length; start += size) {
    const text = untilNul(bytes.subarray(start, start + size));
    texts.push(strpad === 2 ? text.trimEnd() : text);
  }
  return texts;
};

/** UTF-8, of which ASCII is a part. */
export const untilNul = (bytes: Uint8Array): string => {
  const end = bytes.indexOf(0);
  return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end));
};
