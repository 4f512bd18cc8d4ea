import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flat, type NdArray, ndArray, padded, permuted, reshaped, reversed } from '../../src/onnx/graph/ndarray.js';

/** The number at an index, by the definition of the operations. */
type At = (index: readonly number[]) => number;

interface Case {
  readonly array: NdArray;
  readonly at: At;
}

const size = (dims: readonly number[]) => dims.reduce((a, b) => a * b, 1);

const indices = (dims: readonly number[]): number[][] =>
  Array.from({ length: size(dims) }, (_, flatIndex) => {
    let rest = flatIndex;
    return dims.map((_, axis) => {
      const below = size(dims.slice(axis + 1));
      const index = Math.floor(rest / below);
      rest -= index * below;
      return index;
    });
  });

const expected = ({ array, at }: Case): number[] => indices(array.dims).map(at);

const change = fc.constantFrom('permute', 'reverse', 'reshape', 'pad');

const changed = ({ array, at }: Case, kind: string, amount: number): Case => {
  const { dims } = array;
  switch (kind) {
    case 'permute': {
      const perm = dims.map((_, axis) => (axis + amount) % dims.length);
      return { array: permuted(array, perm), at: (index) => at(dims.map((_, axis) => index[perm.indexOf(axis)] ?? 0)) };
    }
    case 'reverse': {
      const axis = amount % dims.length;
      const turned = (index: readonly number[]) => index.map((i, a) => (a === axis ? (dims[a] ?? 1) - 1 - i : i));
      return { array: reversed(array, [axis]), at: (index) => at(turned(index)) };
    }
    case 'pad': {
      const sizes = dims.map((count, axis) => count + ((amount >> axis) & 1));
      return { array: padded(array, sizes), at: (index) => (index.every((i, axis) => i < (dims[axis] ?? 0)) ? at(index) : 0) };
    }
    default: {
      const joined = [...dims.slice(0, amount % dims.length), size(dims.slice(amount % dims.length))];
      const values = indices(dims).map(at);
      const place = (index: readonly number[]) => index.reduce((sum, i, axis) => sum * (joined[axis] ?? 1) + i, 0);
      return { array: reshaped(array, joined), at: (index) => values[place(index)] ?? Number.NaN };
    }
  }
};

describe('rearranged arrays', () => {
  it('hold the right numbers after any changes', () => {
    const dims = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 });
    const changes = fc.array(fc.tuple(change, fc.nat(30)), { maxLength: 4 });
    fc.assert(
      fc.property(dims, changes, (shape, steps) => {
        const data = Float32Array.from({ length: size(shape) }, (_, i) => i + 1);
        const place = (index: readonly number[]) => index.reduce((sum, i, axis) => sum * (shape[axis] ?? 1) + i, 0);
        let item: Case = { array: ndArray(shape, data), at: (index) => data[place(index)] ?? Number.NaN };
        for (const [kind, amount] of steps) item = changed(item, kind, amount);
        expect([...flat(item.array)]).toEqual(expected(item));
      }),
      { numRuns: 500 },
    );
  });

  it('copy runs longer than a cache line', () => {
    const dims = [3, 2, 5, 40];
    const array = ndArray(
      dims,
      Float32Array.from({ length: size(dims) }, (_, i) => i),
    );
    const moved = permuted(array, [3, 2, 0, 1]);
    expect([...flat(moved)]).toEqual(indices(moved.dims).map(([d = 0, c = 0, a = 0, b = 0]) => ((a * 2 + b) * 5 + c) * 40 + d));
  });

  it('split and join axes without a copy where that is possible', () => {
    const array = ndArray(
      [4, 6],
      Float32Array.from({ length: 24 }, (_, i) => i),
    );
    expect(reshaped(permuted(array, [1, 0]), [2, 3, 4]).data).toBe(array.data);
    expect(reshaped(permuted(array, [1, 0]), [24]).data).not.toBe(array.data);
  });
});
