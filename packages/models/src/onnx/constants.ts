import { decodeHalf, elementCount } from '@featurescope/core';
import { DataLocation, DataType, type TensorProto } from '@featurescope/onnx';
import { invalidTensor } from './errors.js';

/** A value that is known when the file is read: a weight, a shape, a parameter. C order. */
export interface Constant {
  readonly kind: 'constant';
  /** The same for two uses of the same values. */
  readonly id: string;
  readonly dims: readonly number[];
  readonly values: () => ArrayLike<number>;
}

/** Bytes of a file beside the model, by the location that a tensor names. */
export type ExternalData = ReadonlyMap<string, Uint8Array>;

type Reader = (bytes: Uint8Array<ArrayBuffer>) => ArrayLike<number>;

interface StoredType {
  readonly size: number;
  /** The bytes start at offset 0 of their buffer. */
  readonly fromBytes: Reader;
  readonly fromFields: (tensor: TensorProto) => ArrayLike<number>;
}

const halves = (tensor: TensorProto): Uint16Array => Uint16Array.from(tensor.int32Data);
const bfloats = (bits: Uint16Array): Float32Array => new Float32Array(Uint32Array.from(bits, (value) => value << 16).buffer);

const STORED_TYPES: ReadonlyMap<number, StoredType> = new Map<number, StoredType>([
  [DataType.FLOAT, { size: 4, fromBytes: ({ buffer }) => new Float32Array(buffer), fromFields: (t) => t.floatData }],
  [DataType.DOUBLE, { size: 8, fromBytes: ({ buffer }) => new Float64Array(buffer), fromFields: (t) => t.doubleData }],
  [DataType.FLOAT16, { size: 2, fromBytes: ({ buffer }) => decodeHalf(new Uint16Array(buffer)), fromFields: (t) => decodeHalf(halves(t)) }],
  [DataType.BFLOAT16, { size: 2, fromBytes: ({ buffer }) => bfloats(new Uint16Array(buffer)), fromFields: (t) => bfloats(halves(t)) }],
  [
    DataType.INT64,
    { size: 8, fromBytes: ({ buffer }) => Float64Array.from(new BigInt64Array(buffer), Number), fromFields: (t) => t.int64Data },
  ],
  [
    DataType.UINT64,
    { size: 8, fromBytes: ({ buffer }) => Float64Array.from(new BigUint64Array(buffer), Number), fromFields: (t) => t.uint64Data },
  ],
  [DataType.UINT32, { size: 4, fromBytes: ({ buffer }) => new Uint32Array(buffer), fromFields: (t) => t.uint64Data }],
  [DataType.INT32, { size: 4, fromBytes: ({ buffer }) => new Int32Array(buffer), fromFields: (t) => t.int32Data }],
  [DataType.INT16, { size: 2, fromBytes: ({ buffer }) => new Int16Array(buffer), fromFields: (t) => t.int32Data }],
  [DataType.UINT16, { size: 2, fromBytes: ({ buffer }) => new Uint16Array(buffer), fromFields: (t) => t.int32Data }],
  [DataType.INT8, { size: 1, fromBytes: ({ buffer }) => new Int8Array(buffer), fromFields: (t) => t.int32Data }],
  [DataType.UINT8, { size: 1, fromBytes: (bytes) => bytes, fromFields: (t) => t.int32Data }],
  [DataType.BOOL, { size: 1, fromBytes: (bytes) => bytes, fromFields: (t) => t.int32Data }],
]);

const typeName = (dataType: number): string =>
  Object.entries(DataType)
    .find(([, value]) => value === dataType)?.[0]
    .toLowerCase() ?? `number ${dataType}`;

/** Checks a tensor of a file against its own description. @throws FeaturescopeError naming the tensor */
export const constantFromTensor = (tensor: TensorProto, id: string, source: string, external: ExternalData): Constant => {
  const fail = (problem: string) => invalidTensor(source, id, problem);
  const dataType = tensor.dataType ?? DataType.UNDEFINED;
  const type = STORED_TYPES.get(dataType);
  if (type === undefined) throw fail(`has elements of type ${typeName(dataType)}; expected floats or integers`);
  const count = elementCount(tensor.dims);
  if (tensor.dims.length > 16 || Number.isNaN(count)) throw fail(`has the shape [${tensor.dims.slice(0, 16).join(', ')}]`);

  const raw = tensor.dataLocation === DataLocation.EXTERNAL ? externalBytes(tensor, fail, external) : tensor.rawData;
  if (raw !== undefined && (raw.length > 0 || count === 0)) {
    const expected = count * type.size;
    if (raw.length !== expected) throw fail(`of shape [${tensor.dims.join(', ')}] needs ${expected} bytes, but has ${raw.length}`);
    return { kind: 'constant', id, dims: tensor.dims, values: once(() => type.fromBytes(Uint8Array.from(raw))) };
  }
  const given = type.fromFields(tensor);
  if (given.length !== count) throw fail(`of shape [${tensor.dims.join(', ')}] needs ${count} values, but has ${given.length}`);
  return { kind: 'constant', id, dims: tensor.dims, values: () => given };
};

/** Where a tensor's values lie when they are not in the model file itself. */
export const externalLocation = ({ externalData }: TensorProto): string | undefined =>
  externalData.find(({ key }) => key === 'location')?.value;

const externalBytes = (tensor: TensorProto, fail: (problem: string) => Error, external: ExternalData): Uint8Array => {
  const location = externalLocation(tensor);
  const file = location === undefined ? undefined : external.get(location);
  if (file === undefined) {
    throw fail(`keeps its values in another file (${location ?? 'unnamed'}), which is not there; save the model as one file`);
  }
  const entry = (key: string, standard: number): number => {
    const text = tensor.externalData.find((item) => item.key === key)?.value;
    return text === undefined ? standard : Number(text);
  };
  const offset = entry('offset', 0);
  const length = entry('length', file.length - offset);
  const inside =
    Number.isSafeInteger(offset) && Number.isSafeInteger(length) && offset >= 0 && length >= 0 && offset + length <= file.length;
  if (!inside) throw fail(`should lie at byte ${offset} of ${location}, which has ${file.length} bytes`);
  return file.subarray(offset, offset + length);
};

/** Values that are there already, for results of constant folding. */
export const knownConstant = (id: string, dims: readonly number[], values: ArrayLike<number>): Constant => ({
  kind: 'constant',
  id,
  dims,
  values: () => values,
});

const once = (compute: () => ArrayLike<number>): (() => ArrayLike<number>) => {
  let values: ArrayLike<number> | undefined;
  return () => {
    values ??= compute();
    return values;
  };
};
