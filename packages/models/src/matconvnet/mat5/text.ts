import { rowsOfText } from '../text-rows.js';
import type { Element, Mat5Bytes } from './element.js';
import { MI } from './types.js';

const MAX_BYTES = 2 ** 22;

const TYPES: ReadonlySet<number> = new Set([MI.INT8, MI.UINT8, MI.UINT16, MI.UTF8, MI.UTF16, MI.UTF32]);

/** Whether an element of this type can hold text. */
export const isTextType = (type: number): boolean => TYPES.has(type);

/** The text of a char array. @throws FeaturescopeError when it is longer than any name or label */
export const decodeText = (file: Mat5Bytes, element: Element, dims: readonly number[], where: string): string => {
  const { start, length } = element;
  if (length > MAX_BYTES) throw file.damaged(where, `has text of ${length} bytes; expected at most ${MAX_BYTES}`);
  return rowsOfText(characters(file, element.type, start, length), dims[0] ?? 1);
};

const characters = ({ bytes, view, littleEndian }: Mat5Bytes, type: number, start: number, length: number): string => {
  switch (type) {
    case MI.UINT16:
    case MI.UTF16: {
      const units = Array.from({ length: Math.floor(length / 2) }, (_, i) => view.getUint16(start + 2 * i, littleEndian));
      return units.map((unit) => String.fromCharCode(unit)).join('');
    }
    case MI.UTF32: {
      const points = Array.from({ length: Math.floor(length / 4) }, (_, i) => view.getUint32(start + 4 * i, littleEndian));
      return points.map((point) => (point <= 0x10ffff ? String.fromCodePoint(point) : '\uFFFD')).join('');
    }
    default:
      return new TextDecoder().decode(bytes.subarray(start, start + length));
  }
};
