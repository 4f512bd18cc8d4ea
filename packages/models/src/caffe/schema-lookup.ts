import { ENUMS, type EnumName, type FieldSchema, type MessageName, SCHEMA } from './schema.js';

export type { FieldSchema, MessageName } from './schema.js';

export const isMessage = (kind: string): kind is MessageName => Object.hasOwn(SCHEMA, kind);

export const isEnum = (kind: string): kind is EnumName => Object.hasOwn(ENUMS, kind);

/** The fields of a message in the order of the schema. */
export const fieldsOf = (name: MessageName): readonly (readonly [key: string, field: FieldSchema])[] => Object.entries(SCHEMA[name]);

const BY_NUMBER = new Map<MessageName, ReadonlyMap<number, readonly [string, FieldSchema]>>();

export const fieldsByNumber = (name: MessageName): ReadonlyMap<number, readonly [key: string, field: FieldSchema]> => {
  const known = BY_NUMBER.get(name);
  if (known) return known;
  const made = new Map(fieldsOf(name).map((entry) => [entry[1].number, entry]));
  BY_NUMBER.set(name, made);
  return made;
};

export const fieldNamed = (name: MessageName, key: string): FieldSchema | undefined => {
  const fields: Readonly<Record<string, FieldSchema>> = SCHEMA[name];
  return Object.hasOwn(fields, key) ? fields[key] : undefined;
};

/** The name of an enum's value, or the number itself when it has none. */
export const enumName = (name: EnumName, value: number): string => {
  const names: Readonly<Record<number, string>> = ENUMS[name];
  return names[value] ?? String(value);
};

export const enumNames = (name: EnumName): readonly string[] => Object.values(ENUMS[name]);

/** The number of an enum's value. */
export const enumNumber = (name: EnumName, value: string): number => {
  const found = Object.entries(ENUMS[name]).find(([, candidate]) => candidate === value);
  return Number(found?.[0] ?? value);
};
