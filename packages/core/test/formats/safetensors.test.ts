import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeSafetensors, encodeSafetensors, type TensorData } from '../../src/formats/safetensors.js';
import { messageOf } from './message.js';

const TENSORS = new Map<string, TensorData>([
  ['bytes', { shape: [3], data: Uint8Array.of(1, 2, 255) }],
  ['conv1/kernel', { shape: [2, 2], data: Float32Array.of(1, -2.5, 3, 0.1) }],
  ['step', { shape: [], data: Int32Array.of(-7) }],
  ['loss', { shape: [2], data: Float64Array.of(0.1, 1e300) }],
  ['nothing', { shape: [0, 4], data: new Float32Array(0) }],
]);

const file = (header: unknown, data = new Uint8Array(0)): Uint8Array => {
  const text = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + text.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  bytes.set(data, 8 + text.length);
  return bytes;
};

const message = (bytes: Uint8Array): string => messageOf(() => decodeSafetensors(bytes, 'w.safetensors'));

describe('safetensors', () => {
  it('gives back what was written', () => {
    const { tensors, metadata } = decodeSafetensors(encodeSafetensors(TENSORS, { metadata: { note: 'ä "x"' } }), 'w');
    expect(metadata).toEqual({ note: 'ä "x"' });
    expect(new Set(tensors.keys())).toEqual(new Set(TENSORS.keys()));
    for (const [name, tensor] of TENSORS) expect(tensors.get(name)).toEqual(tensor);
  });

  it('reads from the middle of a larger buffer', () => {
    const bytes = encodeSafetensors(TENSORS);
    const inside = new Uint8Array(bytes.length + 3);
    inside.set(bytes, 3);
    expect(decodeSafetensors(inside.subarray(3), 'w').tensors.get('loss')).toEqual(TENSORS.get('loss'));
  });

  it('aligns every tensor to its element size', () => {
    const bytes = encodeSafetensors(TENSORS, { metadata: { a: 'b' } });
    const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
    expect(length % 8).toBe(0);
    const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
    expect(header.loss.data_offsets[0] % 8).toBe(0);
    expect(header['conv1/kernel'].data_offsets[0] % 4).toBe(0);
  });

  it('stores floats in half precision on request, by name too', () => {
    const tensors = new Map<string, TensorData>([
      ['a', { shape: [1], data: Float32Array.of(0.1) }],
      ['b', { shape: [1], data: Float32Array.of(0.1) }],
    ]);
    const back = decodeSafetensors(encodeSafetensors(tensors, { dtype: (name) => (name === 'a' ? 'F16' : 'F32') }), 'w').tensors;
    expect(back.get('a')?.data[0]).toBe(0.0999755859375);
    expect(back.get('b')?.data[0]).toBe(Math.fround(0.1));
  });

  it('refuses to lose a value to half precision', () => {
    const tensors = new Map<string, TensorData>([['a', { shape: [1], data: Float32Array.of(70000) }]]);
    expect(() => encodeSafetensors(tensors, { dtype: 'F16' })).toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: The tensor "a" holds 70000, which half precision cannot represent (largest value: 65504). Save it in single precision.]`,
    );
  });

  it('refuses a shape that does not fit the data', () => {
    const tensors = new Map<string, TensorData>([['a', { shape: [2, 2], data: new Float32Array(3) }]]);
    expect(() => encodeSafetensors(tensors)).toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: The tensor "a" cannot be saved: its shape [2,2] has 4 elements, but its data 3.]`,
    );
  });

  it.each([
    ['few bytes', new Uint8Array(4), 'too few'],
    ['a long header', Uint8Array.of(255, 255, 255, 255, 255, 255, 255, 255, 123, 125), 'header should be'],
    ['no JSON', file('{nope'), 'not JSON'],
    ['a list', file('[1,2]'), 'not a JSON object'],
    ['no dtype', file({ a: { shape: [1], data_offsets: [0, 4] } }, new Uint8Array(4)), 'lacks'],
    ['an unknown dtype', file({ a: { dtype: 'F8', shape: [1], data_offsets: [0, 4] } }, new Uint8Array(4)), 'has the type F8'],
    ['a negative size', file({ a: { dtype: 'F32', shape: [-1], data_offsets: [0, 4] } }, new Uint8Array(4)), 'shape [-1]'],
    ['an absurd size', file({ a: { dtype: 'F32', shape: [1e15, 1e15], data_offsets: [0, 4] } }, new Uint8Array(4)), 'cannot be 4 bytes'],
    ['data beyond the end', file({ a: { dtype: 'F32', shape: [2], data_offsets: [0, 8] } }, new Uint8Array(4)), 'bytes 0 to 8 of 4'],
    ['a hole', file({ a: { dtype: 'U8', shape: [1], data_offsets: [1, 2] } }, new Uint8Array(2)), 'should start at 0'],
    ['bytes left over', file({ a: { dtype: 'U8', shape: [1], data_offsets: [0, 1] } }, new Uint8Array(2)), 'but 2 follow'],
    ['metadata of numbers', file({ __metadata__: { a: 1 } }), 'not a map of texts'],
    [
      'overlapping tensors',
      file(
        { a: { dtype: 'U8', shape: [2], data_offsets: [0, 2] }, b: { dtype: 'U8', shape: [2], data_offsets: [0, 2] } },
        new Uint8Array(2),
      ),
      'should start at 2',
    ],
  ])('refuses %s', (_, bytes, part) => {
    expect(message(bytes)).toContain(part);
  });

  it('answers damaged files with an error or with tensors, never otherwise', () => {
    const good = encodeSafetensors(TENSORS, { metadata: { a: 'b' } });
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
