import { inferShapes, type Padding } from '@featurescope/core';
import { zeros } from '@featurescope/core/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { oneLayer, outputOf } from './one-layer.js';

const axis = fc.record({
  size: fc.integer({ min: 1, max: 14 }),
  kernel: fc.integer({ min: 1, max: 5 }),
  stride: fc.integer({ min: 1, max: 4 }),
});

const padding = (largest: number): fc.Arbitrary<Padding> => {
  const side = fc.integer({ min: 0, max: largest });
  return fc.oneof(fc.constantFrom<Padding>('same', 'sameLower'), fc.record({ top: side, left: side, bottom: side, right: side }));
};

/** The shape that shape inference gives, or undefined when the window does not fit. */
const inferred = (network: Parameters<typeof inferShapes>[0], height: number, width: number) => {
  try {
    return inferShapes(network, [height, width, 1]).get('layer');
  } catch {
    return undefined;
  }
};

describe('window arithmetic of the reference agrees with shape inference', () => {
  it('for pools', () => {
    fc.assert(
      fc.property(axis, axis, padding(4), fc.boolean(), (y, x, given, ceilMode) => {
        const explicit = typeof given === 'object';
        fc.pre(!explicit || (Math.max(given.top, given.bottom) < y.kernel && Math.max(given.left, given.right) < x.kernel));
        const network = oneLayer(
          { kind: 'maxPool', size: [y.kernel, x.kernel], stride: [y.stride, x.stride], padding: given, ceilMode },
          1,
        );
        const shape = inferred(network, y.size, x.size);
        fc.pre(shape !== undefined);
        expect(outputOf(network, zeros([1, y.size, x.size, 1])).shape.slice(1)).toEqual(shape);
      }),
      { numRuns: 1000 },
    );
  });

  it('for convolutions', () => {
    fc.assert(
      fc.property(axis, axis, padding(6), fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }), (y, x, given, dy, dx) => {
        const kernel = { shape: [y.kernel, x.kernel, 1, 1], data: new Float32Array(y.kernel * x.kernel) };
        const network = oneLayer(
          {
            kind: 'conv',
            kernelSize: [y.kernel, x.kernel],
            filters: 1,
            stride: [y.stride, x.stride],
            dilation: [dy, dx],
            padding: given,
            groups: 1,
            bias: false,
          },
          1,
          new Map([['layer/kernel', kernel]]),
        );
        const shape = inferred(network, y.size, x.size);
        fc.pre(shape !== undefined);
        expect(outputOf(network, zeros([1, y.size, x.size, 1])).shape.slice(1)).toEqual(shape);
      }),
      { numRuns: 1000 },
    );
  });
});
