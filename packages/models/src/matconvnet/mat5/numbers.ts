import type { NumberArray } from '../value.js';
import type { Element, Mat5Bytes } from './element.js';
import { MI } from './types.js';

interface StoredType {
  readonly size: number;
  readonly view: (buffer: ArrayBufferLike, offset: number, count: number) => NumberArray;
}

const STORED: ReadonlyMap<number, StoredType> = new Map<number, StoredType>([
  [MI.INT8, { size: 1, view: (buffer, offset, count) => new Int8Array(buffer, offset, count) }],
  [MI.UINT8, { size: 1, view: (buffer, offset, count) => new Uint8Array(buffer, offset, count) }],
  [MI.INT16, { size: 2, view: (buffer, offset, count) => new Int16Array(buffer, offset, count) }],
  [MI.UINT16, { size: 2, view: (buffer, offset, count) => new Uint16Array(buffer, offset, count) }],
  [MI.INT32, { size: 4, view: (buffer, offset, count) => new Int32Array(buffer, offset, count) }],
  [MI.UINT32, { size: 4, view: (buffer, offset, count) => new Uint32Array(buffer, offset, count) }],
  [MI.SINGLE, { size: 4, view: (buffer, offset, count) => new Float32Array(buffer, offset, count) }],
  [MI.DOUBLE, { size: 8, view: (buffer, offset, count) => new Float64Array(buffer, offset, count) }],
  [MI.INT64, { size: 8, view: (buffer, offset, count) => Float64Array.from(new BigInt64Array(buffer, offset, count), Number) }],
  [MI.UINT64, { size: 8, view: (buffer, offset, count) => Float64Array.from(new BigUint64Array(buffer, offset, count), Number) }],
]);

const HOST_IS_LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** Bytes that one number of this type takes; undefined when it is no type of numbers. */
export const storedSize = (type: number): number | undefined => STORED.get(type)?.size;

/** The numbers of an element: a view of the file where byte order and alignment allow, else a copy. */
export const decodeNumbers = ({ bytes, littleEndian }: Mat5Bytes, { type, start, length }: Element): NumberArray => {
  const stored = STORED.get(type);
  if (stored === undefined) return new Float64Array(0);
  const { size, view } = stored;
  const count = length / size;
  const offset = bytes.byteOffset + start;
  const swapped = size > 1 && littleEndian !== HOST_IS_LITTLE_ENDIAN;
  if (!swapped && offset % size === 0) return view(bytes.buffer, offset, count);
  const copy = Uint8Array.from(bytes.subarray(start, start + length));
  if (swapped) for (let at = 0; at < length; at += size) copy.subarray(at, at + size).reverse();
  return view(copy.buffer, 0, count);
};
