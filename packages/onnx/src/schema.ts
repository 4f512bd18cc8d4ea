/** Kinds of scalar fields that the subset needs, named as in `.proto` files. */
export type ScalarKind = 'int32' | 'int64' | 'float' | 'double' | 'string' | 'bytes';

export interface FieldSchema {
  /** Property name: the name in `onnx.proto` in camel case. */
  readonly name: string;
  readonly kind: ScalarKind | MessageName;
  readonly repeated?: true;
}

export type MessageSchema = Readonly<Record<number, FieldSchema>>;

export type MessageName =
  | 'ModelProto'
  | 'OperatorSetIdProto'
  | 'StringStringEntryProto'
  | 'GraphProto'
  | 'NodeProto'
  | 'AttributeProto'
  | 'TensorProto'
  | 'ValueInfoProto'
  | 'TypeProto'
  | 'TypeProtoTensor'
  | 'TensorShapeProto'
  | 'Dimension';

const one = (name: string, kind: FieldSchema['kind']): FieldSchema => ({ name, kind });
const many = (name: string, kind: FieldSchema['kind']): FieldSchema => ({ name, kind, repeated: true });

/** Field number → field, for each message of the subset of `onnx.proto`. Unknown fields are skipped when reading. */
export const SCHEMA: Readonly<Record<MessageName, MessageSchema>> = {
  ModelProto: {
    1: one('irVersion', 'int64'),
    2: one('producerName', 'string'),
    3: one('producerVersion', 'string'),
    4: one('domain', 'string'),
    5: one('modelVersion', 'int64'),
    6: one('docString', 'string'),
    7: one('graph', 'GraphProto'),
    8: many('opsetImport', 'OperatorSetIdProto'),
    14: many('metadataProps', 'StringStringEntryProto'),
  },
  OperatorSetIdProto: { 1: one('domain', 'string'), 2: one('version', 'int64') },
  StringStringEntryProto: { 1: one('key', 'string'), 2: one('value', 'string') },
  GraphProto: {
    1: many('node', 'NodeProto'),
    2: one('name', 'string'),
    5: many('initializer', 'TensorProto'),
    10: one('docString', 'string'),
    11: many('input', 'ValueInfoProto'),
    12: many('output', 'ValueInfoProto'),
    13: many('valueInfo', 'ValueInfoProto'),
  },
  NodeProto: {
    1: many('input', 'string'),
    2: many('output', 'string'),
    3: one('name', 'string'),
    4: one('opType', 'string'),
    5: many('attribute', 'AttributeProto'),
    6: one('docString', 'string'),
    7: one('domain', 'string'),
  },
  AttributeProto: {
    1: one('name', 'string'),
    2: one('f', 'float'),
    3: one('i', 'int64'),
    4: one('s', 'bytes'),
    5: one('t', 'TensorProto'),
    6: one('g', 'GraphProto'),
    7: many('floats', 'float'),
    8: many('ints', 'int64'),
    9: many('strings', 'bytes'),
    10: many('tensors', 'TensorProto'),
    11: many('graphs', 'GraphProto'),
    13: one('docString', 'string'),
    20: one('type', 'int32'),
    21: one('refAttrName', 'string'),
  },
  TensorProto: {
    1: many('dims', 'int64'),
    2: one('dataType', 'int32'),
    4: many('floatData', 'float'),
    5: many('int32Data', 'int32'),
    6: many('stringData', 'bytes'),
    7: many('int64Data', 'int64'),
    8: one('name', 'string'),
    9: one('rawData', 'bytes'),
    10: many('doubleData', 'double'),
    11: many('uint64Data', 'int64'),
    12: one('docString', 'string'),
    13: many('externalData', 'StringStringEntryProto'),
    14: one('dataLocation', 'int32'),
  },
  ValueInfoProto: { 1: one('name', 'string'), 2: one('type', 'TypeProto'), 3: one('docString', 'string') },
  TypeProto: { 1: one('tensorType', 'TypeProtoTensor'), 6: one('denotation', 'string') },
  TypeProtoTensor: { 1: one('elemType', 'int32'), 2: one('shape', 'TensorShapeProto') },
  TensorShapeProto: { 1: many('dim', 'Dimension') },
  Dimension: { 1: one('dimValue', 'int64'), 2: one('dimParam', 'string'), 3: one('denotation', 'string') },
};
