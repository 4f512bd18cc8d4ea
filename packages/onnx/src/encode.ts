import protobuf from 'protobufjs/minimal.js';
import { type FieldSchema, type MessageName, SCHEMA, type ScalarKind } from './schema.js';
import type { Loose, ModelProto } from './types.js';

const LENGTH_DELIMITED = 2;
const WIRE_TYPES: Readonly<Record<ScalarKind, number>> = { int32: 0, int64: 0, double: 1, string: 2, bytes: 2, float: 5 };

type Fields = Readonly<Record<string, unknown>>;

/** Writes an ONNX model file; fields left out are not written. */
export function encodeModel(model: Loose<ModelProto>): Uint8Array {
  const writer = new protobuf.Writer();
  writeMessage(writer, model as Fields, 'ModelProto');
  return writer.finish();
}

function writeMessage(writer: protobuf.Writer, message: Fields, name: MessageName): void {
  for (const [number, field] of Object.entries(SCHEMA[name])) {
    const value = message[field.name];
    if (value !== undefined) writeField(writer, Number(number), field, value);
  }
}

function writeField(writer: protobuf.Writer, number: number, field: FieldSchema, value: unknown): void {
  if (field.kind in SCHEMA) {
    for (const child of field.repeated ? (value as Fields[]) : [value as Fields]) {
      writer.uint32((number << 3) | LENGTH_DELIMITED).fork();
      writeMessage(writer, child, field.kind as MessageName);
      writer.ldelim();
    }
    return;
  }
  const kind = field.kind as ScalarKind;
  const packed = field.repeated && kind !== 'string' && kind !== 'bytes';
  if (packed) {
    const numbers = value as ArrayLike<number>;
    if (numbers.length === 0) return;
    writer.uint32((number << 3) | LENGTH_DELIMITED).fork();
    for (let index = 0; index < numbers.length; index += 1) writeScalar(writer, kind, numbers[index]);
    writer.ldelim();
    return;
  }
  for (const item of field.repeated ? (value as unknown[]) : [value]) {
    writer.uint32((number << 3) | WIRE_TYPES[kind]);
    writeScalar(writer, kind, item);
  }
}

function writeScalar(writer: protobuf.Writer, kind: ScalarKind, value: unknown): void {
  switch (kind) {
    case 'int32':
      writer.int32(value as number);
      break;
    case 'int64':
      writer.int64(value as number);
      break;
    case 'float':
      writer.float(value as number);
      break;
    case 'double':
      writer.double(value as number);
      break;
    case 'string':
      writer.string(value as string);
      break;
    case 'bytes':
      writer.bytes(value as Uint8Array);
      break;
  }
}
