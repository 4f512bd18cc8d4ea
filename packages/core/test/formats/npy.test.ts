import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeNpy, encodeNpy } from '../../src/formats/npy.js';
import { messageOf } from './message.js';

interface Options {
  readonly descr?: string;
  readonly fortran?: boolean;
  readonly shape?: string;
  readonly version?: number;
  readonly header?: string;
}

const npy = (data: ArrayBufferView | readonly number[], options: Options = {}): Uint8Array => {
  const { descr = '<f4', fortran = false, shape = '(2, 3)', version = 1 } = options;
  const dictionary = options.header ?? `{'descr': '${descr}', 'fortran_order': ${fortran ? 'True' : 'False'}, 'shape': ${shape}, }`;
  const header = new TextEncoder().encode(`${dictionary}\n`);
  const start = version === 1 ? 10 : 12;
  const raw = ArrayBuffer.isView(data) ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength) : Uint8Array.from(data);
  const bytes = new Uint8Array(start + header.length + raw.length);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, version, 0]);
  const view = new DataView(bytes.buffer);
  if (version === 1) view.setUint16(8, header.length, true);
  else view.setUint32(8, header.length, true);
  bytes.set(header, start);
  bytes.set(raw, start + header.length);
  return bytes;
};

const message = (bytes: Uint8Array): string => messageOf(() => decodeNpy(bytes, 'a.npy'));

describe('decodeNpy', () => {
  it.each([
    ['<f4', Float32Array.of(1, 2, 3, 4, -5, 6.5)],
    ['<f8', Float64Array.of(1, 2, 3, 4, -5, 6.5)],
    ['|i1', Int8Array.of(1, 2, 3, 4, -5, 6)],
    ['|u1', Uint8Array.of(1, 2, 3, 4, 250, 6)],
    ['<i2', Int16Array.of(1, 2, 3, 4, -5000, 6)],
    ['<u2', Uint16Array.of(1, 2, 3, 4, 65535, 6)],
    ['<i4', Int32Array.of(1, 2, 3, 4, -500000, 6)],
    ['<u4', Uint32Array.of(1, 2, 3, 4, 2 ** 31, 6)],
  ])('reads %s', (descr, values) => {
    expect(decodeNpy(npy(values, { descr }), 'a')).toEqual({ shape: [2, 3], data: Float32Array.from(values) });
  });

  it('reads 64-bit integers', () => {
    expect(decodeNpy(npy(BigInt64Array.of(-3n, 4n), { descr: '<i8', shape: '(2,)' }), 'a').data).toEqual(Float32Array.of(-3, 4));
  });

  it('reads big-endian numbers', () => {
    const bytes = new Uint8Array(16);
    const view = new DataView(bytes.buffer);
    view.setFloat64(0, 1.5);
    view.setFloat64(8, -2);
    expect(decodeNpy(npy(bytes, { descr: '>f8', shape: '(2,)' }), 'a').data).toEqual(Float32Array.of(1.5, -2));
  });

  it('turns Fortran order into C order', () => {
    const fortran = npy(Float32Array.of(0, 3, 1, 4, 2, 5), { fortran: true });
    expect(decodeNpy(fortran, 'a')).toEqual({ shape: [2, 3], data: Float32Array.of(0, 1, 2, 3, 4, 5) });
  });

  it('turns Fortran order of any shape into C order', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 }), (shape) => {
        const count = shape.reduce((product, size) => product * size, 1);
        const expected = Float32Array.from({ length: count }, (_, i) => i);
        const stored = new Float32Array(count);
        for (let flat = 0; flat < count; flat++) {
          let rest = flat;
          let to = 0;
          const coordinates = [...shape].reverse().map((size) => {
            const at = rest % size;
            rest = Math.floor(rest / size);
            return at;
          });
          coordinates.reverse();
          for (let axis = shape.length - 1; axis >= 0; axis--) to = to * (shape[axis] ?? 1) + (coordinates[axis] ?? 0);
          stored[to] = flat;
        }
        expect(decodeNpy(npy(stored, { fortran: true, shape: `(${shape.join(', ')},)` }), 'a').data).toEqual(expected);
      }),
    );
  });

  it.each([2, 3])('reads version %i.0', (version) => {
    expect(decodeNpy(npy(Float32Array.of(1), { version, shape: '(1,)' }), 'a')).toEqual({ shape: [1], data: Float32Array.of(1) });
  });

  it.each([
    ['a PNG', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 0), 'signature'],
    ['complex numbers', npy(new Float32Array(12), { descr: '<c8' }), 'complex'],
    ['objects', npy(new Float32Array(12), { descr: '|O' }), 'Python objects'],
    ['structured arrays', npy([1], { header: "{'descr': [('x', '<f4')], 'fortran_order': False, 'shape': (1,), }" }), 'structured'],
    ['empty arrays', npy([], { shape: '(0, 3)' }), 'is empty'],
    ['NaN', npy(Float32Array.of(1, Number.NaN), { shape: '(2,)' }), 'holds NaN at flat position 1'],
    ['numbers beyond float32', npy(Float64Array.of(1e60), { descr: '<f8', shape: '(1,)' }), 'holds 1e+60'],
    ['truncated data', npy([1, 2, 3]), 'but 3 bytes of data follow'],
    ['absurd shapes', npy([1, 2, 3], { shape: '(99999999999, 99999999999)' }), 'bytes of data follow'],
    ['negative sizes', npy([1, 2, 3], { shape: '(-1, 3)' }), 'does not name'],
    ['version 4', npy([1], { version: 4 }), 'version is 4.0'],
    ['a header that is no dictionary', npy([1], { header: 'hello' }), 'does not name'],
  ])('refuses %s', (_, bytes, part) => {
    expect(message(bytes)).toContain(part);
  });

  it('answers damaged files with an error or an array, never otherwise', () => {
    const good = encodeNpy([2, 3], Float32Array.of(1, 2, 3, 4, 5, 6));
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: good.length }),
        fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { maxLength: 6 }),
        (end, flips) => {
          const bytes = good.slice();
          for (const [at, value] of flips) bytes[at] = value;
          expect(typeof message(bytes.subarray(0, end))).toBe('string');
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('encodeNpy', () => {
  it('writes version 1.0 with aligned data', () => {
    const bytes = encodeNpy([1], Float32Array.of(2));
    expect(new TextDecoder('latin1').decode(bytes.subarray(1, 6))).toBe('NUMPY');
    expect([bytes[6], bytes[7]]).toEqual([1, 0]);
    expect(bytes.length).toBe(132);
    expect(new TextDecoder().decode(bytes.subarray(10, 128)).trimEnd()).toBe("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }");
  });

  it('is read back unchanged', () => {
    fc.assert(
      fc.property(fc.array(fc.float({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 50 }), (values) => {
        const data = Float32Array.from(values);
        expect(decodeNpy(encodeNpy([1, data.length], data), 'a')).toEqual({ shape: [1, data.length], data });
      }),
    );
  });

  it('refuses a shape that does not fit', () => {
    expect(() => encodeNpy([2, 2], new Float32Array(3))).toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: The array to be saved has 3 elements. Expected as many as its shape (2, 2) says.]`,
    );
  });
});
