/** `AttributeProto.AttributeType`. */
export const AttributeType = {
  FLOAT: 1,
  INT: 2,
  STRING: 3,
  TENSOR: 4,
  GRAPH: 5,
  FLOATS: 6,
  INTS: 7,
  STRINGS: 8,
  TENSORS: 9,
  GRAPHS: 10,
} as const;

/** `TensorProto.DataType`. */
export const DataType = {
  UNDEFINED: 0,
  FLOAT: 1,
  UINT8: 2,
  INT8: 3,
  UINT16: 4,
  INT16: 5,
  INT32: 6,
  INT64: 7,
  STRING: 8,
  BOOL: 9,
  FLOAT16: 10,
  DOUBLE: 11,
  UINT32: 12,
  UINT64: 13,
  COMPLEX64: 14,
  COMPLEX128: 15,
  BFLOAT16: 16,
} as const;

/** `TensorProto.DataLocation`: `EXTERNAL` means that the values are in another file, told by `externalData`. */
export const DataLocation = { DEFAULT: 0, EXTERNAL: 1 } as const;

export interface OperatorSetIdProto {
  readonly domain?: string;
  readonly version?: number;
}

export interface StringStringEntryProto {
  readonly key?: string;
  readonly value?: string;
}

/** A tensor. 64-bit integers are read as numbers: exact to ±2⁵³. */
export interface TensorProto {
  readonly name?: string;
  readonly dims: readonly number[];
  /** One of `DataType`. */
  readonly dataType?: number;
  readonly floatData: ArrayLike<number>;
  readonly int32Data: readonly number[];
  readonly int64Data: readonly number[];
  readonly uint64Data: readonly number[];
  readonly doubleData: ArrayLike<number>;
  readonly stringData: readonly Uint8Array[];
  /** Little-endian values; a view into the bytes that were decoded. */
  readonly rawData?: Uint8Array;
  /** Entries such as `location`, `offset`, `length`. */
  readonly externalData: readonly StringStringEntryProto[];
  /** One of `DataLocation`. */
  readonly dataLocation?: number;
  readonly docString?: string;
}

export interface AttributeProto {
  readonly name?: string;
  /** One of `AttributeType`; old files leave it out. */
  readonly type?: number;
  readonly f?: number;
  readonly i?: number;
  readonly s?: Uint8Array;
  readonly t?: TensorProto;
  readonly g?: GraphProto;
  readonly floats: ArrayLike<number>;
  readonly ints: readonly number[];
  readonly strings: readonly Uint8Array[];
  readonly tensors: readonly TensorProto[];
  readonly graphs: readonly GraphProto[];
  readonly refAttrName?: string;
  readonly docString?: string;
}

export interface NodeProto {
  readonly name?: string;
  readonly opType?: string;
  readonly domain?: string;
  /** An empty name stands for an optional input left out. */
  readonly input: readonly string[];
  readonly output: readonly string[];
  readonly attribute: readonly AttributeProto[];
  readonly docString?: string;
}

export interface Dimension {
  readonly dimValue?: number;
  readonly dimParam?: string;
  readonly denotation?: string;
}

export interface TensorShapeProto {
  readonly dim: readonly Dimension[];
}

export interface TypeProto {
  readonly tensorType?: { readonly elemType?: number; readonly shape?: TensorShapeProto };
  readonly denotation?: string;
}

export interface ValueInfoProto {
  readonly name?: string;
  readonly type?: TypeProto;
  readonly docString?: string;
}

export interface GraphProto {
  readonly name?: string;
  readonly node: readonly NodeProto[];
  readonly initializer: readonly TensorProto[];
  readonly input: readonly ValueInfoProto[];
  readonly output: readonly ValueInfoProto[];
  readonly valueInfo: readonly ValueInfoProto[];
  readonly docString?: string;
}

export interface ModelProto {
  readonly irVersion?: number;
  readonly producerName?: string;
  readonly producerVersion?: string;
  readonly domain?: string;
  readonly modelVersion?: number;
  readonly docString?: string;
  readonly graph?: GraphProto;
  readonly opsetImport: readonly OperatorSetIdProto[];
  readonly metadataProps: readonly StringStringEntryProto[];
}

/** The same message with everything optional, as `encodeModel` takes it. */
export type Loose<T> = T extends Uint8Array | ArrayLike<number>
  ? T
  : T extends readonly (infer Item)[]
    ? readonly Loose<Item>[]
    : T extends object
      ? { readonly [Key in keyof T]?: Loose<T[Key]> }
      : T;
