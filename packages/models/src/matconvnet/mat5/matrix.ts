import type { MatCell, MatStruct, MatValue } from '../value.js';
import type { Element, Mat5Bytes } from './element.js';
import { decodeNumbers, storedSize } from './numbers.js';
import { decodeText, isTextType } from './text.js';
import { FLAG, MI, MX } from './types.js';

const MAX_DIMS = 32;
const MAX_FIELD_NAME = 2 ** 12;

/** What stands in front of the data of an array. */
export interface MatrixHead {
  readonly arrayClass: number;
  readonly complex: boolean;
  readonly dims: readonly number[];
  readonly name: string;
  /** Where the data begin. */
  readonly body: number;
}

/** Reads flags, dimensions and name of the array whose elements lie from `start` to `end`. @throws FeaturescopeError naming `where` */
export const matrixHead = (file: Mat5Bytes, start: number, end: number, where: string): MatrixHead => {
  const flags = file.typed(start, end, MI.UINT32, where);
  if (flags.length < 8) throw file.damaged(where, 'has no array flags');
  const word = file.view.getUint32(flags.start, file.littleEndian);
  const arrayClass = word & 0xff;
  const complex = (word & FLAG.complex) !== 0;
  // Objects of new-style classes have no dimensions here.
  if (arrayClass === MX.OPAQUE) {
    const name = file.typed(flags.next, end, MI.INT8, where);
    return { arrayClass, complex, dims: [1, 1], name: file.name(name), body: name.next };
  }
  const sizes = file.typed(flags.next, end, MI.INT32, where);
  const name = file.typed(sizes.next, end, MI.INT8, where);
  return { arrayClass, complex, dims: dimensions(file, sizes, where), name: file.name(name), body: name.next };
};

const dimensions = (file: Mat5Bytes, { start, length }: Element, where: string): readonly number[] => {
  const count = length / 4;
  if (!Number.isInteger(count) || count < 2 || count > MAX_DIMS) throw file.damaged(where, `has ${count} dimensions`);
  const dims = Array.from({ length: count }, (_, i) => file.view.getInt32(start + 4 * i, file.littleEndian));
  const elements = dims.reduce((product, size) => product * size, 1);
  if (dims.some((size) => size < 0) || !Number.isSafeInteger(elements)) throw file.damaged(where, `has the size ${dims.join('×')}`);
  return dims;
};

/** The value of a miMATRIX element; `path` is its place in MATLAB's notation. @throws FeaturescopeError naming the path when it is damaged */
export const matrixValue = (file: Mat5Bytes, { start, length, type }: Element, path: string): MatValue => {
  if (type !== MI.MATRIX) throw file.damaged(path, `has an element of type ${type}; expected an array`);
  if (length === 0) return { kind: 'numbers', path, dims: [0, 0], values: () => new Float64Array(0) };
  const end = start + length;
  const head = matrixHead(file, start, end, path);
  const { arrayClass, dims, body } = head;
  if (head.complex) return { kind: 'unreadable', path, what: 'complex numbers' };
  switch (arrayClass) {
    case MX.CELL:
      return cell(file, dims, body, end, path);
    case MX.STRUCT:
      return struct(file, dims, body, end, path);
    case MX.OBJECT:
      return struct(file, dims, file.typed(body, end, MI.INT8, path).next, end, path);
    case MX.CHAR: {
      const data = file.element(body, end, path);
      if (!isTextType(data.type)) throw file.damaged(path, `has text of type ${data.type}`);
      return { kind: 'text', path, dims, text: () => decodeText(file, data, dims, path) };
    }
    case MX.SPARSE:
      return { kind: 'unreadable', path, what: 'a sparse matrix' };
    case MX.FUNCTION:
      return { kind: 'unreadable', path, what: 'a function handle' };
    case MX.OPAQUE: {
      const system = file.typed(body, end, MI.INT8, path);
      return { kind: 'unreadable', path, what: `an object of the class ${file.name(file.typed(system.next, end, MI.INT8, path))}` };
    }
    default:
      if (arrayClass < MX.DOUBLE || arrayClass > MX.UINT64) throw file.damaged(path, `is of the unknown class ${arrayClass}`);
      return numbers(file, dims, body, end, path);
  }
};

const product = (dims: readonly number[]): number => dims.reduce((result, size) => result * size, 1);

const numbers = (file: Mat5Bytes, dims: readonly number[], body: number, end: number, path: string): MatValue => {
  const data = file.element(body, end, path);
  const size = storedSize(data.type);
  if (size === undefined) throw file.damaged(path, `has numbers of type ${data.type}`);
  const expected = product(dims) * size;
  if (data.length !== expected) throw file.damaged(path, `of size ${dims.join('×')} needs ${expected} bytes, but has ${data.length}`);
  return { kind: 'numbers', path, dims, values: () => decodeNumbers(file, data) };
};

const cell = (file: Mat5Bytes, dims: readonly number[], body: number, end: number, path: string): MatCell => {
  const items = new Items(file, product(dims), body, end, path);
  return { kind: 'cell', path, dims, at: (index) => items.value(index, `${path}{${index + 1}}`) };
};

const struct = (file: Mat5Bytes, dims: readonly number[], body: number, end: number, path: string): MatStruct => {
  const lengths = file.typed(body, end, MI.INT32, path);
  const names = file.typed(lengths.next, end, MI.INT8, path);
  const width = lengths.length === 4 ? file.view.getInt32(lengths.start, file.littleEndian) : 0;
  if (names.length > 0 && (width < 1 || width > MAX_FIELD_NAME)) throw file.damaged(path, `has field names of ${width} letters`);
  const count = names.length === 0 ? 0 : Math.floor(names.length / width);
  const fields = Array.from({ length: count }, (_, i) => file.name({ start: names.start + i * width, length: width }));
  const places = new Map(fields.map((name, i) => [name, i]));
  const elements = product(dims);
  const items = new Items(file, elements * count, names.next, end, path);
  return {
    kind: 'struct',
    path,
    dims,
    fields,
    field: (name, index = 0) => {
      const place = places.get(name);
      if (place === undefined || index >= elements) return undefined;
      return items.value(index * count + place, `${path}${elements > 1 ? `(${index + 1})` : ''}.${name}`);
    },
  };
};

/** Arrays that follow each other; where each begins is found when the first is asked for. */
class Items {
  private places: Uint32Array | undefined;

  constructor(
    private readonly file: Mat5Bytes,
    private readonly count: number,
    private readonly start: number,
    private readonly end: number,
    private readonly path: string,
  ) {
    // Every item has a tag of 8 bytes.
    if (!(count <= (end - start) / 8)) throw file.damaged(path, `declares ${count} items, more than fit into its ${end - start} bytes`);
  }

  value(index: number, path: string): MatValue {
    this.places ??= this.find();
    return matrixValue(this.file, this.file.element(this.places[index] ?? this.end, this.end, path), path);
  }

  private find(): Uint32Array {
    const places = new Uint32Array(this.count);
    let at = this.start;
    for (let i = 0; i < this.count; i++) {
      places[i] = at;
      at = this.file.element(at, this.end, this.path).next;
    }
    return places;
  }
}
