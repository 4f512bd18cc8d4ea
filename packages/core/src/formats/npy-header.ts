import { malformedFile, unsupportedArray } from './errors.js';

export interface NpyHeader {
  /** Byte order and element type as NumPy writes them, for example `<f4`. */
  readonly descr: string;
  readonly fortranOrder: boolean;
  readonly shape: readonly number[];
  /** Where the data starts in the file. */
  readonly dataStart: number;
}

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
const MAX_HEADER_BYTES = 1_000_000;
const MAX_DIMENSIONS = 32;

/** @throws FeaturescopeError naming `source` when this is no `.npy` file, or its header is malformed */
export const parseNpyHeader = (bytes: Uint8Array, source: string): NpyHeader => {
  const fail = (problem: string) => malformedFile(source, '.npy', problem);
  if (bytes.length < 10 || MAGIC.some((byte, i) => bytes[i] !== byte)) throw fail('it does not start with the NumPy signature');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const major = view.getUint8(6);
  if (major < 1 || major > 3) throw fail(`its version is ${major}.${view.getUint8(7)}; readable versions: 1.0, 2.0, 3.0`);
  if (major > 1 && bytes.length < 12) throw fail('it ends within the header');
  const textStart = major === 1 ? 10 : 12;
  const length = major === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  const dataStart = textStart + length;
  if (length > MAX_HEADER_BYTES || dataStart > bytes.length) throw fail('it ends within the header');

  const text = new TextDecoder(major === 3 ? 'utf-8' : 'latin1').decode(bytes.subarray(textStart, dataStart));
  if (/['"]descr['"]\s*:\s*[[(]/.test(text)) throw unsupportedArray(source, 'is a structured array', 'a plain array of numbers');
  const descr = /['"]descr['"]\s*:\s*['"]([^'"]{2,64})['"]/.exec(text)?.[1];
  const order = /['"]fortran_order['"]\s*:\s*(True|False)\b/.exec(text)?.[1];
  const shape = /['"]shape['"]\s*:\s*\(([\d\sL,]*)\)/.exec(text)?.[1];
  if (descr === undefined || order === undefined || shape === undefined) {
    throw fail('its header does not name descr, fortran_order and shape');
  }
  return { descr, fortranOrder: order === 'True', shape: parseShape(shape, fail), dataStart };
};

const parseShape = (text: string, fail: (problem: string) => Error): readonly number[] => {
  const sizes = text.split(',').map((size) => size.trim().replace(/L$/, ''));
  if (sizes.at(-1) === '') sizes.pop();
  const shape = sizes.map((size) => (/^\d+$/.test(size) ? Number(size) : Number.NaN));
  if (shape.length > MAX_DIMENSIONS || !shape.every(Number.isSafeInteger)) throw fail(`its shape is (${text.slice(0, 100)})`);
  return shape;
};
