import { damagedMatFile } from '../errors.js';
import { MI } from './types.js';

const MAX_NAME = 2 ** 12;

/** A data element by the place of its data. */
export interface Element {
  readonly type: number;
  readonly start: number;
  readonly length: number;
  /** Where the next element begins. */
  readonly next: number;
}

/** Bytes of a MAT-file, or of a decompressed part of it, in the byte order of the file. */
export class Mat5Bytes {
  readonly view: DataView;

  constructor(
    readonly bytes: Uint8Array,
    readonly littleEndian: boolean,
    readonly source: string,
  ) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** The element whose tag stands at `at`; it must lie before `end`. @throws FeaturescopeError naming `where` */
  element(at: number, end: number, where: string): Element {
    if (at + 8 > end) throw this.damaged(where, 'ends before it is complete');
    const first = this.view.getUint32(at, this.littleEndian);
    const small = first >>> 16;
    if (small > 0) {
      if (small > 4) throw this.damaged(where, `has a short element of ${small} bytes; expected at most 4`);
      return { type: first & 0xffff, start: at + 4, length: small, next: at + 8 };
    }
    const length = this.view.getUint32(at + 4, this.littleEndian);
    const start = at + 8;
    if (start + length > end) throw this.damaged(where, `should have ${length} bytes, but only ${end - start} are there`);
    const padded = first === MI.COMPRESSED ? length : Math.ceil(length / 8) * 8;
    return { type: first, start, length, next: Math.min(start + padded, end) };
  }

  /** The same, of a certain type. */
  typed(at: number, end: number, type: number, where: string): Element {
    const element = this.element(at, end, where);
    if (element.type !== type) throw this.damaged(where, `has an element of type ${element.type}; expected type ${type}`);
    return element;
  }

  /** Letters of an element, up to the first zero; names in MATLAB have at most 63. */
  name({ start, length }: Pick<Element, 'start' | 'length'>): string {
    const bytes = this.bytes.subarray(start, start + Math.min(length, MAX_NAME));
    const end = bytes.indexOf(0);
    return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end));
  }

  damaged(where: string, problem: string): Error {
    return damagedMatFile(this.source, where, problem);
  }
}
