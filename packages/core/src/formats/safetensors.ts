import { halfOverflow, invalidTensor } from './errors.js';
import { encodeHalf } from './half.js';
import { elementCount } from './sizes.js';

export { decodeSafetensors } from './safetensors-decode.js';

/** An array with its shape, C order. */
export interface TensorData {
  readonly shape: readonly number[];
  readonly data: Float32Array | Float64Array | Int32Array | Uint8Array;
}

export type FloatType = 'F32' | 'F16';

export interface SafetensorsOptions {
  /** Free text, key → value. */
  readonly metadata?: Readonly<Record<string, string>>;
  /** How `Float32Array` data is stored, for all tensors or by name. Default: `F32`. */
  readonly dtype?: FloatType | ((name: string) => FloatType);
}

export interface Safetensors {
  readonly tensors: ReadonlyMap<string, TensorData>;
  readonly metadata: Readonly<Record<string, string>>;
}

interface Stored {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly values: ArrayBufferView & { readonly BYTES_PER_ELEMENT: number };
}

/**
 * A safetensors file. Same tensors and metadata, same bytes.
 * @throws FeaturescopeError when a shape does not fit its data, or a value is too large for half precision
 */
export const encodeSafetensors = (tensors: ReadonlyMap<string, TensorData>, options: SafetensorsOptions = {}): Uint8Array<ArrayBuffer> => {
  const { dtype = 'F32', metadata } = options;
  const typeOf = typeof dtype === 'function' ? dtype : () => dtype;
  // Largest elements first, so that every tensor is aligned to its element size.
  const stored = [...tensors]
    .map(([name, tensor]) => store(name, tensor, typeOf(name)))
    .sort((a, b) => b.values.BYTES_PER_ELEMENT - a.values.BYTES_PER_ELEMENT);

  const entries: [string, unknown][] = metadata === undefined ? [] : [['__metadata__', metadata]];
  let offset = 0;
  for (const { name, dtype: type, shape, values } of stored) {
    entries.push([name, { dtype: type, shape, data_offsets: [offset, offset + values.byteLength] }]);
    offset += values.byteLength;
  }
  const header = new TextEncoder().encode(JSON.stringify(Object.fromEntries(entries)));
  const dataStart = 8 + Math.ceil(header.length / 8) * 8;

  const bytes = new Uint8Array(dataStart + offset);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(dataStart - 8), true);
  bytes.fill(0x20, 8, dataStart).set(header, 8);
  let position = dataStart;
  for (const { values } of stored) {
    bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), position);
    position += values.byteLength;
  }
  return bytes;
};

const store = (name: string, { shape, data }: TensorData, floatType: FloatType): Stored => {
  if (name === '__metadata__') throw invalidTensor(name, 'the name is reserved by the format');
  const expected = elementCount(shape);
  if (expected !== data.length) throw invalidTensor(name, `its shape [${shape}] has ${expected} elements, but its data ${data.length}`);
  if (data instanceof Float64Array) return { name, dtype: 'F64', shape, values: data };
  if (data instanceof Int32Array) return { name, dtype: 'I32', shape, values: data };
  if (data instanceof Uint8Array) return { name, dtype: 'U8', shape, values: data };
  if (floatType === 'F32') return { name, dtype: 'F32', shape, values: data };
  const half = encodeHalf(data);
  const overflow = half.findIndex((bits, i) => (bits & 0x7fff) === 0x7c00 && Number.isFinite(data[i]));
  if (overflow >= 0) throw halfOverflow(name, data[overflow] ?? 0);
  return { name, dtype: 'F16', shape, values: half };
};
