import protobuf from 'protobufjs/minimal.js';
import { invalidCaffeModel } from './errors.js';
import type { BlobProto, Message, NetParameter } from './messages.js';
import type { PackedNumbers } from './packed-numbers.js';
import { enumName, type FieldSchema, fieldsByNumber, isEnum, isMessage, type MessageName } from './schema-lookup.js';

/** Bounds that no real model comes near, so that a hostile file cannot fill the memory; the schema itself bounds how deep messages nest. */
const MAX_MESSAGES = 300_000;
const MAX_VALUES = 4_000_000;

const VARINT = 0;
const DOUBLE = 1;
const LENGTH_DELIMITED = 2;
const FLOAT = 5;

type Fields = Record<string, unknown>;

/** Reads a `.caffemodel`; weights are views into `bytes`. @throws FeaturescopeError naming `source` when the bytes are no such file */
export const decodeCaffeModel = (bytes: Uint8Array, source: string): NetParameter => decode('NetParameter', bytes, source);

/** Reads a `.binaryproto`, a blob by itself. @throws FeaturescopeError naming `source` when the bytes are no such file */
export const decodeCaffeBlob = (bytes: Uint8Array, source: string): BlobProto => decode('BlobProto', bytes, source);

const decode = <M extends MessageName>(message: M, bytes: Uint8Array, source: string): Message<M> => {
  const reader = protobuf.Reader.create(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  try {
    return new Decoder(reader).message(message, bytes.length) as Message<M>;
  } catch (cause) {
    throw invalidCaffeModel(source, `at byte ${reader.pos}, ${cause instanceof Error ? cause.message : String(cause)}`, cause);
  }
};

class Decoder {
  private messages = MAX_MESSAGES;
  private values = MAX_VALUES;

  constructor(private readonly reader: protobuf.Reader) {}

  message(name: MessageName, end: number): Fields {
    this.messages -= 1;
    if (this.messages < 0) throw new RangeError(`there are more than ${MAX_MESSAGES} messages`);
    const fields = fieldsByNumber(name);
    const message: Fields = {};
    while (this.reader.pos < end) {
      const tag = this.reader.uint32();
      const [key, field] = fields.get(tag >>> 3) ?? [];
      if (key === undefined || field === undefined) this.skip(tag & 7);
      else this.field(message, key, field, tag & 7);
    }
    if (this.reader.pos !== end) throw new RangeError(`a ${name} ends in the middle of a field`);
    return message;
  }

  private skip(wireType: number): void {
    if (wireType === 3 || wireType === 4) throw new RangeError('groups are not part of the format');
    this.reader.skipType(wireType);
  }

  private field(message: Fields, key: string, field: FieldSchema, wireType: number): void {
    const { kind, repeated } = field;
    if (kind === 'floats' || kind === 'doubles') {
      this.numbers(message, key, kind === 'floats' ? 4 : 8, wireType);
    } else if (isMessage(kind)) {
      const length = this.length(key, wireType);
      store(message, key, repeated, this.message(kind, this.reader.pos + length));
    } else if (repeated && wireType === LENGTH_DELIMITED && kind !== 'string') {
      const end = this.length(key, wireType) + this.reader.pos;
      while (this.reader.pos < end) store(message, key, true, this.scalar(key, kind, wireTypeOf(kind)));
      if (this.reader.pos !== end) throw new RangeError(`the field ${key} ends in the middle of a number`);
    } else {
      store(message, key, repeated, this.scalar(key, kind, wireType));
    }
  }

  private length(key: string, wireType: number): number {
    if (wireType !== LENGTH_DELIMITED) throw new RangeError(`the field ${key} has wire type ${wireType}`);
    const length = this.reader.uint32();
    if (length > this.reader.len - this.reader.pos) throw new RangeError(`the field ${key} is longer than the file`);
    return length;
  }

  private scalar(key: string, kind: string, wireType: number): unknown {
    if (wireType !== wireTypeOf(kind)) throw new RangeError(`the field ${key} has wire type ${wireType}`);
    this.values -= 1;
    if (this.values < 0) throw new RangeError(`there are more than ${MAX_VALUES} single values`);
    if (kind === 'string') return this.reader.string();
    if (kind === 'bool') return this.reader.bool();
    if (kind === 'float') return this.reader.float();
    return isEnum(kind) ? enumName(kind, this.reader.int32()) : Number(this.reader.int64());
  }

  /** Keeps the place of a run of numbers, or of a single one. */
  private numbers(message: Fields, key: string, width: 4 | 8, wireType: number): void {
    const single = wireType === (width === 4 ? FLOAT : DOUBLE);
    const length = single ? width : this.length(key, wireType);
    if (length % width !== 0) throw new RangeError(`the field ${key} ends in the middle of a number`);
    this.messages -= 1;
    if (this.messages < 0) throw new RangeError(`the field ${key} is in more than ${MAX_MESSAGES} pieces`);
    const start = this.reader.pos;
    this.reader.skip(length);
    const before = message[key] as PackedNumbers | undefined;
    const pieces = (before?.pieces ?? []) as Uint8Array[];
    pieces.push(this.reader.buf.subarray(start, start + length));
    message[key] = { width, pieces };
  }
}

const wireTypeOf = (kind: string): number => (kind === 'string' ? LENGTH_DELIMITED : kind === 'float' ? FLOAT : VARINT);

const store = (message: Fields, key: string, repeated: boolean, value: unknown): void => {
  if (!repeated) {
    message[key] = value;
    return;
  }
  const list = message[key];
  if (Array.isArray(list)) list.push(value);
  else message[key] = [value];
};
