import {
  type AttributeProto,
  AttributeType,
  DataType,
  type Loose,
  type NodeProto,
  type TensorProto,
  type ValueInfoProto,
} from './types.js';

/** Value of an attribute: a whole number is an INT; wrap a number that must be a FLOAT with `float`. */
export type AttributeValue = number | string | readonly number[] | FloatValue | FloatsValue | Loose<TensorProto>;

interface FloatValue {
  readonly float: number;
}

interface FloatsValue {
  readonly floats: readonly number[];
}

/** Marks an attribute value as FLOAT, even if it is whole. */
export const float = (value: number): FloatValue => ({ float: value });

const utf8 = new TextEncoder();

export function attribute(name: string, value: AttributeValue): Loose<AttributeProto> {
  if (typeof value === 'number') return { name, type: AttributeType.INT, i: value };
  if (typeof value === 'string') return { name, type: AttributeType.STRING, s: utf8.encode(value) };
  if (Array.isArray(value)) return { name, type: AttributeType.INTS, ints: value as readonly number[] };
  if ('float' in value) return { name, type: AttributeType.FLOAT, f: value.float };
  if ('floats' in value) return { name, type: AttributeType.FLOATS, floats: value.floats };
  return { name, type: AttributeType.TENSOR, t: value as Loose<TensorProto> };
}

export function node(
  opType: string,
  input: readonly string[],
  output: readonly string[],
  attributes: Readonly<Record<string, AttributeValue>> = {},
): Loose<NodeProto> {
  return {
    opType,
    name: output[0] ?? opType,
    input,
    output,
    attribute: Object.entries(attributes).map(([name, value]) => attribute(name, value)),
  };
}

const bytesOf = (data: ArrayBufferView): Uint8Array => new Uint8Array(data.buffer, data.byteOffset, data.byteLength);

/** A float32 tensor in C order; the data is not copied. */
export const floatTensor = (name: string, dims: readonly number[], data: Float32Array): Loose<TensorProto> => ({
  name,
  dims,
  dataType: DataType.FLOAT,
  rawData: bytesOf(data),
});

/** An int64 tensor in C order. */
export const int64Tensor = (name: string, dims: readonly number[], values: readonly number[]): Loose<TensorProto> => ({
  name,
  dims,
  dataType: DataType.INT64,
  rawData: bytesOf(BigInt64Array.from(values, BigInt)),
});

/** Declares an input or output; a dimension given as text is symbolic. */
export const valueInfo = (name: string, elemType: number, shape: readonly (number | string)[]): Loose<ValueInfoProto> => ({
  name,
  type: {
    tensorType: { elemType, shape: { dim: shape.map((size) => (typeof size === 'number' ? { dimValue: size } : { dimParam: size })) } },
  },
});
