import type { NetParameter } from './messages.js';
import { fieldsOf, isMessage, type MessageName } from './schema-lookup.js';

/** Writes the text format of a network (`.prototxt`), without weights. */
export const printPrototxt = (net: NetParameter): string => `${linesOf('NetParameter', net, '').join('\n')}\n`;

const linesOf = (name: MessageName, message: Readonly<Record<string, unknown>>, indent: string): string[] =>
  fieldsOf(name).flatMap(([key, { kind, repeated }]) => {
    const value = message[key];
    if (value === undefined || kind === 'BlobProto') return [];
    const items = repeated ? (value as readonly unknown[]) : [value];
    return items.flatMap((item) => {
      if (!isMessage(kind)) return [`${indent}${key}: ${scalarText(kind, item)}`];
      return [`${indent}${key} {`, ...linesOf(kind, item as Readonly<Record<string, unknown>>, `${indent}  `), `${indent}}`];
    });
  });

const scalarText = (kind: string, value: unknown): string => {
  if (kind === 'string') return quoted(String(value));
  if (kind === 'float' && typeof value === 'number' && !Number.isFinite(value))
    return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
  return String(value);
};

/** In quotes; bytes that are no plain characters become octal escapes. */
const quoted = (text: string): string => {
  const bytes = new TextEncoder().encode(text);
  const characters = Array.from(bytes, (byte) => {
    if (byte === 0x22 || byte === 0x5c) return `\\${String.fromCharCode(byte)}`;
    return byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : `\\${byte.toString(8).padStart(3, '0')}`;
  });
  return `"${characters.join('')}"`;
};
