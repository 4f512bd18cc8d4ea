import protobuf from 'protobufjs/minimal.js';
import type { NetParameter } from './messages.js';
import { countOf, type PackedNumbers } from './packed-numbers.js';
import { enumNumber, fieldsOf, isEnum, isMessage, type MessageName } from './schema-lookup.js';

const VARINT = 0;
const LENGTH_DELIMITED = 2;
const FLOAT = 5;

/** Writes a `.caffemodel`; fields left out are not written. */
export const encodeCaffeModel = (net: NetParameter): Uint8Array => {
  const writer = new protobuf.Writer();
  writeMessage(writer, 'NetParameter', net);
  return writer.finish();
};

const writeMessage = (writer: protobuf.Writer, name: MessageName, message: Readonly<Record<string, unknown>>): void => {
  for (const [key, { number, kind, repeated }] of fieldsOf(name)) {
    const value = message[key];
    if (value === undefined) continue;
    if (kind === 'floats' || kind === 'doubles') writeNumbers(writer, number, value as PackedNumbers);
    else for (const item of repeated ? (value as readonly unknown[]) : [value]) writeValue(writer, number, kind, item);
  }
};

const writeNumbers = (writer: protobuf.Writer, number: number, numbers: PackedNumbers): void => {
  const { pieces, width } = numbers;
  if (countOf(numbers) === 0) return;
  // One run for each piece: readers join them.
  for (const piece of pieces) if (piece.length >= width) writer.uint32((number << 3) | LENGTH_DELIMITED).bytes(piece);
};

const writeValue = (writer: protobuf.Writer, number: number, kind: string, value: unknown): void => {
  if (isMessage(kind)) {
    writer.uint32((number << 3) | LENGTH_DELIMITED).fork();
    writeMessage(writer, kind, value as Readonly<Record<string, unknown>>);
    writer.ldelim();
  } else if (kind === 'string') writer.uint32((number << 3) | LENGTH_DELIMITED).string(value as string);
  else if (kind === 'float') writer.uint32((number << 3) | FLOAT).float(value as number);
  else if (kind === 'bool') writer.uint32((number << 3) | VARINT).bool(value as boolean);
  else if (isEnum(kind)) writer.uint32((number << 3) | VARINT).int32(enumNumber(kind, value as string));
  else writer.uint32((number << 3) | VARINT).int64(value as number);
};
