import { zlibSync } from 'fflate';

/** A value to be written: class and flags, dimensions, and what follows the name. */
export interface Item {
  readonly arrayClass: number;
  readonly dims: readonly number[];
  readonly body: readonly Uint8Array[];
}

/** Joins bytes. */
export const joined = (parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
};

const uint32 = (...values: readonly number[]): Uint8Array => new Uint8Array(Uint32Array.from(values).buffer);

/** An element with its tag, padded to eight bytes. */
export const element = (type: number, data: Uint8Array, length = data.length): Uint8Array =>
  joined([uint32(type, length), data, new Uint8Array(type === 15 ? 0 : (8 - (data.length % 8)) % 8)]);

export const matrix = ({ arrayClass, dims, body }: Item, name = ''): Uint8Array =>
  element(
    14,
    joined([
      element(6, uint32(arrayClass, 0)),
      element(5, new Uint8Array(Int32Array.from(dims).buffer)),
      element(1, new TextEncoder().encode(name)),
      ...body,
    ]),
  );

/** An array of class single, column-major. */
export const single = (dims: readonly number[], values: ArrayLike<number> | ((index: number) => number)): Item => {
  const count = dims.reduce((product, size) => product * size, 1);
  const data = typeof values === 'function' ? Float32Array.from({ length: count }, (_, i) => values(i)) : Float32Array.from(values);
  return { arrayClass: 7, dims, body: [element(7, new Uint8Array(data.buffer))] };
};

/** A row of doubles. */
export const row = (...values: readonly number[]): Item => ({
  arrayClass: 6,
  dims: [1, values.length],
  body: [element(9, new Uint8Array(Float64Array.from(values).buffer))],
});

export const text = (value: string): Item => ({
  arrayClass: 4,
  dims: [1, value.length],
  body: [element(4, new Uint8Array(Uint16Array.from(value, (letter) => letter.charCodeAt(0)).buffer))],
});

export const cell = (...items: readonly Item[]): Item => ({
  arrayClass: 1,
  dims: [1, items.length],
  body: items.map((item) => matrix(item)),
});

/** An array of structures with the fields of the first. */
export const structs = (...items: readonly Readonly<Record<string, Item>>[]): Item => {
  const fields = Object.keys(items[0] ?? {});
  const names = joined(fields.map((field) => joined([new TextEncoder().encode(field), new Uint8Array(32 - field.length)])));
  return {
    arrayClass: 2,
    dims: [1, items.length],
    body: [
      joined([uint32(0x00040005), uint32(32)]),
      element(1, names),
      ...items.flatMap((item) => fields.map((field) => matrix(item[field] ?? row()))),
    ],
  };
};

/** `[]`. */
export const EMPTY: Item = { arrayClass: 6, dims: [0, 0], body: [element(9, new Uint8Array(0))] };

export const HEADER = joined([new TextEncoder().encode('MATLAB 5.0 MAT-file, by a test'.padEnd(124)), Uint8Array.of(0, 1, 0x49, 0x4d)]);

/** Little-endian, as MATLAB writes it with -v6, or with -v7 when compressed. */
export const matFile = (variables: Readonly<Record<string, Item>>, compressed = false): Uint8Array =>
  joined([
    HEADER,
    ...Object.entries(variables).map(([name, item]) => {
      const bytes = matrix(item, name);
      return compressed ? element(15, zlibSync(bytes)) : bytes;
    }),
  ]);
