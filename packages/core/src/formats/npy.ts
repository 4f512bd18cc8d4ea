import { malformedFile, unsupportedArray } from './errors.js';
import { halfToNumber } from './half.js';
import { parseNpyHeader } from './npy-header.js';
import { elementCount } from './sizes.js';

/** A float32 array, C order. */
export interface NpyArray {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

interface ElementType {
  readonly size: number;
  read(view: DataView, offset: number, littleEndian: boolean): number;
}

const ELEMENT_TYPES: ReadonlyMap<string, ElementType> = new Map<string, ElementType>([
  ['f2', { size: 2, read: (view, at, little) => halfToNumber(view.getUint16(at, little)) }],
  ['f4', { size: 4, read: (view, at, little) => view.getFloat32(at, little) }],
  ['f8', { size: 8, read: (view, at, little) => view.getFloat64(at, little) }],
  ['i1', { size: 1, read: (view, at) => view.getInt8(at) }],
  ['i2', { size: 2, read: (view, at, little) => view.getInt16(at, little) }],
  ['i4', { size: 4, read: (view, at, little) => view.getInt32(at, little) }],
  ['i8', { size: 8, read: (view, at, little) => Number(view.getBigInt64(at, little)) }],
  ['u1', { size: 1, read: (view, at) => view.getUint8(at) }],
  ['u2', { size: 2, read: (view, at, little) => view.getUint16(at, little) }],
  ['u4', { size: 4, read: (view, at, little) => view.getUint32(at, little) }],
  ['u8', { size: 8, read: (view, at, little) => Number(view.getBigUint64(at, little)) }],
]);

const READABLE = 'real numbers: float16, float32, float64, or integers of 8 to 64 bits';

/**
 * Reads a `.npy` file, versions 1.0 to 3.0, real types of either byte order, C or Fortran order, any rank.
 * @throws FeaturescopeError naming `source` when the file is malformed, empty, of another type, or has values that are not finite in float32
 */
export const decodeNpy = (bytes: Uint8Array, source: string): NpyArray => {
  const { descr, fortranOrder, shape, dataStart } = parseNpyHeader(bytes, source);
  const type = ELEMENT_TYPES.get(descr.slice(1));
  if (type === undefined || !'<>|='.includes(descr.charAt(0))) {
    throw unsupportedArray(source, `has elements of type ${describeType(descr)}`, READABLE);
  }
  const count = elementCount(shape);
  if (count === 0) throw unsupportedArray(source, `is empty: its shape is (${shape.join(', ')})`, 'at least one element');
  if (count * type.size !== bytes.length - dataStart) {
    const given = `its header announces ${shape.length === 0 ? 'one element' : `shape (${shape.join(', ')})`} of type ${descr}, but ${bytes.length - dataStart} bytes of data follow`;
    throw malformedFile(source, '.npy', given);
  }

  const view = new DataView(bytes.buffer, bytes.byteOffset + dataStart);
  const littleEndian = descr.charAt(0) !== '>';
  const values = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    const value = type.read(view, i * type.size, littleEndian);
    if (!Number.isFinite(Math.fround(value))) {
      throw unsupportedArray(source, `holds ${value} at flat position ${i}`, 'finite numbers within the range of float32');
    }
    values[i] = value;
  }
  return { shape, data: fortranOrder ? fromFortranOrder(values, shape) : values };
};

/** A `.npy` file: version 1.0, little-endian float32, C order. @throws FeaturescopeError when the shape does not fit the data */
export const encodeNpy = (shape: readonly number[], data: Float32Array): Uint8Array<ArrayBuffer> => {
  if (elementCount(shape) !== data.length) {
    throw unsupportedArray('to be saved', `has ${data.length} elements`, `as many as its shape (${shape.join(', ')}) says`);
  }
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const dictionary = `{'descr': '<f4', 'fortran_order': False, 'shape': ${tuple}, }`;
  const dataStart = Math.ceil((10 + dictionary.length + 1) / 64) * 64;
  const header = `${dictionary.padEnd(dataStart - 11, ' ')}\n`;

  const bytes = new Uint8Array(dataStart + data.byteLength);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]);
  new DataView(bytes.buffer).setUint16(8, header.length, true);
  bytes.set(new TextEncoder().encode(header), 10);
  bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), dataStart);
  return bytes;
};

const describeType = (descr: string): string => {
  const kind = descr.charAt(1);
  if (kind === 'c') return `${descr} (complex)`;
  if (kind === 'O') return `${descr} (Python objects)`;
  if (kind === 'b') return `${descr} (truth values)`;
  if (kind === 'U' || kind === 'S') return `${descr} (text)`;
  return descr;
};

const fromFortranOrder = (values: Float32Array, shape: readonly number[]): Float32Array => {
  const strides: number[] = [];
  let stride = 1;
  for (const size of shape) {
    strides.push(stride);
    stride *= size;
  }
  const result = new Float32Array(values.length);
  const position = shape.map(() => 0);
  let from = 0;
  for (let to = 0; to < result.length; to++) {
    result[to] = values[from] ?? 0;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const size = shape[axis] ?? 1;
      const step = strides[axis] ?? 0;
      const next = (position[axis] ?? 0) + 1;
      if (next < size) {
        position[axis] = next;
        from += step;
        break;
      }
      position[axis] = 0;
      from -= step * (size - 1);
    }
  }
  return result;
};
