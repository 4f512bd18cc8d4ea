import protobuf from 'protobufjs/minimal.js';
import { invalidOnnx } from './errors.js';
import { type FieldSchema, type MessageName, SCHEMA, type ScalarKind } from './schema.js';
import type { ModelProto } from './types.js';

/** Bounds that no real model comes near, so that a hostile file cannot fill the memory: messages hold objects, integers hold numbers. */
const MAX_DEPTH = 64;
const MAX_MESSAGES = 1_000_000;
const MAX_INTEGERS = 1 << 26;

const LENGTH_DELIMITED = 2;

type Fields = Record<string, unknown>;

interface Budget {
  messages: number;
  integers: number;
}

/** Reads an ONNX model file. Byte fields are views into `bytes`. @throws OnnxFormatError when the bytes are no such file */
export function decodeModel(bytes: Uint8Array): ModelProto {
  const reader = protobuf.Reader.create(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  try {
    return readMessage(reader, bytes.length, 'ModelProto', { messages: MAX_MESSAGES, integers: MAX_INTEGERS }, 0) as unknown as ModelProto;
  } catch (cause) {
    throw invalidOnnx(reader.pos, cause);
  }
}

function readMessage(reader: protobuf.Reader, end: number, name: MessageName, budget: Budget, depth: number): Fields {
  if (depth > MAX_DEPTH) throw new RangeError(`messages are nested more than ${MAX_DEPTH} deep`);
  budget.messages -= 1;
  if (budget.messages < 0) throw new RangeError(`there are more than ${MAX_MESSAGES} nodes, attributes and tensors`);
  const schema = SCHEMA[name];
  const message = emptyMessage(name);
  while (reader.pos < end) {
    const tag = reader.uint32();
    const field = schema[tag >>> 3];
    const wireType = tag & 7;
    if (field === undefined) skip(reader, wireType);
    else if (field.kind in SCHEMA) readChild(reader, wireType, field, message, budget, depth);
    else readScalars(reader, wireType, field, message, budget);
  }
  if (reader.pos !== end) throw new RangeError(`a ${name} ends in the middle of a field`);
  return message;
}

const EMPTY = new Map<MessageName, readonly string[]>();

function emptyMessage(name: MessageName): Fields {
  let names = EMPTY.get(name);
  if (names === undefined) {
    names = Object.values(SCHEMA[name])
      .filter((field) => field.repeated)
      .map((field) => field.name);
    EMPTY.set(name, names);
  }
  return Object.fromEntries(names.map((field) => [field, []]));
}

function skip(reader: protobuf.Reader, wireType: number): void {
  if (wireType === 3 || wireType === 4) throw new RangeError('groups are not part of the format');
  reader.skipType(wireType);
}

function lengthOf(reader: protobuf.Reader, wireType: number, field: FieldSchema): number {
  if (wireType !== LENGTH_DELIMITED) throw new RangeError(`field '${field.name}' has wire type ${wireType}`);
  const length = reader.uint32();
  if (length > reader.len - reader.pos) throw new RangeError(`field '${field.name}' is longer than the file`);
  return length;
}

function readChild(reader: protobuf.Reader, wireType: number, field: FieldSchema, message: Fields, budget: Budget, depth: number): void {
  const length = lengthOf(reader, wireType, field);
  const child = readMessage(reader, reader.pos + length, field.kind as MessageName, budget, depth + 1);
  store(message, field, child);
}

function readScalars(reader: protobuf.Reader, wireType: number, field: FieldSchema, message: Fields, budget: Budget): void {
  const kind = field.kind as ScalarKind;
  const packed = field.repeated && wireType === LENGTH_DELIMITED && kind !== 'string' && kind !== 'bytes';
  if (!packed) {
    if (wireType !== WIRE_TYPES[kind]) throw new RangeError(`field '${field.name}' has wire type ${wireType}`);
    if (field.repeated) spend(budget);
    store(message, field, readScalar(reader, kind));
    return;
  }
  const end = lengthOf(reader, wireType, field) + reader.pos;
  if (kind === 'float' || kind === 'double') {
    message[field.name] = joined(message[field.name] as ArrayLike<number>, readFloats(reader, end - reader.pos, kind, field));
    return;
  }
  const list = message[field.name] as unknown[];
  while (reader.pos < end) {
    spend(budget);
    list.push(readScalar(reader, kind));
  }
  if (reader.pos !== end) throw new RangeError(`field '${field.name}' ends in the middle of a number`);
}

function spend(budget: Budget): void {
  budget.integers -= 1;
  if (budget.integers < 0) throw new RangeError(`there are more than ${MAX_INTEGERS} integers`);
}

function store(message: Fields, field: FieldSchema, value: unknown): void {
  if (!field.repeated) message[field.name] = value;
  else {
    const list = message[field.name];
    message[field.name] = Array.isArray(list) ? list : Array.from(list as ArrayLike<unknown>);
    (message[field.name] as unknown[]).push(value);
  }
}

const WIRE_TYPES: Readonly<Record<ScalarKind, number>> = { int32: 0, int64: 0, double: 1, string: 2, bytes: 2, float: 5 };

function readScalar(reader: protobuf.Reader, kind: ScalarKind): number | string | Uint8Array {
  switch (kind) {
    case 'int32':
      return reader.int32();
    case 'int64':
      return Number(reader.int64());
    case 'float':
      return reader.float();
    case 'double':
      return reader.double();
    case 'string':
      return reader.string();
    case 'bytes':
      return reader.bytes();
  }
}

function readFloats(reader: protobuf.Reader, length: number, kind: 'float' | 'double', field: FieldSchema): Float32Array | Float64Array {
  const width = kind === 'float' ? 4 : 8;
  if (length % width !== 0) throw new RangeError(`field '${field.name}' ends in the middle of a number`);
  const start = reader.pos;
  const bytes = reader.buf.slice(start, start + length);
  reader.skip(length);
  return kind === 'float' ? new Float32Array(bytes.buffer) : new Float64Array(bytes.buffer);
}

function joined(before: ArrayLike<number>, after: Float32Array | Float64Array): ArrayLike<number> {
  if (before.length === 0) return after;
  const all =
    after instanceof Float32Array ? new Float32Array(before.length + after.length) : new Float64Array(before.length + after.length);
  all.set(before);
  all.set(after, before.length);
  return all;
}
